/** What is to be done about a connection that was up; each is said once per interruption. */
export type HealthNews =
  /** Nothing comes through any more; may come back by itself. */
  | 'quiet'
  /** It has come back by itself. */
  | 'back'
  /** Another one had better be made; this one may still come back meanwhile. */
  | 'replace'
  /** Nobody waits for it any longer. */
  | 'over';

/** Sound is sent at least every 400 ms, also in silence (RFC 6716, section 2.1.9), so this much is no pause of speech. */
const quietMs = 2_500;
const replaceMs = 5_000;
/** Where an address of this computer has just changed there is a reason to think of the worst. */
const afterChangeMs = 1_000;
const changeLastsMs = 15_000;
const overMs = 30_000;

/**
 * Judges a connection that was up by what arrives and by what ICE says. ICE alone needs about 6 seconds to notice; it is right about
 * the other direction, though, which nobody hears. Time is the caller's.
 */
export class ConnectionHealth {
  private heardAt: number;
  private downSince: number | null = null;
  private changedUntil = Number.NEGATIVE_INFINITY;
  /** What was said last; `back`: there is nothing to say. */
  private told: HealthNews = 'back';

  constructor(now: number) {
    this.heardAt = now;
  }

  handleIce(down: boolean, now: number): void {
    this.downSince = down ? (this.downSince ?? now) : null;
  }

  handleNetworkChange(now: number): void {
    this.changedUntil = now + changeLastsMs;
  }

  /** `heard`: whether anything has arrived since the last look. */
  look(heard: boolean, now: number): readonly HealthNews[] {
    if (heard) this.heardAt = now;
    const changed = now < this.changedUntil;
    const silentMs = now - this.heardAt;
    const isQuiet = this.downSince !== null || silentMs >= (changed ? afterChangeMs : quietMs);
    if (!isQuiet) {
      const wasQuiet = this.told !== 'back';
      this.told = 'back';
      return wasQuiet ? ['back'] : [];
    }
    const troubleMs = Math.max(silentMs, this.downSince === null ? 0 : now - this.downSince);
    const news: HealthNews[] = [];
    if (this.told === 'back') news.push('quiet');
    if ((this.told === 'back' || this.told === 'quiet') && troubleMs >= (changed ? afterChangeMs : replaceMs)) {
      news.push('replace');
    }
    if (this.told !== 'over' && troubleMs >= overMs) news.push('over');
    this.told = news.at(-1) ?? this.told;
    return news;
  }
}
