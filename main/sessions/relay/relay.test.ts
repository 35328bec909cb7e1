import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { noContactNotes } from '../../../common/contacts';
import { eventually } from '../testing/person';
import { systemTimers } from '../timing';
import { dialRelay } from './dialRelay';
import { RelayedDoor, type RelayedDoorState } from './relayedDoor';
import { formatOpening, parseAnswer, parseBellLine, parseOpening } from './relayLines';
import { defaultRelayPolicy, type RelayPolicy } from './relayPolicy';
import { startRelay, type Relay } from './relayServer';
import { roomOf } from './roomOf';
import { SourceLimits } from './sourceLimits';
import { startStatusServer } from './statusServer';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const secret = () => randomBytes(32).toString('base64url');

async function relayWith(change: Partial<RelayPolicy> = {}): Promise<Relay> {
  const policy = { ...defaultRelayPolicy, ...change };
  const relay = await startRelay({ port: 0, host: '127.0.0.1', timers: systemTimers, clock: Date.now, policy });
  closers.push(() => relay.close());
  return relay;
}

/** A raw connection: says anything, remembers what it heard. */
function raw(relay: { readonly port: number }, first?: string) {
  const socket = connect({ port: relay.port, host: '127.0.0.1', allowHalfOpen: true });
  const heard: Buffer[] = [];
  const seen = { closed: false };
  socket.on('data', (chunk: Buffer) => heard.push(chunk));
  socket.on('error', () => {});
  socket.on('close', () => (seen.closed = true));
  socket.on('end', () => socket.end());
  if (first !== undefined) socket.write(first);
  closers.push(() => socket.destroy());
  return {
    socket,
    text: () => Buffer.concat(heard).toString('latin1'),
    hears: (text: string) => eventually(() => Buffer.concat(heard).toString('latin1').includes(text)),
    isClosed: () => eventually(() => seen.closed),
    get closed() {
      return seen.closed;
    },
  };
}

/** A host behind a relay that answers every guest by echoing in capitals. */
async function shoutingHost(relay: Relay, ticket = secret()) {
  const states: RelayedDoorState[] = [];
  const guests: Socket[] = [];
  const door = new RelayedDoor({
    address: { host: '127.0.0.1', port: relay.port },
    ticket,
    timers: systemTimers,
    contacts: noContactNotes,
    timeoutMs: 2_000,
    retryMs: () => 10,
    silenceMs: 60_000,
    onState: (state) => void states.push(state),
    onGuest: (socket) => {
      guests.push(socket);
      socket.on('data', (chunk: Buffer) => void socket.write(chunk.toString('latin1').toUpperCase()));
      socket.resume();
    },
  });
  closers.push(() => door.close());
  await eventually(() => states.at(-1) === 'open');
  return { door, states, guests, ticket, room: roomOf(ticket) };
}

describe('the relay', () => {
  it('passes bytes between a guest and the host of the room, and the end of each to the other', async () => {
    const relay = await relayWith();
    const host = await shoutingHost(relay);
    const guest = raw(relay, formatOpening({ type: 'guest', room: host.room }));
    await guest.hears('OK\n');
    guest.socket.write('hello');
    await guest.hears('HELLO');
    expect(relay.counters.text()).toContain('konklave_relay_bytes_total 10');
    guest.socket.end();
    await eventually(() => host.guests[0]!.destroyed);
    const other = raw(relay, formatOpening({ type: 'guest', room: host.room }));
    await other.hears('OK\n');
    host.guests[1]!.destroy();
    await other.isClosed();
  });

  it('lets a megabyte through whole, also to somebody who reads late', async () => {
    const relay = await relayWith();
    const host = await shoutingHost(relay);
    const sent = 'a'.repeat(1_000_000);
    const guest = raw(relay, formatOpening({ type: 'guest', room: host.room }));
    await guest.hears('OK\n');
    guest.socket.pause();
    guest.socket.write(sent);
    await new Promise((resolve) => setImmediate(resolve));
    guest.socket.resume();
    await eventually(() => guest.text().length === 3 + sent.length);
    expect(guest.text().slice(3)).toBe(sent.toUpperCase());
  });

  it('does not let anybody who knows a room open it, and has one host for each', async () => {
    const relay = await relayWith();
    const host = await shoutingHost(relay);
    const thief = raw(relay, formatOpening({ type: 'host', ticket: host.room }));
    await thief.hears('OK\n');
    const twice = raw(relay, formatOpening({ type: 'host', ticket: host.ticket }));
    await twice.hears('NO taken');
    const guest = raw(relay, formatOpening({ type: 'guest', room: host.room }));
    await guest.hears('OK\n');
    expect(thief.text()).not.toContain('GUEST');
    expect(host.guests).toHaveLength(1);
  });

  it('says no to guests of no room, of a host who left, and to who accepts nobody or too late', async () => {
    const relay = await relayWith({ acceptTimeoutMs: 50 });
    await raw(relay, formatOpening({ type: 'guest', room: secret() })).hears('NO unknown');
    await raw(relay, formatOpening({ type: 'accept', visit: secret() })).hears('NO unknown');
    const ticket = secret();
    const lazy = raw(relay, formatOpening({ type: 'host', ticket }));
    await lazy.hears('OK\n');
    await raw(relay, formatOpening({ type: 'guest', room: roomOf(ticket) })).hears('NO late');
    const [, visit = ''] = /GUEST (\S+)/.exec(lazy.text()) ?? [];
    await raw(relay, formatOpening({ type: 'accept', visit })).hears('NO unknown');
    const waiting = raw(relay, formatOpening({ type: 'guest', room: roomOf(ticket) }));
    await eventually(() => lazy.text().split('GUEST').length === 3);
    lazy.socket.destroy();
    await waiting.hears('NO ');
    await eventually(() => relay.counters.text().includes('konklave_relay_rooms 0'));
    expect(relay.counters.text()).toContain('refused_total{reason="late"} 1');
  });

  it('opens a room again after the connection to the relay was cut', async () => {
    const relay = await relayWith();
    const host = await shoutingHost(relay);
    const { port } = relay;
    await relay.close();
    await eventually(() => host.states.includes('closed'));
    const again = await startRelay({ port, host: '127.0.0.1', timers: systemTimers, clock: Date.now });
    closers.push(() => again.close());
    await eventually(() => host.states.at(-1) === 'open');
    const guest = raw(again, formatOpening({ type: 'guest', room: host.room }));
    guest.socket.write('again');
    await guest.hears('AGAIN');
    expect(host.states).toEqual(expect.arrayContaining(['closed', 'open']));
  });
});

