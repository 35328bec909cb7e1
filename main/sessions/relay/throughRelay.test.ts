import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { noContactNotes } from '../../../common/contacts';
import { createMeetingCertificate } from '../certificate';
import { parseCode } from '../invites/code';
import { parseInviteLink } from '../invites/link';
import {
  createPerson,
  disposePeople,
  eventually,
  hosted,
  inviteOf,
  joined,
  knockOf,
  policyWith,
  type Person,
} from '../testing/person';
import { systemTimers } from '../timing';
import { startRelay, type Relay } from './relayServer';
import { startTcpProxy } from '../testing/tcpProxy';
import { RelayedDoor } from './relayedDoor';
import { typedTicket } from './typedTicket';
import { shownNotice } from '../testing/shownNotice';

const impatient = policyWith({ connect: { staggerMs: 20, attemptMs: 800, totalMs: 2_000 }, helloTimeoutMs: 800 });

/** Notices soon that nothing comes any more. */
const quick = policyWith({ heartbeat: { intervalMs: 100, missed: 3 } });

const closers: (() => unknown)[] = [];
afterEach(async () => {
  await disposePeople();
  for (const close of closers.splice(0).reverse()) await close();
});

async function openRelay(port = 0): Promise<Relay> {
  const relay = await startRelay({ port, host: '127.0.0.1', timers: systemTimers, clock: Date.now });
  closers.push(() => relay.close());
  return relay;
}

const relayOf = (host: Person) => parseInviteLink(inviteOf(host).link, 0).relay;

/** The link of a host who can be reached through the relay alone, as from another network. */
function outsideLink(host: Person): string {
  return inviteOf(host).link.replaceAll(/&at=[^&]+/g, '&at=127.0.0.1:1');
}

async function hostedThrough(relay: { readonly port: number }): Promise<Person> {
  const host = await hosted({ relay: () => ({ host: '127.0.0.1', port: relay.port }) });
  await eventually(() => relayOf(host) !== null);
  return host;
}

async function joinFromOutside(host: Person, guest: Person): Promise<void> {
  await guest.service.openLink({ link: outsideLink(host) });
  await guest.until('preview');
  guest.service.knock({ notice: shownNotice(guest.service), name: guest.name, language: 'de' });
  const knockId = await eventually(() => host.meeting().lobby.find((one) => one.name === guest.name)?.knockId ?? false);
  host.service.admit({ knockId: knockId || '' });
  await guest.until('meeting');
}

