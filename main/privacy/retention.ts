import type { RetentionClock } from '../vault/repositories';
import { judgeClock } from './retentionClock';

const hour = 60 * 60 * 1000;

/** One kind of data that expires. */
export interface RetainedKind {
  /** For the log: what kind, never whose. */
  readonly name: string;
  /** One step for each thing whose time has come at `now`; throws when the vault is locked. */
  readonly due: (now: number) => readonly (() => Promise<void> | void)[];
}

export interface RetentionOptions {
  readonly kinds: readonly RetainedKind[];
  readonly now: () => number;
  readonly after: (milliseconds: number, run: () => void) => () => void;
  /** What is known of the clock, in the vault. */
  readonly clock: { readonly get: () => RetentionClock | null; readonly set: (clock: RetentionClock) => void };
  /** After each round: something may be gone, or is about to go. */
  readonly changed: () => void;
  readonly log: { error(message: string, thrown?: unknown): void };
}

/** Deletes what has been kept for as long as was promised: when started, and every hour. */
export class RetentionService {
  readonly #options: RetentionOptions;
  #cancel: (() => void) | null = null;
  #resumesAt: number | null = null;

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** Deletes what is due and goes on doing so every hour until `stop`. Never rejects. */
  async start(): Promise<void> {
    this.stop();
    this.#schedule();
    await this.#round();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#resumesAt = null;
  }

  /** When deleting goes on, while nothing is deleted because the clock has leapt ahead; else null. */
  resumesAt(): number | null {
    return this.#resumesAt;
  }

  #schedule(): void {
    this.#cancel = this.#options.after(hour, () => {
      this.#schedule();
      void this.#round();
    });
  }

  async #round(): Promise<void> {
    const { kinds, now, changed, log } = this.#options;
    if (this.#isClockRight()) {
      for (const kind of kinds) {
        try {
          for (const erase of kind.due(now())) await this.#eraseOne(kind.name, erase);
        } catch (error) {
          log.error(`what is due of ${kind.name} could not be found`, error);
        }
      }
    }
    changed();
  }

  /** A clock about which nothing can be read or written is no reason to delete. */
  #isClockRight(): boolean {
    const { clock, now, log } = this.#options;
    try {
      const judged = judgeClock(clock.get(), now());
      clock.set(judged.clock);
      this.#resumesAt = judged.resumesAt;
      return judged.resumesAt === null;
    } catch (error) {
      log.error('whether the clock is right could not be told', error);
      return false;
    }
  }

  /** One that cannot be deleted now (a meeting that is running) must not keep the others. */
  async #eraseOne(name: string, erase: () => Promise<void> | void): Promise<void> {
    try {
      await erase();
    } catch (error) {
      this.#options.log.error(`one of ${name} that is due could not be deleted`, error);
    }
  }
}
