import { describe, expect, it } from 'vitest';
import { RtpTimeline } from './rtpTimeline';

/** Places a frame every 20 ms at 48 kHz; `clock` and `lateness` say what is wrong with the n-th. */
function run(count: number, { start = 1_000, speed = 1, lateness = (_n: number): number => 0 } = {}): number[] {
  const timeline = new RtpTimeline(48_000);
  return Array.from({ length: count }, (_, n) => {
    const rtp = (start + Math.round(n * 960 * speed)) % 2 ** 32;
    return timeline.place(rtp, 5_000 + n * 20 + lateness(n)).atMs;
  });
}
const steps = (places: readonly number[]): number[] => places.slice(1).map((at, n) => at - (places[n] ?? 0));

describe('RtpTimeline', () => {
  it('goes by the clock of the sender and not by the arrival', () => {
    expect(run(5, { lateness: (n) => (n % 2) * 15 })).toEqual([0, 20, 40, 60, 80]);
  });

  it('goes on over the wrap at 32 bits, forwards and backwards', () => {
    expect(run(5, { start: 2 ** 32 - 1_920 })).toEqual([0, 20, 40, 60, 80]);
    const timeline = new RtpTimeline(90_000);
    const orders = [2 ** 32 - 900, 900, 0, 1_800].map((rtp) => timeline.place(rtp, 0).order);
    expect(orders).toEqual([0, 1_800, 900, 2_700]);
  });

  it('keeps a gap that the sender left', () => {
    const timeline = new RtpTimeline(48_000);
    timeline.place(0, 0);
    expect(timeline.place(48_000, 1_000).atMs).toBe(1_000);
  });

  it('moves what comes after a clock that stood still, within seconds and once', () => {
    // A microphone was changed: 400 ms passed and the clock did not count them.
    const places = run(300, { lateness: (n) => (n < 50 ? 0 : 400) });
    const jumps = steps(places).filter((step) => Math.abs(step - 20) > 1);
    expect(jumps).toEqual([420]);
    expect(places.at(-1)).toBe(299 * 20 + 400);
  });

  it('follows a clock that runs fast or slow', () => {
    for (const speed of [0.99, 1.01]) {
      const places = run(6_000, { speed });
      expect(Math.abs((places.at(-1) ?? 0) - 5_999 * 20)).toBeLessThan(150);
    }
  });

  it('lets the network be slow for a while', () => {
    const places = run(500, { lateness: (n) => (n > 100 && n < 190 ? 300 : 0) });
    expect(steps(places).every((step) => Math.abs(step - 20) < 0.001)).toBe(true);
  });

  it('takes no jump of hours from anybody', () => {
    const timeline = new RtpTimeline(48_000);
    timeline.place(0, 0);
    expect(timeline.place(2 ** 31 - 1, 20).atMs).toBe(20);
    expect(timeline.place(0, 40).atMs).toBe(40);
  });
});
