import type { Events } from '../../../common/ipc/events';
import type { MeetingState, SessionState } from '../../../common/meeting/sessionState';
import type { Vault } from '../../vault/repositories';
import { defaultPolicy, type SessionPolicy } from '../policy';
import { SessionService } from '../sessionService';
import { createMemoryVault } from './memoryVault';
import type { SimulatedNetwork } from './simulatedNetwork';
import type { SimulatedTime } from './simulatedTime';
import { createWindowEnd } from './windowEnd';

export interface SimulatedWorld {
  readonly time: SimulatedTime;
  readonly network: SimulatedNetwork;
  /** IDs decide who initiates and who wins: they come from the seed, too. */
  readonly random: () => number;
  readonly policy?: Partial<SessionPolicy>;
  /** The data channels that this person's window would use. */
  readonly onCarry: (from: SimulatedPerson, carry: Events['mesh.carry']) => void;
}

/** One offer will do: main only reads which certificate it names. */
const { offer } = createWindowEnd();

/** A computer with a clock of its own, on which processes of the real sessions live and die. */
export class SimulatedPerson {
  readonly name: string;
  readonly vault;
  readonly #world: SimulatedWorld;
  readonly #skew: number;
  service: SessionService | null = null;
  /** Of the running process. */
  texts: string[] = [];
  readonly reported: unknown[] = [];
  /** By peer: the last generation for which this window has made an offer. */
  #offered = new Map<string, number>();

  constructor(name: string, world: SimulatedWorld, skew: number) {
    this.name = name;
    this.vault = createMemoryVault(name);
    this.#world = world;
    this.#skew = skew;
  }

  start(): void {
    const { time, network, policy, onCarry, random } = this.#world;
    let alive = true;
    const isAlive = () => alive && this.service === service;
    this.texts = [];
    this.#offered = new Map();
    const service: SessionService = new SessionService({
      vault: () => this.vault as unknown as Vault,
      emit: (name, payload) => {
        if (!isAlive()) return;
        if (name === 'mesh.carry') onCarry(this, payload as Events['mesh.carry']);
        if (name === 'chat.added') this.texts.push((payload as Events['chat.added']).text);
        if (name === 'session.changed') queueMicrotask(() => this.#offer());
      },
      retention: () => ({ chatRetentionDays: 30, recordingRetentionDays: 14, registrationRetentionDays: 30 }),
      networkInterfaces: () => ({}),
      report: (error) => {
        if (isAlive()) this.reported.push(error);
      },
      clock: () => time.now() + this.#skew,
      timers: time.processTimers(isAlive),
      random: (size) => Uint8Array.from({ length: size }, () => Math.floor(random() * 256)),
      network: network.of(this.name, isAlive),
      policy: { ...defaultPolicy, ...policy },
    });
    this.service = service;
    this.#onKill = () => void (alive = false);
  }

  kill(): void {
    this.#onKill();
    this.service = null;
    this.#world.network.kill(this.name);
  }

  state(): SessionState {
    return this.service?.state() ?? { phase: 'idle' };
  }

  meeting(): MeetingState | null {
    const state = this.state();
    return state.phase === 'meeting' ? state.meeting : null;
  }

  generationTo(peerId: string): number | null {
    return this.meeting()?.connections.find((one) => one.peerId === peerId)?.generation ?? null;
  }

  #onKill = () => {};

  /** What the window does with each new connection that it is to begin. */
  #offer(): void {
    for (const { peerId, generation, initiator } of this.meeting()?.connections ?? []) {
      if (!initiator || (this.#offered.get(peerId) ?? -1) >= generation) continue;
      this.#offered.set(peerId, generation);
      this.service?.meshSignal({ peerId, generation, signal: offer });
    }
  }
}
