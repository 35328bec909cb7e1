import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockText, parseClock } from './clockText';
import { edgeKey, firstRange, moveEdge, wholeRange } from './markedRange';

describe('clockText', () => {
  it('is read back as what it was, to a tenth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500_000 }), (tenths) => {
        expect(parseClock(clockText(tenths * 100))).toBe(tenths * 100);
      }),
    );
    expect([0, 61_300, 3_661_000].map(clockText)).toEqual(['0:00', '1:01.3', '1:01:01']);
  });

  it.each([
    ['90', 90_000],
    ['1:04,5', 64_500],
    [' 2:00 ', 120_000],
    ['120:00', 7_200_000],
  ] as const)('%s is a time', (text, ms) => expect(parseClock(text)).toBe(ms));

  it.each(['', 'x', '1:60', '1:99:00', '-1', '1:', '1::2', '0:05.25'])('%s is none', (text) => {
    expect(parseClock(text)).toBeNull();
  });
});

describe('markedRange', () => {
  it('begins with ten seconds, on the time line', () => {
    expect(firstRange(5_040, 60_000)).toEqual({ fromMs: 5_000, toMs: 15_000 });
    expect(firstRange(58_000, 60_000)).toEqual({ fromMs: 50_000, toMs: 60_000 });
    expect(firstRange(1_000, 4_000)).toEqual({ fromMs: 0, toMs: 4_000 });
  });

  it('keeps its edges in order and within the recording, whatever they are moved to', () => {
    const at = fc.integer({ min: -50_000, max: 200_000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 100_000 }),
        fc.constantFrom('fromMs', 'toMs'),
        at,
        at,
        (length, edge, to, again) => {
          const moved = moveEdge(moveEdge(firstRange(0, length), edge, to, length), edge, again, length);
          const { fromMs, toMs } = wholeRange(moved, length);
          expect(fromMs).toBeGreaterThanOrEqual(0);
          expect(fromMs).toBeLessThan(toMs);
          expect(toMs).toBeLessThanOrEqual(length);
        },
      ),
    );
  });

  it('can reach the very end', () => {
    expect(wholeRange(moveEdge(firstRange(0, 12_345), 'toMs', 99_999, 12_345), 12_345).toMs).toBe(12_345);
  });

  it('is moved by keys, finely with shift', () => {
    const moved = (key: string, shift = false) => edgeKey(key, shift, 20_000, 60_000);
    expect(['ArrowLeft', 'ArrowUp', 'PageUp', 'PageDown', 'Home', 'End', 'a'].map((key) => moved(key))).toEqual([
      19_000,
      21_000,
      30_000,
      10_000,
      0,
      60_000,
      null,
    ]);
    expect(moved('ArrowRight', true)).toBe(20_100);
  });
});