describe('a limit holds', () => {
  const isServed = async (relay: Relay) => {
    const host = await shoutingHost(relay);
    const guest = raw(relay, formatOpening({ type: 'guest', room: host.room }));
    await guest.hears('OK\n');
    guest.socket.write('still here');
    await guest.hears('STILL HERE');
  };

  it.each<[string, string | Buffer]>([
    ['no line of the protocol', 'GET / HTTP/1.1\r\n\r\n'],
    ['another version', `KONKLAVE/2 GUEST ${'A'.repeat(43)}\n`],
    ['a room of the wrong length', `KONKLAVE/1 GUEST ${'A'.repeat(42)}\n`],
    ['an endless line', 'KONKLAVE/1 GUEST '.padEnd(200, 'A')],
    ['noise', randomBytes(4_096)],
  ])('%s', async (_, bytes) => {
    const relay = await relayWith();
    const one = raw(relay);
    one.socket.write(bytes);
    await one.isClosed();
    expect(one.text()).toBe('NO protocol\n');
    await isServed(relay);
  });

  it('a byte at a time (slow-loris), nothing at all, and half a line', async () => {
    const relay = await relayWith({ preambleTimeoutMs: 100 });
    const slow = raw(relay);
    const drip = setInterval(() => slow.socket.write('K'), 20);
    closers.push(() => clearInterval(drip));
    const silent = raw(relay);
    const half = raw(relay, 'KONKLAVE/1 GU');
    for (const one of [slow, silent, half]) await one.isClosed();
    expect(silent.text()).toBe('NO late\n');
    await isServed(relay);
  });

  it('connections and rooms from one source, and connections that come too fast', async () => {
    const few = await relayWith({ connectionsPerSource: 3 });
    const held = [raw(few), raw(few), raw(few)];
    await eventually(() => few.counters.text().includes('connections 3'));
    await raw(few, 'x').hears('NO full');
    expect(held.every(({ closed }) => !closed)).toBe(true);
    held[0]!.socket.destroy();
    await eventually(() => few.counters.text().includes('connections 2'));
    await raw(few, formatOpening({ type: 'host', ticket: secret() })).hears('OK');

    const rooms = await relayWith({ roomsPerSource: 2 });
    for (let room = 0; room < 2; room += 1)
      await raw(rooms, formatOpening({ type: 'host', ticket: secret() })).hears('OK');
    await raw(rooms, formatOpening({ type: 'host', ticket: secret() })).hears('NO full');

    const fast = await relayWith({ newConnections: { burst: 5, perSecond: 0.001 } });
    const many = Array.from({ length: 8 }, () => raw(fast, formatOpening({ type: 'host', ticket: secret() })));
    await eventually(() => many.filter((one) => one.text().startsWith('OK')).length === 5);
    await eventually(() => many.filter((one) => one.text().startsWith('NO full')).length === 3);
  });

  it('rooms in all, connections in all, guests before a closed door', async () => {
    const one = await relayWith({ rooms: 1 });
    await raw(one, formatOpening({ type: 'host', ticket: secret() })).hears('OK');
    await raw(one, formatOpening({ type: 'host', ticket: secret() })).hears('NO full');

    const two = await relayWith({ connections: 2 });
    const held = [raw(two), raw(two)];
    await eventually(() => two.counters.text().includes('connections 2'));
    await raw(two).isClosed();
    expect(held.every(({ closed }) => !closed)).toBe(true);

    const door = await relayWith({ guestsWaiting: 2 });
    const ticket = secret();
    await raw(door, formatOpening({ type: 'host', ticket })).hears('OK');
    const guests = Array.from({ length: 3 }, () => raw(door, formatOpening({ type: 'guest', room: roomOf(ticket) })));
    await eventually(() => guests.filter((guest) => guest.text() === 'NO full\n').length === 1);
  });

  it('what may pass, and how long nothing may', async () => {
    const relay = await relayWith({ bytes: { burst: 1_000, perSecond: 1 }, idleTimeoutMs: 150 });
    const host = await shoutingHost(relay);
    const loud = raw(relay, formatOpening({ type: 'guest', room: host.room }));
    await loud.hears('OK\n');
    loud.socket.write('a'.repeat(5_000));
    await loud.isClosed();
    expect(relay.counters.text()).toContain('refused_total{reason="full"} 1');
    const quiet = raw(relay, formatOpening({ type: 'guest', room: host.room }));
    await quiet.hears('OK\n');
    await quiet.isClosed();
  });

  it('a host that says more on its bell than was asked', async () => {
    const relay = await relayWith({ heartbeatMs: 20 });
    for (const said of ['PONG\n', 'KONKLAVE/1 HOST\n', 'P'.repeat(100)]) {
      const chatty = raw(relay, formatOpening({ type: 'host', ticket: secret() }));
      await chatty.hears('OK\n');
      chatty.socket.write(said);
      await chatty.isClosed();
    }
    const twice = raw(relay, formatOpening({ type: 'host', ticket: secret() }));
    await twice.hears('PING\n');
    twice.socket.write('PONG\nPONG\n');
    await twice.isClosed();
    await eventually(() => relay.counters.text().includes('relay_rooms 0'));
    expect(relay.counters.text()).toContain('rooms_total 4');
    await isServed(relay);
  });

  it('half-open connections: at the first line, at the door, on the bell, and when one side of a pair has ended', async () => {
    const relay = await relayWith({ preambleTimeoutMs: 500, acceptTimeoutMs: 100, idleTimeoutMs: 200 });
    const gone = () => eventually(() => relay.counters.text().includes('relay_connections 0'));
    // Each says that it has no more to say, and never closes of itself.
    const half = (first: string) => {
      const socket = connect({ port: relay.port, host: '127.0.0.1', allowHalfOpen: true });
      closers.push(() => socket.destroy());
      socket.on('error', () => {});
      socket.resume();
      socket.end(first);
    };
    half('KONKLAVE/1 GU');
    half('');
    await gone();
    half(formatOpening({ type: 'host', ticket: secret() }));
    await gone();
    expect(relay.counters.text()).toContain('relay_rooms 0');
    const ticket = secret();
    const lazy = raw(relay, formatOpening({ type: 'host', ticket }));
    await lazy.hears('OK\n');
    half(formatOpening({ type: 'guest', room: roomOf(ticket) }));
    await lazy.hears('GUEST');
    lazy.socket.destroy();
    await gone();
    const host = await shoutingHost(relay);
    half(`${formatOpening({ type: 'guest', room: host.room })}last words`);
    await eventually(() => relay.counters.text().includes('bytes_total 20'));
    host.door.close();
    await gone();
  });

  it('what a guest sends before the door is opened stays with the guest', async () => {
    const relay = await relayWith({ acceptTimeoutMs: 500 });
    const ticket = secret();
    await raw(relay, formatOpening({ type: 'host', ticket })).hears('OK\n');
    const eager = raw(relay, formatOpening({ type: 'guest', room: roomOf(ticket) }));
    const mebibyte = 1_048_576;
    for (let count = 0; count < 64; count += 1) eager.socket.write(Buffer.alloc(mebibyte));
    const left = await new Promise((resolve) => eager.socket.once('data', () => resolve(eager.socket.writableLength)));
    await eager.hears('NO late');
    // The rest is in the system's buffers.
    expect(left).toBeGreaterThan(48 * mebibyte);
  });

  it('a host that went without a word', async () => {
    const relay = await relayWith({ heartbeatMs: 20, hostTimeoutMs: 100 });
    const mute = raw(relay, formatOpening({ type: 'host', ticket: secret() }));
    await mute.hears('PING');
    await mute.isClosed();
    expect(mute.text()).toMatch(/^OK\n(PING\n)+$/);
    const polite = await shoutingHost(relay);
    await raw(relay, formatOpening({ type: 'guest', room: polite.room })).hears('OK');
  });

  it('a thousand meetings at once, and others are served', { timeout: 60_000 }, async () => {
    const relay = await relayWith({
      roomsPerSource: 2_000,
      connectionsPerSource: 5_000,
      newConnections: { burst: 5_000, perSecond: 1_000 },
    });
    const hosts = Array.from({ length: 1_000 }, () => raw(relay, formatOpening({ type: 'host', ticket: secret() })));
    await Promise.all(hosts.map(({ socket }) => once(socket, 'data')));
    expect(hosts.every((one) => one.text().startsWith('OK'))).toBe(true);
    expect(relay.counters.text()).toContain('konklave_relay_rooms 1000');
    await isServed(relay);
  });
});

