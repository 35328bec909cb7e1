import type { DesiredTap } from './desiredTaps';
import type { WriterEnd } from './trackWriter';

/** One stretch of one track on its way to the disk. */
export interface TrackTap {
  /** Never rejects. `closed` also when nothing had come yet. */
  readonly ended: Promise<WriterEnd>;
  /** The stretch is over: what was recorded so far is written. */
  finish(): void;
  /** The yes is gone: nothing more is written, not even what was recorded already. */
  abort(): void;
  /** While it is on nothing is recorded, and the time line goes on. */
  setGap(on: boolean): void;
}

export type CreateTrackTap = (desired: DesiredTap, gap: boolean) => TrackTap;
