import type { Timers } from '../timing';

interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  cancelled: boolean;
}

/** Time for thousands of timers: passes only when told, and lets promises run after each of them. */
export class SimulatedTime {
  #now: number;
  #order = 0;
  readonly #due: Due[] = [];

  constructor(now: number) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  after(milliseconds: number, run: () => void): () => void {
    this.#order += 1;
    const entry: Due = { at: this.#now + Math.max(0, milliseconds), order: this.#order, run, cancelled: false };
    let [low, high] = [0, this.#due.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#due[middle];
      if (other !== undefined && other.at <= entry.at) low = middle + 1;
      else high = middle;
    }
    this.#due.splice(low, 0, entry);
    return () => void (entry.cancelled = true);
  }

  /** The timers of one process: nothing of it runs any more once it is dead. */
  processTimers(isAlive: () => boolean): Timers {
    return {
      after: (milliseconds, run) =>
        this.after(milliseconds, () => {
          if (isAlive()) run();
        }),
    };
  }

  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settle();
    for (let next = this.#due[0]; next !== undefined && next.at <= end; next = this.#due[0]) {
      this.#due.shift();
      if (next.cancelled) continue;
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settle();
    }
    this.#now = end;
  }
}

/** As many steps as a chain of promises in a session has. */
async function settle(): Promise<void> {
  for (let step = 0; step < 12; step += 1) await Promise.resolve();
}
