import { describe, expect, it } from 'vitest';
import { loudness } from './loudness';
import { SpeakingDetector } from './speakingDetector';

describe('loudness', () => {
  it('is 0 for silence, 1 for full scale and linear in decibels', () => {
    expect(loudness(new Float32Array(64))).toBe(0);
    expect(loudness(new Float32Array(64).fill(1))).toBe(1);
    expect(loudness(new Float32Array(64).fill(10 ** (-30 / 20)))).toBeCloseTo(0.5);
    expect(loudness(new Float32Array(64).fill(10 ** (-80 / 20)))).toBe(0);
  });
});

describe('SpeakingDetector', () => {
  const levels = (a: number, b: number) =>
    new Map([
      ['a', a],
      ['b', b],
    ]);

  it('puts the loudest first', () => {
    const detector = new SpeakingDetector();
    expect(detector.update(levels(0.5, 0.8), 0)).toEqual(['b', 'a']);
    expect(detector.update(levels(0.8, 0.5), 100)).toEqual(['a', 'b']);
  });

  it('bridges a breath and ends after it', () => {
    const detector = new SpeakingDetector();
    detector.update(levels(0.6, 0), 0);
    expect(detector.update(levels(0, 0), 700)).toEqual(['a']);
    expect(detector.update(levels(0.3, 0), 750)).toEqual(['a']);
    expect(detector.update(levels(0, 0), 1_500)).toEqual(['a']);
    expect(detector.update(levels(0, 0), 1_600)).toEqual([]);
  });

  it('does not take noise for speech, and forgets who is gone', () => {
    const detector = new SpeakingDetector();
    expect(detector.update(levels(0.3, 0.1), 0)).toEqual([]);
    detector.update(levels(0.6, 0.6), 100);
    expect(detector.update(new Map([['b', 0.6]]), 200)).toEqual(['b']);
  });
});
