/** As often as this the host is told that there was no room for somebody. */
const quietMs = 10_000;

/** Whom the host has been told of, so that somebody who knocks again and again at a full room is no nuisance. */
export class TurnedAway {
  readonly #told = new Set<string>();
  #toldAt: number | null = null;

  /** Whether to tell of this one: once per key, and not of many at once. `now` in milliseconds. */
  isNews(identityKey: string, now: number): boolean {
    if (this.#told.has(identityKey)) return false;
    if (this.#toldAt !== null && Math.abs(now - this.#toldAt) < quietMs) return false;
    this.#told.add(identityKey);
    this.#toldAt = now;
    return true;
  }
}