describe('through a relay', () => {
  it('a guest who cannot reach the host meets one who can; chat goes both ways', async () => {
    const relay = await openRelay();
    const host = await hostedThrough(relay);
    const [anna, ben] = [createPerson('Anna'), createPerson('Ben')];
    await joinFromOutside(host, anna);
    await joined(host, ben);
    await eventually(() => anna.meeting().participants.length === 3);
    anna.service.chatSend({ text: 'from outside' });
    await eventually(() => ben.payloads('chat.added').some(({ text }) => text === 'from outside'));
    host.service.chatSend({ text: 'from inside' });
    await eventually(() => anna.payloads('chat.added').some(({ text }) => text === 'from inside'));
    expect(anna.service.state()).toMatchObject({ phase: 'meeting' });
    expect(host.service.state()).toMatchObject({ phase: 'meeting' });
  });

  it('nothing readable passes: neither names nor title, texts, codes or keys', async () => {
    const relay = await openRelay();
    const seen: Buffer[] = [];
    const proxy = await startTcpProxy(relay.port, (bytes) => seen.push(Buffer.from(bytes)));
    closers.push(() => proxy.close());
    const host = await hostedThrough(proxy);
    const anna = createPerson('Anna Sommer');
    await joinFromOutside(host, anna);
    anna.service.chatSend({ text: 'between us' });
    await eventually(() => host.payloads('chat.added').length === 1);
    const passed = Buffer.concat(seen).toString('latin1');
    expect(passed.length).toBeGreaterThan(2_000);
    const { secret, hostKey, meetingId } = parseInviteLink(inviteOf(host).link, 0);
    for (const word of ['Anna', 'Helga', 'Budget', 'between us', secret, hostKey, meetingId, 'hello', 'welcome']) {
      expect(passed).not.toContain(word);
    }
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    [
      'alters',
      (bytes) => (bytes.length > 300 ? Buffer.from(bytes.map((byte, at) => (at === 200 ? byte ^ 1 : byte))) : bytes),
    ],
    ['repeats', (bytes) => (bytes.length > 300 ? Buffer.concat([bytes, bytes]) : bytes)],
    ['drops', (bytes) => (bytes.length > 300 ? bytes.subarray(0, 200) : bytes)],
    [
      'reorders',
      (bytes) => (bytes.length > 300 ? Buffer.concat([bytes.subarray(200), bytes.subarray(0, 200)]) : bytes),
    ],
  ])('a relay that %s bytes is found out: nobody gets in', async (_, change) => {
    const relay = await openRelay();
    const proxy = await startTcpProxy(relay.port, undefined, change);
    closers.push(() => proxy.close());
    const host = await hostedThrough(proxy);
    const anna = createPerson('Anna', { policy: impatient });
    await anna.service.openLink({ link: outsideLink(host) });
    expect(anna.service.state().phase).toBe('failed');
    expect(host.meeting().lobby).toEqual([]);
  });

  it('a relay that puts a certificate of its own in between hears nothing, by link and by code', async () => {
    const relay = await openRelay();
    const host = await hostedThrough(relay);
    await eventually(() => inviteOf(host).relayAddress !== null);
    const { privateKeyPem: key, certificatePem: cert } = await createMeetingCertificate(Date.now());
    const heard: Buffer[] = [];
    const visitors: Socket[] = [];
    // Answers as a relay, then as the host, and would go to the host with what it hears.
    const mallory = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (first: Buffer) => {
        if (!first.toString('latin1').startsWith('KONKLAVE/1 GUEST ')) {
          socket.end('NO protocol\n');
          return;
        }
        visitors.push(socket);
        socket.write('OK\n');
        const between = new TLSSocket(socket, { isServer: true, key, cert, minVersion: 'TLSv1.3' });
        between.on('data', (bytes: Buffer) => heard.push(bytes));
        between.on('error', () => {});
      });
    });
    await new Promise<void>((resolve) => mallory.listen(0, '127.0.0.1', resolve));
    closers.push(
      () => mallory.close(),
      () => visitors.forEach((socket) => socket.destroy()),
    );
    const address = `127.0.0.1:${(mallory.address() as AddressInfo).port}`;
    const anna = createPerson('Anna', { policy: impatient });
    await anna.service.openLink({ link: outsideLink(host).replace(/via=[^&]+/, `via=${address}`) });
    expect(anna.service.state()).toEqual({ phase: 'failed', code: 'join/certificate-mismatch' });
    const ben = createPerson('Ben', { policy: impatient });
    const { meetingId, code } = inviteOf(host);
    await ben.service.openCode({ meetingId, code, address });
    expect(ben.service.state()).toEqual({ phase: 'failed', code: 'join/certificate-mismatch' });
    expect(visitors).toHaveLength(2);
    await eventually(() => visitors.every((socket) => socket.destroyed));
    expect(Buffer.concat(heard)).toHaveLength(0);
    expect(host.meeting().lobby).toEqual([]);
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['alters', (bytes) => Buffer.from(bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)))],
    ['repeats', (bytes) => Buffer.concat([bytes, bytes])],
    ['drops', () => Buffer.alloc(0)],
    ['cuts', (bytes) => bytes.subarray(0, -1)],
    ['reorders', (bytes) => Buffer.concat([bytes.subarray(bytes.length / 2), bytes.subarray(0, bytes.length / 2)])],
    ['makes up', (bytes) => Buffer.concat([Buffer.from('170303001500', 'hex'), bytes])],
  ])('a relay that %s what is said in a meeting ends the connection, and nothing false arrives', async (_, change) => {
    const relay = await openRelay();
    const spoiling = { on: false };
    const proxy = await startTcpProxy(relay.port, undefined, (bytes) => (spoiling.on ? change(bytes) : bytes));
    closers.push(() => proxy.close());
    const host = await hosted({ relay: () => ({ host: '127.0.0.1', port: relay.port }), policy: quick });
    await eventually(() => relayOf(host) !== null);
    const anna = createPerson('Anna', { policy: quick });
    const link = outsideLink(host).replace(/via=[^&]+/, `via=127.0.0.1:${proxy.port}`);
    await anna.service.openLink({ link });
    await anna.until('preview');
    anna.service.knock({ notice: shownNotice(anna.service), name: 'Anna', language: 'de' });
    host.service.admit({ knockId: await eventually(() => knockOf(host, anna)) });
    await anna.until('meeting');
    host.service.chatSend({ text: 'before' });
    await eventually(() => anna.payloads('chat.added').length === 1);

    spoiling.on = true;
    host.service.chatSend({ text: 'spoiled' });
    await eventually(() => anna.meeting().hostLink === 'lost');
    spoiling.on = false;
    await eventually(() => anna.meeting().hostLink === 'connected');
    host.service.chatSend({ text: 'after' });
    await eventually(() => anna.payloads('chat.added').some(({ text }) => text === 'after'));
    // What was said meanwhile may have come before it was spoiled; never twice, and never another.
    const texts = anna.payloads('chat.added').map(({ text }) => text);
    expect(texts.filter((text) => text !== 'spoiled')).toEqual(['before', 'after']);
    expect(new Set(texts).size).toBe(texts.length);
    expect([...anna.reported, ...host.reported]).toEqual([]);
  });

  it('a relay that answers in the host’s place does not pass the pin', async () => {
    const [real, mallory] = [await openRelay(), await openRelay()];
    const host = await hostedThrough(real);
    const other = await hostedThrough(mallory);
    // The guest is led to another host, under the name of the first.
    const stolen = relayOf(other)!;
    const link = outsideLink(host)
      .replace(/via=[^&]+/, `via=127.0.0.1:${stolen.address.port}`)
      .replace(/room=[^&]+/, `room=${stolen.room}`);
    const anna = createPerson('Anna', { policy: impatient });
    await anna.service.openLink({ link });
    expect(anna.service.state()).toEqual({ phase: 'failed', code: 'join/certificate-mismatch' });
  });

  it('after somebody was removed there is another room; who holds the old link finds nobody', async () => {
    const relay = await openRelay();
    const host = await hostedThrough(relay);
    const anna = createPerson('Anna', { policy: impatient });
    await joinFromOutside(host, anna);
    const before = outsideLink(host);
    host.service.remove({ participantId: host.participantNamed('Anna') });
    await anna.until('ended');
    anna.service.dismiss();
    await eventually(() => relayOf(host) !== null && !before.includes(relayOf(host)!.room));
    await anna.service.openLink({ link: before });
    expect(anna.service.state()).toEqual({ phase: 'failed', code: 'join/unreachable' });
    await joinFromOutside(host, createPerson('Ben'));
  });

  it('a relay that is gone is left out of the link and taken back in; who came through it must come again', async () => {
    const relay = await openRelay();
    const { port } = relay;
    const host = await hosted({
      relay: () => ({ host: '127.0.0.1', port }),
      policy: { ...impatient, relay: { ...impatient.relay, retryMs: () => 20 } },
    });
    await eventually(() => relayOf(host) !== null);
    await relay.close();
    await eventually(() => relayOf(host) === null);
    await openRelay(port);
    await eventually(() => relayOf(host) !== null);
    await joinFromOutside(host, createPerson('Anna'));
    expect(host.meeting().participants).toHaveLength(2);
  });

  it('the notice says so before anybody knocks', async () => {
    const relay = await openRelay();
    const host = await hostedThrough(relay);
    const anna = createPerson('Anna');
    await anna.service.openLink({ link: outsideLink(host) });
    expect((await anna.until('preview')).invitation.notice.relay).toBe(`127.0.0.1:${relay.port}`);
  });
});

