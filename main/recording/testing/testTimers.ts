import type { Timers } from '../environment';

/** Time that passes only when a test says so. */
export class TestTimers implements Timers {
  now = Date.UTC(2026, 2, 5, 13, 30);
  #waiting: { at: number; run: () => void }[] = [];

  after(milliseconds: number, run: () => void): () => void {
    const entry = { at: this.now + milliseconds, run };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((one) => one !== entry);
    };
  }

  pass(milliseconds: number): void {
    this.now += milliseconds;
    const due = this.#waiting.filter((one) => one.at <= this.now);
    this.#waiting = this.#waiting.filter((one) => one.at > this.now);
    for (const { run } of due) run();
  }
}
