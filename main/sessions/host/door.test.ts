import { connect as connectTcp, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createHttpsServer } from 'node:https';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { limits } from '../../../common/meeting/limits';
import { protocolVersion } from '../../../common/protocol/messages';
import { createMeetingCertificate } from '../certificate';
import { buildInviteLink, parseInviteLink } from '../invites/link';
import { defaultPolicy } from '../policy';
import { ManualTime } from '../testing/manualTimers';
import {
  createPerson,
  disposePeople,
  eventually,
  hosted,
  inviteOf,
  joined,
  knocked,
  knockOf,
  policyWith,
} from '../testing/person';
import { RawGuest } from '../testing/rawGuest';
import { shownNotice } from '../testing/shownNotice';

const closers: (() => void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await disposePeople();
});

function linkWith(link: string, change: Partial<ReturnType<typeof parseInviteLink>>): string {
  return buildInviteLink({ ...parseInviteLink(link, 0), ...change });
}

describe('the door refuses', () => {
  it('a wrong code', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    await anna.service.openLink({ link: linkWith(inviteOf(host).link, { secret: '00000000' }) });
    expect(anna.service.state()).toEqual({ phase: 'failed', code: 'join/code-wrong' });
  });

  it('an unknown meeting', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    await anna.service.openLink({ link: linkWith(inviteOf(host).link, { meetingId: 'A'.repeat(22) }) });
    expect(anna.service.state()).toEqual({ phase: 'failed', code: 'join/meeting-unknown' });
  });

  it('an expired invite: the guest by its own clock, the host by its own', async () => {
    const time = new ManualTime(Date.now());
    const host = await hosted({ clock: time.clock });
    const { link, expiresAt } = inviteOf(host);
    const late = createPerson('Late', { clock: () => expiresAt });
    await expect(late.service.openLink({ link })).rejects.toMatchObject({ code: 'invite/expired' });
    expect(late.service.state()).toEqual({ phase: 'idle' });

    const early = createPerson('Early');
    await early.service.openLink({ link });
    const later = createPerson('Later');
    time.advance(limits.inviteLifetimeMs);
    await later.service.openLink({ link });
    expect(later.service.state()).toEqual({ phase: 'failed', code: 'invite/expired' });
    early.service.knock({ notice: shownNotice(early.service), name: 'Early', language: 'en' });
    expect(await early.until('failed')).toMatchObject({ code: 'invite/expired' });
  });

  it('a host key that is not the one in the link', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    await anna.service.openLink({ link: linkWith(inviteOf(host).link, { hostKey: 'A'.repeat(43) }) });
    expect(anna.service.state()).toEqual({ phase: 'failed', code: 'join/certificate-mismatch' });
  });

  it('guests of another version, in words of every version', async () => {
    const host = await hosted();
    for (const [version, reason] of [
      [1, 'version-newer'],
      [protocolVersion + 1, 'version-older'],
      [99, 'version-older'],
    ] as const) {
      const guest = await RawGuest.connect(host);
      // Another client's hello may look quite different.
      guest.send({ type: 'hello', version, proof: ['something', 'new'] });
      expect(await guest.next('refused')).toEqual({ type: 'refused', reason, version: protocolVersion });
      await eventually(() => guest.closed);
    }
    const guest = await RawGuest.connect(host);
    guest.send({ type: 'hello', version: 0 });
    expect((await guest.next('refused')).reason).toBe('protocol');
  });

  it('too many wrong codes: longer each time, right codes included, then forgives', async () => {
    const time = new ManualTime(Date.now());
    const host = await hosted({ clock: time.clock });
    const attempt = async (change = {}) => {
      const guest = await RawGuest.connect(host);
      guest.sendHello(change);
      await eventually(() => guest.received.length > 0);
      const [first] = guest.received;
      guest.socket.terminate();
      return first?.type === 'refused' ? first.reason : first?.type;
    };
    for (let count = 0; count < 5; count += 1) expect(await attempt({ secret: '00000000' })).toBe('code-wrong');
    expect(await attempt()).toBe('too-many-attempts');
    time.advance(defaultPolicy.wrongCodeDelayMs(5));
    expect(await attempt({ secret: '00000000' })).toBe('code-wrong');
    time.advance(defaultPolicy.wrongCodeDelayMs(5));
    expect(await attempt()).toBe('too-many-attempts');
    time.advance(defaultPolicy.wrongCodeDelayMs(6));
    expect(await attempt()).toBe('welcome');
  });

  it('whom the host denies', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    host.service.deny({ knockId: await knocked(host, anna) });
    expect(await anna.until('failed')).toEqual({ phase: 'failed', code: 'join/denied' });
    expect(host.meeting().lobby).toEqual([]);
  });

  it('everybody while locked, but keeps who was at the door already', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    const ben = createPerson('Ben');
    const early = createPerson('Early');
    await early.service.openLink({ link: inviteOf(host).link });
    await knocked(host, anna);
    host.service.setLocked({ locked: true });
    expect(host.meeting().locked).toBe(true);
    await ben.service.openLink({ link: inviteOf(host).link });
    expect(ben.service.state()).toEqual({ phase: 'failed', code: 'join/locked' });
    early.service.knock({ notice: shownNotice(early.service), name: 'Early', language: 'de' });
    expect(await early.until('failed')).toMatchObject({ code: 'join/locked' });
    host.service.admit({ knockId: knockOf(host, anna) });
    expect((await anna.until('meeting')).meeting.locked).toBe(true);
    host.service.setLocked({ locked: false });
    await eventually(() => !anna.meeting().locked);
    ben.service.dismiss();
    await joined(host, ben);
  });

  it('more people than a mesh carries', async () => {
    const host = await hosted();
    for (let count = 1; count < limits.participants; count += 1) await RawGuest.admitted(host, `Guest ${count}`);
    const waiting = await RawGuest.connect(host);
    await waiting.hello();
    waiting.knock('Too many');
    expect((await waiting.next('refused')).reason).toBe('full');
    expect(host.meeting().participants).toHaveLength(limits.participants);
    expect(host.payloads('session.turnedAway'), 'the host learns of it').toEqual([{ name: 'Too many' }]);
    for (const name of ['Second', 'Third']) {
      const next = await RawGuest.connect(host);
      await next.hello();
      next.knock(name);
      await next.next('refused');
    }
    expect(host.payloads('session.turnedAway'), 'and is left in peace').toHaveLength(1);
  });

  it('admitting one more than there are places, by an error the host sees', async () => {
    const host = await hosted();
    const early = await RawGuest.connect(host);
    await early.hello();
    early.knock('Early');
    await eventually(() => host.meeting().lobby.length === 1);
    const knockId = host.meeting().lobby[0]?.knockId ?? '';
    for (let count = 1; count < limits.participants; count += 1) await RawGuest.admitted(host, `Guest ${count}`);
    expect(() => host.service.admit({ knockId })).toThrow('join/full');
    expect(host.meeting().lobby).toHaveLength(1);
  });

  it('a flood of knocks beyond the limit, and stays usable', async () => {
    const host = await hosted();
    const guests = await Promise.all(Array.from({ length: limits.knocks + 5 }, () => RawGuest.connect(host)));
    for (const [index, guest] of guests.entries()) {
      await guest.hello();
      guest.knock(`Guest ${index}`);
    }
    const refused = () => guests.filter((guest) => guest.find('refused')?.reason === 'too-many-attempts').length;
    await eventually(() => refused() === 5);
    expect(host.meeting().lobby).toHaveLength(limits.knocks);
    host.service.admit({ knockId: host.meeting().lobby[0]?.knockId ?? '' });
    await guests[0]?.next('admitted');
    for (const guest of guests.slice(1)) guest.socket.terminate();
    await eventually(() => host.meeting().lobby.length === 0);
  });

  it('a flood of connections from one place', async () => {
    const host = await hosted({ policy: policyWith({ connectionsPerSource: 3 }) });
    const { port } = new URL(`tcp://${inviteOf(host).addresses[0]}`);
    const sockets = Array.from({ length: 10 }, () => connectTcp({ host: '127.0.0.1', port: Number(port) }));
    closers.push(() => sockets.forEach((socket) => socket.destroy()));
    let cut = 0;
    for (const socket of sockets) socket.on('error', () => {}).on('close', () => (cut += 1));
    await eventually(() => cut >= 7);
    // Those within the limit are still there.
    expect(cut).toBe(7);
  });

  it('a knock that is not signed by the key it names, and one with an earlier nonce', async () => {
    const host = await hosted();
    const thief = await RawGuest.connect(host);
    await thief.hello();
    thief.knock('Anna', { identityKey: host.vault.profile.identity().publicKey });
    expect((await thief.next('refused')).reason).toBe('protocol');

    const replaying = await RawGuest.connect(host);
    await replaying.hello();
    replaying.received.splice(0, 1, { ...(await thief.next('welcome')) });
    replaying.knock('Anna');
    await eventually(() => replaying.find('refused')?.reason === 'protocol');
    expect(host.meeting().lobby).toEqual([]);
  });
});

