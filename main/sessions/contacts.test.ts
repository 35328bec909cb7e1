import { Server, Socket, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ContactLog } from '../contacts/contactLog';
import { parseInviteLink } from './invites/link';
import { startRelay } from './relay/relayServer';
import { createPerson, disposePeople, eventually, hosted, inviteOf, joined, policyWith } from './testing/person';
import { systemTimers } from './timing';

const { connect } = Socket.prototype;
const { listen } = Server.prototype;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  await disposePeople();
  for (const close of closers.splice(0)) await close();
});

/** What Node itself was asked for in this process: `net` is below `tls`, `https` and `ws`. */
function watchSockets() {
  const dialled = new Set<string>();
  const listening = new Set<string>();
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function watched(this: Socket, ...given: unknown[]) {
    this.once('connect', () => dialled.add(`${this.remoteAddress}:${this.remotePort}`));
    return Reflect.apply(connect, this, given);
  });
  vi.spyOn(Server.prototype, 'listen').mockImplementation(function watched(this: Server, ...given: unknown[]) {
    this.once('listening', () => listening.add(`*:${(this.address() as AddressInfo).port}`));
    return Reflect.apply(listen, this, given);
  });
  return { dialled, listening };
}

/** Somebody's list, as one line each. */
function notes() {
  const contacts = new ContactLog({ now: Date.now, after: () => {}, changed: () => {} });
  const { entries } = { entries: () => contacts.list().entries };
  return {
    contacts,
    addresses: () => new Set(entries().map(({ address }) => address)),
    rows: () =>
      entries()
        .map(({ purpose, address, state }) => `${purpose} ${address} ${state}`)
        .sort(),
  };
}

const impatient = policyWith({ connect: { staggerMs: 20, attemptMs: 800, totalMs: 2_000 }, helloTimeoutMs: 800 });

describe('what is noted of the network', () => {
  it('a host notes its door and who came, a guest whom it dialled, and nobody anything else', async () => {
    const [atHost, atGuest] = [notes(), notes()];
    const sockets = watchSockets();
    const host = await hosted({ contacts: atHost.contacts });
    const guest = createPerson('Gast', { contacts: atGuest.contacts });
    await joined(host, guest);
    const { port } = parseInviteLink(inviteOf(host).link, 0).addresses[0]!;
    expect(atHost.rows()).toEqual([
      expect.stringMatching(/^guest (::ffff:)?127\.0\.0\.1 reached$/u),
      `own-door *:${port} open`,
    ]);
    expect(atGuest.rows()).toEqual([`host 127.0.0.1:${port} reached`]);
    host.service.leave();
    await eventually(() => atHost.rows().includes(`own-door *:${port} closed`));
    expect(sockets.dialled).toEqual(atGuest.addresses());
    expect([...sockets.listening]).toEqual([`*:${port}`]);
  });

  it('a relay is noted on both sides, and a guest who came through it is not taken for its address', async () => {
    const relay = await startRelay({ port: 0, host: '127.0.0.1', timers: systemTimers, clock: Date.now });
    closers.push(() => relay.close());
    const address = `127.0.0.1:${relay.port}`;
    const [atHost, atGuest] = [notes(), notes()];
    const sockets = watchSockets();
    const host = await hosted({ contacts: atHost.contacts, relay: () => ({ host: '127.0.0.1', port: relay.port }) });
    await eventually(() => parseInviteLink(inviteOf(host).link, 0).relay !== null);
    const guest = createPerson('Gast', { contacts: atGuest.contacts, policy: impatient });
    await guest.service.openLink({ link: inviteOf(host).link.replaceAll(/&at=[^&]+/gu, '&at=127.0.0.1:1') });
    await guest.until('preview');
    expect(atHost.rows()).toEqual(
      [...sockets.listening].map((door) => `own-door ${door} open`).concat(`relay-room ${address} reached`),
    );
    expect(atGuest.rows()).toEqual(['host 127.0.0.1:1 failed', `relay-join ${address} reached`]);
    expect(sockets.dialled).toEqual(new Set([address]));
  });

  it('a name is noted as looked up, and the address that it has as dialled', async () => {
    const [atHost, atGuest] = [notes(), notes()];
    const host = await hosted({ contacts: atHost.contacts });
    const guest = createPerson('Gast', { contacts: atGuest.contacts, policy: impatient });
    await guest.service.openLink({ link: inviteOf(host).link.replace('&at=127.0.0.1:', '&at=localhost:') });
    await guest.until('preview');
    const rows = atGuest.rows();
    expect(rows).toContain('name localhost reached');
    expect(rows.filter((row) => /^host (127\.0\.0\.1|\[::1\]):\d+ reached$/u.test(row))).toHaveLength(1);
    expect(rows.filter((row) => row.startsWith('host localhost'))).toEqual([]);
  });

  it('a name that nobody knows is noted as well', async () => {
    const atGuest = notes();
    const host = await hosted();
    const guest = createPerson('Gast', { contacts: atGuest.contacts, policy: impatient });
    await guest.service.openLink({ link: inviteOf(host).link.replace('&at=127.0.0.1:', '&at=nobody.invalid:') });
    await guest.until('failed');
    await eventually(() => atGuest.rows().includes('name nobody.invalid failed'));
    expect(atGuest.rows()).toEqual(['name nobody.invalid failed']);
  });

  it('the addresses that a peer names are noted as tried, under its name, and as reached when the window says so', async () => {
    const atHost = notes();
    const host = await hosted({ contacts: atHost.contacts });
    const guest = createPerson('Gast');
    await joined(host, guest);
    const hostId = guest.participantNamed('Helga');
    const connection = await eventually(
      () => guest.meeting().connections.find(({ peerId }) => peerId === hostId) ?? false,
    );
    const { generation, initiator } = connection || { generation: -1, initiator: false };
    // Who initiates follows from the IDs; the other end's kind of description is refused.
    const type = initiator ? 'offer' : 'answer';
    const sdp = [
      'v=0',
      `a=fingerprint:sha-256 ${'AA:'.repeat(31)}AA`,
      'a=candidate:1 1 udp 5 192.0.2.4 777 typ host',
      '',
    ].join('\r\n');
    guest.service.meshSignal({ peerId: hostId, generation, signal: { type, sdp } });
    await eventually(() => atHost.rows().includes('media 192.0.2.4:777 trying'));
    const peerId = host.participantNamed('Gast');
    host.service.contactsMedia({
      peerId,
      reached: [
        { address: '192.0.2.4', port: 777, isServer: false },
        { address: '2001:DB8::1', port: 3478, isServer: true },
      ],
    });
    const media = () =>
      atHost.contacts.list().entries.filter(({ purpose }) => purpose === 'media' || purpose === 'ice-server');
    expect(media()).toMatchObject([
      { purpose: 'ice-server', address: '[2001:db8::1]:3478', state: 'reached', who: null },
      { purpose: 'media', address: '192.0.2.4:777', state: 'reached', who: 'Gast' },
    ]);
    host.service.contactsMedia({
      peerId: 'A'.repeat(22),
      reached: [{ address: '192.0.2.9', port: 1, isServer: false }],
    });
    expect(media(), 'of somebody who is not there nothing is noted').toHaveLength(2);
  });
});
