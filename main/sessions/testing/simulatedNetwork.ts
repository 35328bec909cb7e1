import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { DomainError } from '../../../common/errors';
import type { MeetingNetwork } from '../network';
import type { ServerOptions } from '../rendezvous/server';
import type { SimulatedTime } from './simulatedTime';

interface Listening {
  readonly owner: string;
  readonly fingerprint: string;
  readonly onConnection: ServerOptions['onConnection'];
}

/** How two computers are connected: `cut`, both notice; `silent`, neither does. */
type Link = 'up' | 'cut' | 'silent';

/**
 * A network in memory between computers that a test names: what is said on one connection arrives in order, on different
 * ones as it happens. Carries whatever the real one does, by the same interfaces.
 */
export class SimulatedNetwork {
  readonly #time: SimulatedTime;
  readonly #random: () => number;
  readonly #doors = new Map<number, Listening>();
  readonly #links = new Map<string, Link>();
  readonly #sockets = new Set<SimulatedSocket>();
  #nextPort = 1_000;
  #certificates = 0;

  constructor(time: SimulatedTime, random: () => number) {
    this.#time = time;
    this.#random = random;
  }

  /** What one process of one computer sees of it. */
  of(owner: string, isAlive: () => boolean): MeetingNetwork {
    return {
      createCertificate: () => {
        this.#certificates += 1;
        const fingerprint = Buffer.alloc(32, `certificate ${this.#certificates} `).toString('base64url');
        return Promise.resolve({ privateKeyPem: 'key', certificatePem: 'certificate', fingerprint });
      },
      listen: ({ certificate, onConnection, port: wanted }) => {
        this.#nextPort += 1;
        const port = wanted !== undefined && !this.#doors.has(wanted) ? wanted : this.#nextPort;
        const door = { owner, fingerprint: certificate.fingerprint, onConnection };
        this.#doors.set(port, door);
        return Promise.resolve({
          port,
          handleConnection: () => {},
          close: () => {
            if (this.#doors.get(port) === door) this.#doors.delete(port);
            return Promise.resolve();
          },
        });
      },
      dial: ({ addresses, pin, policy, signal }) =>
        new Promise((resolve, reject) => {
          const fail = () => reject(new DomainError('join/unreachable'));
          signal.addEventListener('abort', fail);
          const port = addresses[0]?.port ?? 0;
          this.#time.after(this.latency(), () => {
            const door = this.#doors.get(port);
            if (signal.aborted || !isAlive()) return fail();
            const link = door === undefined ? 'cut' : this.link(owner, door.owner);
            if (link === 'silent') return void this.#time.after(policy.totalMs, fail);
            const isPinned = Buffer.from(door?.fingerprint ?? '', 'base64url')
              .subarray(0, pin.length)
              .equals(pin);
            if (door === undefined || link === 'cut' || !isPinned) return fail();
            const [inner, outer] = this.#pair(owner, door.owner);
            door.onConnection({ socket: outer.asWebSocket(), source: owner, handleHelloDone: () => {} });
            resolve({ socket: inner.asWebSocket(), fingerprint: door.fingerprint, isRelayed: false });
          });
        }),
    };
  }

  link(one: string, other: string): Link {
    return this.#links.get(nameOf(one, other)) ?? 'up';
  }

  setLink(one: string, other: string, link: Link): void {
    this.#links.set(nameOf(one, other), link);
    if (link !== 'cut') return;
    for (const socket of [...this.#sockets]) {
      if (nameOf(socket.owner, socket.other) === nameOf(one, other)) socket.break();
    }
  }

  healAll(): void {
    this.#links.clear();
  }

  /** The computer's process is gone: its system closes what it had open. */
  kill(owner: string): void {
    for (const [port, door] of this.#doors) if (door.owner === owner) this.#doors.delete(port);
    for (const socket of [...this.#sockets]) if (socket.owner === owner) socket.break();
  }

  latency(): number {
    return 1 + Math.floor(this.#random() * (this.#random() < 0.1 ? 800 : 60));
  }

  #pair(one: string, other: string): [SimulatedSocket, SimulatedSocket] {
    const make = (owner: string, to: string) => {
      const socket: SimulatedSocket = new SimulatedSocket(owner, to, {
        time: this.#time,
        latency: () => this.latency(),
        isSilent: () => this.link(owner, to) === 'silent',
        onClosed: () => this.#sockets.delete(socket),
      });
      this.#sockets.add(socket);
      return socket;
    };
    const [inner, outer] = [make(one, other), make(other, one)];
    inner.peer = outer;
    outer.peer = inner;
    return [inner, outer];
  }
}

interface SocketWorld {
  readonly time: SimulatedTime;
  readonly latency: () => number;
  readonly isSilent: () => boolean;
  readonly onClosed: () => void;
}

class SimulatedSocket extends EventEmitter {
  readonly OPEN = 1;
  readonly CLOSED = 3;
  readyState = 1;
  readonly bufferedAmount = 0;
  peer: SimulatedSocket | null = null;
  readonly owner: string;
  readonly other: string;
  readonly #world: SocketWorld;
  #paused = true;
  readonly #waiting: (() => void)[] = [];
  #arrivesAt = 0;
  #torn = false;

  constructor(owner: string, other: string, world: SocketWorld) {
    super();
    this.owner = owner;
    this.other = other;
    this.#world = world;
  }

  asWebSocket(): WebSocket {
    return this as unknown as WebSocket;
  }

  send(text: string): void {
    this.#carry((to) => to.emit('message', Buffer.from(text), false));
  }

  ping(): void {
    this.#carry((to) => {
      to.emit('ping', Buffer.alloc(0));
      to.#carry((back) => back.emit('pong', Buffer.alloc(0)));
    });
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    queueMicrotask(() => {
      while (!this.#paused) {
        const next = this.#waiting.shift();
        if (next === undefined) return;
        next();
      }
    });
  }

  close(): void {
    if (this.readyState !== this.OPEN) return;
    this.#carry((to) => to.#closed(1000));
    this.#closed(1000);
  }

  terminate(): void {
    if (this.readyState !== this.OPEN) return;
    this.#carry((to) => to.#closed(1006));
    this.#closed(1006);
  }

  /** The network says that this connection is over. */
  break(): void {
    const { peer } = this;
    this.#closed(1006);
    if (peer !== null) peer.#closed(1006);
  }

  #carry(arrive: (to: SimulatedSocket) => void): void {
    const { time, latency, isSilent } = this.#world;
    const { peer } = this;
    // What TCP carries has no gaps: a connection that lost something carries nothing any more.
    this.#torn ||= isSilent();
    if (peer === null || this.#torn) return;
    // In order: nothing overtakes what was sent before on the same connection.
    this.#arrivesAt = Math.max(this.#arrivesAt, time.now() + latency());
    time.after(this.#arrivesAt - time.now(), () => {
      this.#torn ||= isSilent();
      if (peer.readyState !== peer.OPEN || this.#torn) return;
      if (peer.#paused) peer.#waiting.push(() => arrive(peer));
      else arrive(peer);
    });
  }

  #closed(code: number): void {
    if (this.readyState === this.CLOSED) return;
    this.readyState = this.CLOSED;
    this.#world.onClosed();
    this.#world.time.after(0, () => this.emit('close', code));
  }
}

function nameOf(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
