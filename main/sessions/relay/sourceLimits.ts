import { createTokenBucket } from '../rendezvous/tokenBucket';
import type { Clock } from '../timing';
import type { RelayPolicy } from './relayPolicy';

interface Source {
  connections: number;
  rooms: number;
  /** When its last connection closed; null while one is open. */
  goneAt: number | null;
  readonly takeNew: (amount: number) => boolean;
}

type Limits = Pick<RelayPolicy, 'connectionsPerSource' | 'roomsPerSource' | 'newConnections'>;

/**
 * Counts what comes from where, for as long as anything of it is open and until whoever came too often could come again:
 * some seconds more.
 */
export class SourceLimits {
  readonly #limits: Limits;
  readonly #clock: Clock;
  readonly #sources = new Map<string, Source>();

  constructor(limits: Limits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** How many sources are known at this moment. */
  get size(): number {
    return this.#sources.size;
  }

  /** Notes a connection, to be removed when it closes in any case; false when it is one too many, or comes too fast. */
  add(source: string): boolean {
    this.forgetOld();
    const known = this.#sources.get(source) ?? {
      ...{ connections: 0, rooms: 0, goneAt: null },
      takeNew: createTokenBucket(this.#limits.newConnections, this.#clock),
    };
    this.#sources.set(source, known);
    known.connections += 1;
    known.goneAt = null;
    return known.takeNew(1) && known.connections <= this.#limits.connectionsPerSource;
  }

  remove(source: string): void {
    const known = this.#sources.get(source);
    if (known === undefined) return;
    known.connections -= 1;
    if (known.connections === 0) known.goneAt = this.#clock();
  }

  addRoom(source: string): boolean {
    const known = this.#sources.get(source);
    if (known === undefined || known.rooms >= this.#limits.roomsPerSource) return false;
    known.rooms += 1;
    return true;
  }

  removeRoom(source: string): void {
    const known = this.#sources.get(source);
    if (known !== undefined) known.rooms -= 1;
  }

  /** Forgets those that are gone and whose limit has filled up again: they would begin anew. */
  forgetOld(): void {
    const { burst, perSecond } = this.#limits.newConnections;
    const before = this.#clock() - (burst / perSecond) * 1_000;
    for (const [name, { goneAt }] of this.#sources) {
      if (goneAt !== null && goneAt <= before) this.#sources.delete(name);
    }
  }
}
