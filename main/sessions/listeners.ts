/** Handlers that are called in the order they were added. */
export class Listeners<Arguments extends readonly unknown[]> {
  readonly #handlers = new Set<(...values: Arguments) => void>();
  readonly #report: (error: unknown) => void;

  /** `report` gets what a handler throws: one handler's mistake must not keep the others from hearing. */
  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  add(handler: (...values: Arguments) => void): () => void {
    // A wrapper of its own, so that the same handler can be added twice and removed once.
    const entry = (...values: Arguments) => handler(...values);
    this.#handlers.add(entry);
    return () => this.#handlers.delete(entry);
  }

  call(...values: Arguments): void {
    for (const handler of [...this.#handlers]) {
      try {
        handler(...values);
      } catch (error) {
        this.#report(error);
      }
    }
  }

  clear(): void {
    this.#handlers.clear();
  }
}
