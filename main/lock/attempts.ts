import { DomainError } from '../../common/errors';

/** Wrong tries that cost nothing: typing is hard without seeing it. */
const freeTries = 3;
const firstWaitMs = 5_000;
const longestWaitMs = 5 * 60_000;

/** How long to wait after so many wrong tries in a row, in milliseconds: nothing, then 5 s, doubling up to five minutes. */
function waitAfter(failures: number): number {
  return failures < freeTries ? 0 : Math.min(firstWaitMs * 2 ** (failures - freeTries), longestWaitMs);
}

export interface AttemptsOptions {
  /** Milliseconds that only ever grow: setting the clock must not shorten the wait. */
  readonly uptime: () => number;
  /** The wait may be another now. */
  readonly changed: () => void;
}

/**
 * Slows guessing down: one try at a time, and after some wrong ones a wait that grows. Kept in memory only, so a restart
 * forgets it; what a restart asks for is the passphrase, with its own work, or the code.
 */
export class Attempts {
  readonly #options: AttemptsOptions;
  #failures = 0;
  #blockedUntil = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: AttemptsOptions) {
    this.#options = options;
  }

  /** For how long no try is taken, in milliseconds. */
  waitMs(): number {
    return Math.max(0, Math.ceil(this.#blockedUntil - this.#options.uptime()));
  }

  /**
   * Runs a try, after those before it. Throws DomainError('lock/too-many-attempts') without running it while it is not the time;
   * what throws `vault/passphrase-wrong` or `lock/code-wrong` counts as wrong, and what succeeds ends the count.
   */
  make<Value>(attempt: () => Promise<Value>): Promise<Value> {
    const made = this.#last.then(() => this.#make(attempt));
    this.#last = made.catch(() => undefined);
    return made;
  }

  async #make<Value>(attempt: () => Promise<Value>): Promise<Value> {
    if (this.waitMs() > 0) throw new DomainError('lock/too-many-attempts');
    try {
      const value = await attempt();
      this.#failures = 0;
      return value;
    } catch (error) {
      if (
        error instanceof DomainError &&
        (error.code === 'vault/passphrase-wrong' || error.code === 'lock/code-wrong')
      ) {
        this.#failures += 1;
        this.#blockedUntil = this.#options.uptime() + waitAfter(this.#failures);
        this.#options.changed();
      }
      throw error;
    }
  }
}
