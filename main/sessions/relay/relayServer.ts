import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { sourceOf } from '../rendezvous/wrongCodes';
import { createTokenBucket } from '../rendezvous/tokenBucket';
import type { Clock, Timers } from '../timing';
import { readLines } from './lineReader';
import { passThrough } from './passThrough';
import { createRelayCounters, type RelayCounters } from './relayCounters';
import { formatRefusal, parseOpening, type Opening, type RelayRefusal } from './relayLines';
import { roomOf } from './roomOf';
import { defaultRelayPolicy, type RelayPolicy } from './relayPolicy';
import { SourceLimits } from './sourceLimits';

export interface RelayOptions {
  readonly port: number;
  /** Undefined: every interface. */
  readonly host?: string;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly policy?: RelayPolicy;
}

export interface Relay {
  readonly port: number;
  readonly counters: RelayCounters;
  close(): Promise<void>;
}

interface Room {
  readonly bell: Socket;
  readonly source: string;
  readonly visits: Set<string>;
  /** When the host was last heard. */
  heardAt: number;
  /** A PING was said that the host may answer. */
  asked: boolean;
}

interface Visit {
  readonly room: string;
  readonly guest: Socket;
  readonly cancel: () => void;
}

/**
 * Passes bytes between guests and hosts that cannot reach each other. What passes is the TLS connection that a guest pins
 * to the host's certificate, so the relay can neither read nor alter it; it knows no names, no titles, no codes. It writes
 * nothing down: addresses are held only as long as their connections, to count them.
 *
 * Rejects when it cannot listen.
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const relay = new RelayServer(options);
  await relay.listen(options);
  return relay;
}

class RelayServer implements Relay {
  readonly counters = createRelayCounters();
  readonly #policy: RelayPolicy;
  readonly #timers: Timers;
  readonly #clock: Clock;
  readonly #sources: SourceLimits;
  readonly #rooms = new Map<string, Room>();
  readonly #visits = new Map<string, Visit>();
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => this.#handleConnection(socket));

  constructor({ policy = defaultRelayPolicy, timers, clock }: RelayOptions) {
    this.#policy = policy;
    this.#timers = timers;
    this.#clock = clock;
    this.#sources = new SourceLimits(policy, clock);
    this.#server.maxConnections = policy.connections;
    this.#server.on('drop', () => this.counters.refuse('full'));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async listen({ port, host }: Pick<RelayOptions, 'port' | 'host'>): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(host === undefined ? { port } : { port, host }, () => {
        this.#server.off('error', reject);
        // Too many open files: those that are open go on.
        this.#server.on('error', () => this.counters.refuse('full'));
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #handleConnection(socket: Socket): void {
    const source = sourceOf(socket.remoteAddress);
    this.#sockets.add(socket);
    this.counters.open(this.#sockets.size);
    const admitted = this.#sources.add(source);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.counters.open(this.#sockets.size);
      this.#sources.remove(source);
    });
    if (!admitted) return this.#refuse(socket, 'full');

    const cancel = this.#timers.after(this.#policy.preambleTimeoutMs, () => this.#refuse(socket, 'late'));
    socket.once('close', cancel);
    const ended = () => socket.destroy();
    socket.once('end', ended);
    const reader = readLines(socket, {
      broken: () => this.#refuse(socket, 'protocol'),
      line: (text) => {
        const opening = parseOpening(text);
        if (opening === null) return false;
        cancel();
        reader.stop();
        socket.off('end', ended);
        this.#handleOpening(socket, source, opening);
        return true;
      },
    });
  }

  #handleOpening(socket: Socket, source: string, opening: Opening): void {
    switch (opening.type) {
      case 'host':
        return this.#openRoom(socket, source, roomOf(opening.ticket));
      case 'guest':
        return this.#ring(socket, opening.room);
      case 'accept':
        return this.#connect(socket, opening.visit);
    }
  }

  #openRoom(bell: Socket, source: string, name: string): void {
    if (this.#rooms.has(name)) return this.#refuse(bell, 'taken');
    if (this.#rooms.size >= this.#policy.rooms || !this.#sources.addRoom(source)) return this.#refuse(bell, 'full');
    const room: Room = { bell, source, visits: new Set(), heardAt: this.#clock(), asked: false };
    this.#rooms.set(name, room);
    this.counters.rooms(this.#rooms.size);
    readLines(bell, {
      broken: () => bell.destroy(),
      // One answer for each question: a bell is no way to keep the relay busy.
      line: (text) => {
        if (text !== 'PONG' || !room.asked) return false;
        room.asked = false;
        room.heardAt = this.#clock();
        return true;
      },
    });
    bell.once('end', () => bell.destroy());
    bell.resume();
    bell.write('OK\n');
    const stopBeating = this.#beat(room);
    bell.once('close', () => {
      stopBeating();
      this.#rooms.delete(name);
      this.#sources.removeRoom(source);
      this.counters.rooms(this.#rooms.size);
      for (const visit of room.visits) this.#endVisit(visit, 'unknown');
    });
  }

  /** A host whose computer sleeps, or whose network went without a word, is found out. Returns how to stop. */
  #beat(room: Room): () => void {
    let cancel = () => {};
    const beat = () => {
      if (this.#clock() - room.heardAt > this.#policy.hostTimeoutMs) {
        room.bell.destroy();
        return;
      }
      room.asked = true;
      room.bell.write('PING\n');
      cancel = this.#timers.after(this.#policy.heartbeatMs, beat);
    };
    cancel = this.#timers.after(this.#policy.heartbeatMs, beat);
    return () => cancel();
  }

  #ring(guest: Socket, name: string): void {
    const room = this.#rooms.get(name);
    if (room === undefined) return this.#refuse(guest, 'unknown');
    if (room.visits.size >= this.#policy.guestsWaiting) return this.#refuse(guest, 'full');
    const visit = randomBytes(32).toString('base64url');
    const cancel = this.#timers.after(this.#policy.acceptTimeoutMs, () => this.#endVisit(visit, 'late'));
    room.visits.add(visit);
    this.#visits.set(visit, { room: name, guest, cancel });
    guest.once('close', () => this.#endVisit(visit, 'late'));
    room.bell.write(`GUEST ${visit}\n`);
  }

  #connect(accepting: Socket, visit: string): void {
    const waiting = this.#takeVisit(visit);
    if (waiting === null) return this.#refuse(accepting, 'unknown');
    const { guest } = waiting;
    accepting.write('OK\n');
    guest.write('OK\n');
    passThrough(guest, accepting, {
      idleTimeoutMs: this.#policy.idleTimeoutMs,
      timers: this.#timers,
      take: createTokenBucket(this.#policy.bytes, this.#clock),
      passed: (bytes) => this.counters.pass(bytes),
      exceeded: () => this.counters.refuse('full'),
    });
  }

  #takeVisit(name: string): Visit | null {
    const visit = this.#visits.get(name);
    if (visit === undefined) return null;
    visit.cancel();
    this.#visits.delete(name);
    this.#rooms.get(visit.room)?.visits.delete(name);
    return visit;
  }

  #endVisit(name: string, reason: RelayRefusal): void {
    const visit = this.#takeVisit(name);
    if (visit !== null && !visit.guest.destroyed) this.#refuse(visit.guest, reason);
  }

  #refuse(socket: Socket, reason: RelayRefusal): void {
    this.counters.refuse(reason);
    socket.end(formatRefusal(reason));
    // Whoever does not take the answer is not waited for.
    socket.once('finish', () => socket.destroy());
    const cancel = this.#timers.after(1_000, () => socket.destroy());
    socket.once('close', cancel);
  }
}