describe('what it knows', () => {
  it('of sources is forgotten when they could begin anew', () => {
    let now = 0;
    const sources = new SourceLimits(
      { connectionsPerSource: 5, roomsPerSource: 5, newConnections: { burst: 10, perSecond: 1 } },
      () => now,
    );
    expect(sources.add('192.0.2.1')).toBe(true);
    sources.remove('192.0.2.1');
    expect(sources.size).toBe(1);
    now = 10_000;
    sources.forgetOld();
    expect(sources.size).toBe(0);
  });

  it('is told to nobody who asks slowly, too long, or with too many at once', async () => {
    const relay = await relayWith();
    const status = await startStatusServer(relay.counters, { port: 0, host: '127.0.0.1', patience: 200 });
    closers.push(() => status.close());
    const slow = raw(status);
    slow.socket.write('GET /health HTTP/1.1\r\n');
    const drip = setInterval(() => slow.socket.write('x'), 20);
    closers.push(() => clearInterval(drip));
    const long = raw(status, `GET /health HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
    await Promise.all([slow.isClosed(), long.isClosed()]);
    expect(slow.text()).not.toContain('200 OK');
    expect(long.text()).not.toContain('200 OK');
    expect(await (await fetch(`http://127.0.0.1:${status.port}/health`)).text()).toBe('ok\n');
    const patient = await startStatusServer(relay.counters, { port: 0, host: '127.0.0.1', patience: 60_000 });
    closers.push(() => patient.close());
    const many = Array.from({ length: 60 }, () => raw(patient, 'GET /health HTTP/1.1\r\n'));
    await eventually(() => many.filter(({ closed }) => closed).length === 10);
  });

  it('is told as health and sums, without a trace of anybody', async () => {
    const relay = await relayWith();
    const host = await shoutingHost(relay);
    const status = await startStatusServer(relay.counters, { port: 0, host: '127.0.0.1' });
    closers.push(() => status.close());
    const get = async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${status.port}${path}`);
      return { status: response.status, text: await response.text() };
    };
    expect(await get('/health')).toEqual({ status: 200, text: 'ok\n' });
    expect((await get('/other')).status).toBe(404);
    const { text } = await get('/metrics');
    expect(text).toMatch(/^konklave_relay_rooms 1$/m);
    for (const trace of [host.room, host.ticket, '127.0.0.1']) expect(text).not.toContain(trace);
    // Every line is a comment or a sample of the exposition format.
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) .+|[a-z_]+(\{reason="[a-z]+"\})? \d+)$/);
  });
});

describe('lines', () => {
  it('of any content never throw, and only exact ones are taken', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const parse of [parseOpening, parseBellLine, parseAnswer]) expect(parse(text)).toBe(null);
      }),
    );
    const opening = { type: 'guest', room: secret() } as const;
    expect(parseOpening(formatOpening(opening).trimEnd())).toEqual(opening);
    expect(parseOpening(formatOpening(opening))).toBeNull();
  });
});

describe('dialling', () => {
  it('fails on something that is no relay, and when nobody answers in time', async () => {
    const server = createServer((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const mute = createServer(() => {});
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    closers.push(
      () => server.close(),
      () => mute.close(),
    );
    const dial = (port: number) =>
      new Promise((resolve) =>
        dialRelay(
          {
            address: { host: '127.0.0.1', port },
            opening: { type: 'guest', room: secret() },
            timers: systemTimers,
            contacts: noContactNotes,
            timeoutMs: 200,
          },
          { connected: () => resolve('connected'), failed: resolve },
        ),
      );
    expect(await dial((server.address() as AddressInfo).port)).toBeNull();
    expect(await dial((mute.address() as AddressInfo).port)).toBeNull();
  });
});
