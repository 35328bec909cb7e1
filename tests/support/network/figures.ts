import type { Reading } from './meter';

/** The share of what was heard between two readings that had to be made up; NaN when nothing was heard. */
export function concealedShare(before: Reading, after: Reading): number {
  return gained('concealed', before, after) / gained('samples', before, after);
}

/** Seconds of sound that arrived between two readings: what was made up does not count, from several people it adds up. */
export function heardSeconds(before: Reading, after: Reading): number {
  return (gained('samples', before, after) - gained('concealed', before, after)) / 48_000;
}

/** The times of frames from `from` to `to`, both included. */
export function within(frames: readonly number[], from: number, to: number): readonly number[] {
  return frames.filter((time) => time >= from && time <= to);
}

/**
 * How long of the time from `from` to `to` the picture stood still, in ms: gaps that are as long as three of the usual ones,
 * and at least 150 ms longer, as in https://www.w3.org/TR/webrtc-stats/#dom-rtcinboundrtpstreamstats-freezecount, but
 * counting those that are cut off by the beginning and by the end.
 */
export function frozenMs(frames: readonly number[], from: number, to: number): number {
  const gaps = gapsOf([from, ...within(frames, from, to), to]).map(({ start, end }) => end - start);
  if (gaps.length === 1) return to - from;
  const usual = median(gaps);
  return sum(gaps.filter((gap) => gap > Math.max(3 * usual, usual + 150)));
}

/** The longest time without a frame between `from` and `to`. */
export function longestGap(frames: readonly number[], from: number, to: number): { start: number; end: number } {
  const gaps = gapsOf([from, ...within(frames, from, to), to]);
  return gaps.reduce((longest, gap) => (gap.end - gap.start > longest.end - longest.start ? gap : longest));
}

/** Connection by connection: one that was closed in between may have forgotten what it had. */
function gained(of: 'samples' | 'concealed', before: Reading, after: Reading): number {
  return sum(after.sound.map((now, index) => Math.max(0, now[of] - (before.sound[index]?.[of] ?? 0))));
}

function gapsOf(times: readonly number[]): { start: number; end: number }[] {
  return times.slice(1).map((end, index) => ({ start: times[index]!, end }));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}
