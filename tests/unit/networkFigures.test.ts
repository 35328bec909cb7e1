import { expect, test } from 'vitest';
import { concealedShare, frozenMs, heardSeconds, longestGap } from '../support/network/figures';

/** A frame each 100 ms, from `from` to before `to`. */
const steady = (from: number, to: number): number[] =>
  Array.from({ length: (to - from) / 100 }, (_, index) => from + index * 100);
const reading = (...sound: [samples: number, concealed: number][]) => ({
  frames: [],
  sound: sound.map(([samples, concealed]) => ({ samples, concealed })),
  clickedAt: 0,
});

test('a picture that moves does not stand still', () => {
  expect(frozenMs(steady(0, 10_000), 0, 10_000)).toBe(0);
});

test('what is longer than three usual gaps counts, in the middle and at both ends', () => {
  const frames = [...steady(1000, 3000), ...steady(5000, 8000)];
  expect(frozenMs(frames, 1000, 7900)).toBe(2100);
  expect(frozenMs(frames, 0, 9000)).toBe(1000 + 2100 + 1100);
});

test('without a frame all of the time counts', () => {
  expect(frozenMs([], 500, 2500)).toBe(2000);
});

test('the longest gap may reach to the end', () => {
  const frames = [...steady(0, 1000), ...steady(3000, 4000)];
  expect(longestGap(frames, 0, 4000)).toEqual({ start: 900, end: 3000 });
  expect(longestGap(frames, 0, 9000)).toEqual({ start: 3900, end: 9000 });
});

test('sound is compared connection by connection, a new one from its beginning', () => {
  const before = reading([48_000, 4800]);
  const after = reading([96_000, 9600], [48_000, 0]);
  expect(concealedShare(before, after)).toBe(0.05);
  expect(heardSeconds(before, after)).toBe(1.9);
});
