import { describe, expect, it } from 'vitest';
import type { RecordedTrack } from '../../../common/recording/models';
import { keyPosition, laneSegments, positionAt } from './timelineMath';

const track = (id: string, participantId: string, offsetMs: number, durationMs: number): RecordedTrack => ({
  id,
  participantId,
  kind: 'audio',
  mimeType: 'audio/webm',
  offsetMs,
  durationMs,
  bytes: 1,
  url: '',
});

describe('laneSegments', () => {
  it('places the stretches of one person', () => {
    const tracks = [track('a', 'anna', 0, 50), track('b', 'ben', 0, 100), track('c', 'anna', 75, 50)];
    expect(laneSegments(tracks, 'anna', 100)).toEqual([
      { id: 'a', kind: 'audio', start: 0, length: 0.5 },
      { id: 'c', kind: 'audio', start: 0.75, length: 0.25 },
    ]);
    expect(laneSegments(tracks, 'anna', 0)).toEqual([]);
  });
});

describe('positionAt', () => {
  it('stays on the time line', () => {
    expect(positionAt(50, 200, 60_000)).toBe(15_000);
    expect(positionAt(-9, 200, 60_000)).toBe(0);
    expect(positionAt(900, 200, 60_000)).toBe(60_000);
    expect(positionAt(5, 0, 60_000)).toBe(0);
  });
});

describe('keyPosition', () => {
  it.each([
    ['ArrowRight', 15_000],
    ['ArrowLeft', 5_000],
    ['PageUp', 40_000],
    ['PageDown', 0],
    ['Home', 0],
    ['End', 60_000],
    ['x', null],
  ] as const)('%s leads to %s', (key, expected) => {
    expect(keyPosition(key, 10_000, 60_000)).toBe(expected);
  });
});