describe('typed by hand', () => {
  const typedOf = (host: Person) => {
    const { meetingId, code, relayAddress } = inviteOf(host);
    return { meetingId, code, address: relayAddress ?? '' };
  };
  const isOpen = (host: Person) => eventually(() => inviteOf(host).relayAddress !== null);

  it('number, code and the relay’s address lead to the door; so does the host’s own address', async () => {
    const relay = await openRelay();
    const host = await hostedThrough(relay);
    await isOpen(host);
    expect(inviteOf(host).relayAddress).toBe(`127.0.0.1:${relay.port}`);
    const [anna, ben] = [createPerson('Anna'), createPerson('Ben')];
    await anna.service.openCode(typedOf(host));
    expect((await anna.until('preview')).invitation.notice.relay).toBe(`127.0.0.1:${relay.port}`);
    expect(relay.counters.text()).not.toContain('bytes_total 0\n');
    await ben.service.openCode({ ...typedOf(host), address: inviteOf(host).addresses[0]! });
    await ben.until('preview');
  });

  it('a wrong code goes nowhere: a wrong pin finds no room, a wrong secret is refused by the host', async () => {
    const relay = await openRelay();
    const host = await hostedThrough(relay);
    await isOpen(host);
    const typed = typedOf(host);
    const anna = createPerson('Anna', { policy: impatient });
    const otherPin = typed.code.replace(/^.{4}/, typed.code.startsWith('0000') ? '1111' : '0000');
    await anna.service.openCode({ ...typed, code: otherPin });
    expect(anna.service.state()).toEqual({ phase: 'failed', code: 'join/unreachable' });
    anna.service.dismiss();
    const otherSecret = typed.code.replace(/.{4}$/, typed.code.endsWith('0000') ? '1111' : '0000');
    await anna.service.openCode({ ...typed, code: otherSecret });
    expect(anna.service.state()).toEqual({ phase: 'failed', code: 'join/code-wrong' });
  });

  it('the room says nothing of the secret, and stays when the invite is renewed', async () => {
    const relay = await openRelay();
    const seen: Buffer[] = [];
    const proxy = await startTcpProxy(relay.port, (bytes) => seen.push(Buffer.from(bytes)));
    closers.push(() => proxy.close());
    const host = await hostedThrough(proxy);
    await isOpen(host);
    const anna = createPerson('Anna');
    await joined(host, anna);
    const rooms = () =>
      [
        ...Buffer.concat(seen)
          .toString('latin1')
          .matchAll(/HOST (\S{43})/g),
      ].map(([, room]) => room);
    await eventually(() => rooms().length === 2);
    const before = typedOf(host);
    host.service.remove({ participantId: host.participantNamed('Anna') });
    // Only the link's room is opened anew: the other depends on the certificate alone, not on the secret, which changed.
    await eventually(() => rooms().length === 3);
    await eventually(() => relayOf(host) !== null);
    expect(typedOf(host).code).not.toBe(before.code);
    expect(typedOf(host).code.slice(0, 20)).toBe(before.code.slice(0, 20));
    const ben = createPerson('Ben');
    await ben.service.openCode(typedOf(host));
    await ben.until('preview');
    const clara = createPerson('Clara');
    await clara.service.openCode(before);
    expect(clara.service.state()).toEqual({ phase: 'failed', code: 'join/denied' });
  });

  it('somebody who knows the code and takes the room while the host is away from the relay gets nobody in', async () => {
    const relay = await openRelay();
    const host = await hosted({
      relay: () => ({ host: '127.0.0.1', port: relay.port }),
      policy: { ...impatient, relay: { ...impatient.relay, retryMs: () => 60_000 } },
    });
    await isOpen(host);
    const typed = typedOf(host);
    await relay.close();
    await eventually(() => inviteOf(host).relayAddress === null);
    const again = await openRelay(Number(typed.address.split(':')[1]));
    const other = await hosted();
    const { port } = parseInviteLink(inviteOf(other).link, 0).addresses[0]!;
    const guests: Socket[] = [];
    const thief = new RelayedDoor({
      ...{ address: { host: '127.0.0.1', port: again.port }, ticket: typedTicket(parseCode(typed.code).pin) },
      ...{
        contacts: noContactNotes,
        timers: systemTimers,
        timeoutMs: 2_000,
        silenceMs: 60_000,
        retryMs: () => 60_000,
        onState: () => {},
      },
      onGuest: (guest) => {
        guests.push(guest);
        guest.pipe(connect({ host: '127.0.0.1', port })).pipe(guest);
      },
    });
    closers.push(() => thief.close());
    await eventually(() => again.counters.text().includes('rooms 1'));
    const anna = createPerson('Anna', { policy: impatient });
    await anna.service.openCode(typed);
    expect(guests).toHaveLength(1);
    expect(anna.service.state()).toEqual({ phase: 'failed', code: 'join/certificate-mismatch' });
  });
});

