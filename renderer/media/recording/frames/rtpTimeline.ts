/** Lateness is looked at over this long: less is the network's unrest. */
const windowMs = 2_000;
const windowFrames = 10;
/** Sound and picture further apart than this are noticed (ITU-R BT.1359). */
const toleranceMs = 100;
/** No clock runs that far off: the sender's has jumped. */
const jumpMs = 5_000;

/** Where a frame belongs. */
export interface FramePlace {
  /** RTP time without the wrap at 32 bits: orders frames, and is the same for a frame that came twice. */
  readonly order: number;
  /** Milliseconds since the first frame. */
  readonly atMs: number;
}

/**
 * Puts frames in their place by the sender's clock (RFC 3550), which the network does not shake. That clock is held against
 * ours: it may run a little faster or slower, stand still while a microphone is changed, or jump. Then what comes next
 * is moved, so that sound and picture of one person stay within a tenth of a second of the recording's time line.
 */
export class RtpTimeline {
  private last: { readonly rtp: number; readonly order: number } | null = null;
  private firstArrival = 0;
  private shift = 0;
  private window: { since: number; frames: number; least: number } | null = null;

  constructor(private readonly clockRate: number) {}

  place(rtp: number, arrivedMs: number): FramePlace {
    if (this.last === null) {
      this.last = { rtp, order: 0 };
      this.firstArrival = arrivedMs;
      return { order: 0, atMs: 0 };
    }
    // The shorter way around: late frames are behind.
    const order = this.last.order + ((rtp - this.last.rtp) | 0);
    if (order > this.last.order) this.last = { rtp, order };
    const mediaMs = (order * 1000) / this.clockRate;
    this.hold(arrivedMs - this.firstArrival, mediaMs, arrivedMs);
    return { order, atMs: mediaMs + this.shift };
  }

  private hold(elapsedMs: number, mediaMs: number, now: number): void {
    const late = elapsedMs - mediaMs - this.shift;
    if (Math.abs(late) > jumpMs) {
      this.shift += late;
      this.window = null;
      return;
    }
    this.window ??= { since: now, frames: 0, least: late };
    this.window.frames += 1;
    this.window.least = Math.min(this.window.least, late);
    if (now - this.window.since < windowMs || this.window.frames < windowFrames) return;
    // What the fastest frame needed is the distance of the clocks; more than that is waiting on the way.
    if (Math.abs(this.window.least) > toleranceMs) this.shift += this.window.least;
    this.window = null;
  }
}
