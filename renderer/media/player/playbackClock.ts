/** The one clock that all tracks follow. Times in milliseconds. */
export class PlaybackClock {
  private base = 0;
  private startedAt: number | null = null;

  constructor(
    private readonly now: () => number,
    readonly durationMs: number,
  ) {}

  get running(): boolean {
    return this.startedAt !== null;
  }

  get positionMs(): number {
    const elapsed = this.startedAt === null ? 0 : this.now() - this.startedAt;
    return Math.min(this.durationMs, this.base + elapsed);
  }

  start(): void {
    this.startedAt ??= this.now();
  }

  stop(): void {
    this.base = this.positionMs;
    this.startedAt = null;
  }

  /** Stops as well: what plays has to get there first. */
  set(positionMs: number): void {
    this.startedAt = null;
    this.base = Math.min(this.durationMs, Math.max(0, positionMs));
  }
}
