import { DomainError } from '../../common/errors';

/** Long work of which there is only one at a time, and which can be given up. */
export class OneAtATime {
  #running: AbortController | null = null;
  #over: Promise<unknown> = Promise.resolve();

  /** Throws 'backup/busy' while other work runs. Null when it is given up; it is over when this resolves. */
  async take<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result | null> {
    if (this.#running !== null) throw new DomainError('backup/busy');
    const running = new AbortController();
    this.#running = running;
    const working = work(running.signal);
    this.#over = working.catch(() => undefined);
    try {
      return await working;
    } catch (error) {
      if (running.signal.aborted) return null;
      throw error;
    } finally {
      this.#running = null;
    }
  }

  cancel(): void {
    this.#running?.abort();
  }

  /** Gives up what runs, and resolves when it is over. */
  async shutDown(): Promise<void> {
    this.cancel();
    await this.#over;
  }

  isBusy(): boolean {
    return this.#running !== null;
  }
}