describe('who hides their address', () => {
  const [mac, netmask] = ['02:00:00:00:00:01', '255.255.255.0'];
  const own = { address: '192.0.2.20', netmask, family: 'IPv4' as const, mac, internal: false, cidr: null };

  it('as a host: names none of their own, and guests come through the relay', async () => {
    const relay = await openRelay();
    const helga = await hosted({
      relay: () => ({ host: '127.0.0.1', port: relay.port }),
      relayOnly: () => true,
      networkInterfaces: () => ({ eth0: [own] }),
    });
    await eventually(() => inviteOf(helga).relayAddress !== null);
    const invite = inviteOf(helga);
    expect(invite.addresses).toEqual([]);
    expect(parseInviteLink(invite.link, 0)).toMatchObject({ addresses: [], relay: { address: { port: relay.port } } });
    await joined(helga, createPerson('Anna'));
  });

  it('as a guest: dials the relay and nothing else, also when the host could be reached', async () => {
    const relay = await openRelay();
    const host = await hostedThrough(relay);
    const dialled: string[] = [];
    const anna = createPerson('Anna', {
      relayOnly: () => true,
      contacts: { note: ({ purpose, address }) => void dialled.push(`${purpose} ${address}`) },
    });
    await joined(host, anna);
    expect(anna.service.state()).toMatchObject({ phase: 'meeting', meeting: { ice: { relayOnly: true } } });
    expect([...new Set(dialled)]).toEqual([`relay-join 127.0.0.1:${relay.port}`]);
  });

  it('as a guest: is told that the relay cannot be reached, and still dials nobody else', async () => {
    const relay = await openRelay();
    const host = await hostedThrough(relay);
    const { link } = inviteOf(host);
    await relay.close();
    const dialled: string[] = [];
    const anna = createPerson('Anna', {
      relayOnly: () => true,
      policy: impatient,
      contacts: { note: ({ purpose }) => void dialled.push(purpose) },
    });
    await anna.service.openLink({ link });
    expect(anna.service.state()).toEqual({ phase: 'failed', code: 'join/unreachable' });
    expect(new Set(dialled)).toEqual(new Set(['relay-join']));
  });
});
