import { describe, expect, it } from 'vitest';
import { correctDrift } from './drift';
import { PlaybackClock } from './playbackClock';
import { activeAt, behindSlate, playingTime, tracksAt } from './timeline';

const track = (id: string, participantId: string, kind: 'audio' | 'video', offsetMs: number, durationMs: number) => ({
  id,
  participantId,
  kind,
  offsetMs,
  durationMs,
});

const tracks = [
  track('a1', 'anna', 'audio', 0, 10_000),
  track('v1', 'anna', 'video', 1_000, 2_000),
  track('v2', 'anna', 'video', 5_000, 2_000),
  track('b1', 'ben', 'audio', 4_000, 6_500),
];

describe('timeline', () => {
  it('shows the second stretch of a camera after a gap', () => {
    const video = (at: number) => activeAt(tracks, at)['anna']?.videoTrackId;
    expect([0, 1_000, 2_999, 3_000, 5_000, 7_000].map(video)).toEqual([null, 'v1', 'v1', null, 'v2', null]);
    expect(activeAt(tracks, 0)['ben']).toEqual({ videoTrackId: null, audioOn: false });
    expect(activeAt(tracks, 4_000)['ben']).toEqual({ videoTrackId: null, audioOn: true });
  });

  it('prefers the later of two tracks that overlap', () => {
    const overlapping = [track('old', 'anna', 'audio', 0, 5_000), track('new', 'anna', 'audio', 4_900, 5_000)];
    expect(tracksAt(overlapping, 4_950).map(({ id }) => id)).toEqual(['new']);
  });

  it('lasts as long as its last track', () => {
    expect(playingTime({ durationMs: 10_000, tracks })).toBe(10_500);
    expect(playingTime({ durationMs: 3_000, tracks: [] })).toBe(3_000);
  });
});

describe('behindSlate', () => {
  it('stays at a cut for two seconds, then goes on behind it', () => {
    const cuts = [
      { fromMs: 4_000, toMs: 5_000 },
      { fromMs: 10_000, toMs: 40_000 },
    ];
    const after = (at: number) => behindSlate(cuts, at);
    expect([3_999, 4_500, 4_999, 5_000, 10_000, 11_999, 40_000].map(after)).toEqual(Array(7).fill(null));
    expect([12_000, 25_000, 39_999].map(after)).toEqual([40_000, 40_000, 40_000]);
  });
});

describe('correctDrift', () => {
  it('leaves small differences, plays faster or slower for larger, seeks for the rest', () => {
    expect(correctDrift(59, false)).toEqual({ type: 'keep' });
    expect(correctDrift(-61, false)).toEqual({ type: 'rate', rate: 1.06 });
    expect(correctDrift(400, false)).toEqual({ type: 'rate', rate: 0.8 });
    expect(correctDrift(-1_300, false)).toEqual({ type: 'seek' });
  });

  it('goes on until the difference is gone', () => {
    expect(correctDrift(-50, true)).toEqual({ type: 'rate', rate: 1.06 });
    expect(correctDrift(-15, true)).toEqual({ type: 'keep' });
  });
});

describe('PlaybackClock', () => {
  it('runs, stops, is set and ends', () => {
    let now = 100;
    const clock = new PlaybackClock(() => now, 1_000);
    clock.start();
    now += 300;
    clock.start();
    expect(clock.positionMs).toBe(300);
    clock.stop();
    now += 300;
    expect(clock.positionMs).toBe(300);
    clock.set(900);
    clock.start();
    now += 300;
    expect(clock.positionMs).toBe(1_000);
    clock.set(-5);
    expect(clock.positionMs).toBe(0);
    expect(clock.running).toBe(false);
  });
});