describe('who was removed', () => {
  it('is told, and neither that person nor that invite is let in again', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    const ben = createPerson('Ben');
    await joined(host, anna);
    await joined(host, ben);
    const { link } = inviteOf(host);
    host.service.remove({ participantId: host.participantNamed('Anna') });
    expect(await anna.until('ended')).toMatchObject({ reason: 'removed', title: 'Budget' });
    await eventually(() => ben.meeting().participants.length === 2);

    // The same invite under another identity.
    const other = createPerson('Anna again');
    await other.service.openLink({ link });
    expect(other.service.state()).toEqual({ phase: 'failed', code: 'join/denied' });

    // The new invite under the same identity.
    expect(inviteOf(host).link).not.toBe(link);
    await anna.service.openLink({ link: inviteOf(host).link });
    anna.service.knock({ notice: shownNotice(anna.service), name: 'Somebody else', language: 'de' });
    expect(await anna.until('failed')).toEqual({ phase: 'failed', code: 'join/denied' });

    // Everybody else comes in with the new one.
    other.service.dismiss();
    await joined(host, other);
  });
});

describe('who has not said hello', () => {
  it('is cut off after a while, at every stage of the way', async () => {
    const time = new ManualTime(Date.now());
    const host = await hosted({ timers: time, clock: time.clock, policy: policyWith({ helloTimeoutMs: 300 }) });
    const port = Number(new URL(`tcp://${inviteOf(host).addresses[0]}`).port);
    // This one does not even begin its TLS handshake: that limit is Node's own, in real time.
    const tcp = connectTcp({ host: '127.0.0.1', port });
    const tls = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false });
    closers.push(
      () => tcp.destroy(),
      () => tls.destroy(),
    );
    const closed = new Set<unknown>();
    for (const socket of [tcp, tls]) socket.on('error', () => {}).on('close', () => closed.add(socket));
    await new Promise((resolve) => tls.once('secureConnect', resolve));
    tls.write('GET / HTTP/1.1\r\nHost: x\r\n');
    const silent = await RawGuest.connect(host);
    const polite = await RawGuest.connect(host);
    await polite.hello();
    expect(closed.has(tls)).toBe(false);
    time.advance(301);
    await eventually(() => closed.has(tls) && closed.has(tcp) && silent.closed);
    expect(polite.closed).toBe(false);
    // Reading the notice has its own, longer limit.
    time.advance(defaultPolicy.previewTimeoutMs);
    await eventually(() => polite.closed);
  });
});

describe('the wire', () => {
  it('is TLS 1.3: an older client is refused', async () => {
    const host = await hosted();
    const port = Number(new URL(`tcp://${inviteOf(host).addresses[0]}`).port);
    const code = await new Promise((resolve, reject) => {
      const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false, maxVersion: 'TLSv1.2' });
      closers.push(() => socket.destroy());
      socket.once('secureConnect', () => reject(new Error('TLS 1.2 was accepted')));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });
    expect(code).toMatch(/PROTOCOL_VERSION/);
  });

  it('is closed to web pages', async () => {
    const host = await hosted();
    const port = Number(new URL(`tcp://${inviteOf(host).addresses[0]}`).port);
    for (const header of ['Upgrade: websocket\r\nConnection: Upgrade\r\nOrigin: https://evil.example\r\n', '']) {
      const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false });
      closers.push(() => socket.destroy());
      let answer = '';
      socket.on('data', (data) => (answer += String(data))).on('error', () => {});
      await new Promise((resolve) => socket.once('secureConnect', resolve));
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.write(
        `GET / HTTP/1.1\r\nHost: x\r\n${header}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
      );
      await closed;
      expect(answer).toBe('');
    }
  });

  /** A server that answers with another certificate, and what it got to see. */
  async function impostor() {
    const certificate = await createMeetingCertificate(Date.now());
    const sockets: Socket[] = [];
    const seen: Buffer[] = [];
    const server = createTlsServer({ key: certificate.privateKeyPem, cert: certificate.certificatePem }, (socket) => {
      socket.on('data', (data: Buffer) => seen.push(data)).on('error', () => {});
    });
    server.on('connection', (socket: Socket) => sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return { port: (server.address() as AddressInfo).port, sockets, seen };
  }

  it('says nothing to somebody in the middle (R18)', async () => {
    const host = await hosted();
    const { port, sockets, seen } = await impostor();
    const anna = createPerson('Anna');
    const link = linkWith(inviteOf(host).link, { addresses: [{ host: '127.0.0.1', port }] });
    await anna.service.openLink({ link });
    expect(anna.service.state()).toEqual({ phase: 'failed', code: 'join/certificate-mismatch' });
    const ben = createPerson('Ben');
    const { meetingId, code } = inviteOf(host);
    await ben.service.openCode({ meetingId, code, address: `127.0.0.1:${port}` });
    expect(ben.service.state()).toEqual({ phase: 'failed', code: 'join/certificate-mismatch' });
    await eventually(() => sockets.length === 2 && sockets.every((socket) => socket.destroyed));
    expect(Buffer.concat(seen)).toHaveLength(0);
  });

  it('goes past somebody else at an old address to the host at the next', async () => {
    const host = await hosted();
    const { port, seen } = await impostor();
    const anna = createPerson('Anna');
    const { addresses } = parseInviteLink(inviteOf(host).link, 0);
    const places = [{ host: '127.0.0.1', port }, { host: '127.0.0.1', port: 1 }, ...addresses];
    await anna.service.openLink({ link: linkWith(inviteOf(host).link, { addresses: places }) });
    expect(anna.service.state().phase).toBe('preview');
    expect(seen).toEqual([]);
  });

  it('knows when nobody is there, and when nobody answers', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    const dead = linkWith(inviteOf(host).link, { addresses: [{ host: '127.0.0.1', port: 1 }] });
    await anna.service.openLink({ link: dead });
    expect(anna.service.state()).toEqual({ phase: 'failed', code: 'join/unreachable' });

    const held: Socket[] = [];
    const silent = createTcpServer((socket) => held.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      for (const socket of held) socket.destroy();
      silent.close();
    });
    const time = new ManualTime(Date.now());
    const ben = createPerson('Ben', { timers: time });
    const { port } = silent.address() as AddressInfo;
    const opening = ben.service.openLink({
      link: linkWith(inviteOf(host).link, { addresses: [{ host: '127.0.0.1', port }] }),
    });
    expect(ben.service.state()).toEqual({ phase: 'connecting' });
    time.advance(defaultPolicy.connect.totalMs);
    await opening;
    expect(ben.service.state()).toEqual({ phase: 'failed', code: 'join/unreachable' });
    expect(time.pending).toBe(0);

    ben.service.dismiss();
    const again = ben.service.openLink({
      link: linkWith(inviteOf(host).link, { addresses: [{ host: '127.0.0.1', port }] }),
    });
    ben.service.leave();
    await again;
    expect(ben.service.state()).toEqual({ phase: 'idle' });
    expect(time.pending).toBe(0);
  });
});

describe('a host of another version', () => {
  async function otherHost(answer: object) {
    const certificate = await createMeetingCertificate(Date.now());
    const server = createHttpsServer({
      key: certificate.privateKeyPem,
      cert: certificate.certificatePem,
    });
    const webSockets = new WebSocketServer({ server });
    webSockets.on('connection', (socket) => socket.on('message', () => socket.send(JSON.stringify(answer))));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      for (const client of webSockets.clients) client.terminate();
      server.close();
    });
    return buildInviteLink({
      meetingId: 'A'.repeat(22),
      addresses: [{ host: '127.0.0.1', port: (server.address() as AddressInfo).port }],
      relay: null,
      fingerprint: certificate.fingerprint,
      secret: '00000000',
      hostKey: 'A'.repeat(43),
      expiresAt: Math.floor(Date.now() / 1_000) * 1_000 + 60_000,
    });
  }

  it.each([
    [{ type: 'refused', reason: 'some-new-reason', version: protocolVersion + 1 }, 'join/version-newer'],
    [{ type: 'refused', reason: 'version-newer', version: protocolVersion + 1 }, 'join/version-newer'],
    [{ type: 'welcome', version: protocolVersion + 1, other: 'shape' }, 'join/version-newer'],
    [{ type: 'refused', reason: 'expired', version: protocolVersion }, 'invite/expired'],
    [{ type: 'welcome', version: 1, other: 'shape' }, 'join/version-older'],
    [{ type: 'hallo' }, 'join/protocol'],
    [{ type: 'roster', revision: 1, locked: false, participants: [] }, 'join/protocol'],
    [['not', 'an', 'object'], 'join/protocol'],
    [
      {
        type: 'welcome',
        version: protocolVersion,
        meetingId: 'A'.repeat(22),
        nonce: 'A'.repeat(43),
        hostName: 'Mallory',
        hostKey: 'A'.repeat(43),
        notice: {
          controllerName: 'Mallory',
          controllerContact: '',
          officerContact: '',
          chatRetentionDays: 1,
          recordingRetentionDays: 1,
          relay: null,
          iceServers: [],
          employees: false,
          registration: null,
        },
        plan: null,
        expiresAt: 1,
        signature: 'A'.repeat(86),
      },
      'join/protocol',
    ],
  ] as const)('answers %j', async (answer, code) => {
    const anna = createPerson('Anna');
    await anna.service.openLink({ link: await otherHost(answer) });
    expect(anna.service.state()).toEqual({ phase: 'failed', code });
  });
});
