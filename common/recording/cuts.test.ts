import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAt, cutRangeSchema, filmPosition, mergeCuts, overlaps, slateOf, withoutCut } from './cuts';
import type { Cut } from './models';

const range = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 30 }))
  .map(([fromMs, length]): Cut => ({ fromMs, toMs: fromMs + length }));
const ranges = fc.array(range, { maxLength: 6 });
/** Which milliseconds are covered: the slow and obvious way. */
const covered = (stretches: readonly Cut[]) =>
  new Set(stretches.flatMap(({ fromMs, toMs }) => Array.from({ length: toMs - fromMs }, (_, index) => fromMs + index)));

describe('withoutCut', () => {
  it('leaves exactly what is not cut, of any set of stretches', () => {
    fc.assert(
      fc.property(ranges, range, (stretches, cut) => {
        const left = stretches.map((stretch) => withoutCut(stretch, cut));
        for (const [index, parts] of left.entries()) {
          const expected = [...covered([stretches[index]!])].filter((ms) => !covered([cut]).has(ms));
          expect([...covered(parts)]).toEqual(expected);
          expect(parts.every(({ fromMs, toMs }) => fromMs < toMs)).toBe(true);
          expect(parts.length).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it('touches nothing that it only borders on', () => {
    const stretch = { fromMs: 10, toMs: 20 };
    expect(withoutCut(stretch, { fromMs: 0, toMs: 10 })).toEqual([stretch]);
    expect(withoutCut(stretch, { fromMs: 20, toMs: 30 })).toEqual([stretch]);
    expect(overlaps(stretch, { fromMs: 19, toMs: 30 })).toBe(true);
  });

  it('cut again, or in any order, it is the same', () => {
    fc.assert(
      fc.property(range, ranges, (stretch, cuts) => {
        const after = (order: readonly Cut[]) =>
          order.reduce<readonly Cut[]>((parts, cut) => parts.flatMap((part) => withoutCut(part, cut)), [stretch]);
        expect(covered(after([...cuts, ...cuts]))).toEqual(covered(after([...cuts].reverse())));
        expect(covered(after(cuts))).toEqual(covered(after(mergeCuts(cuts))));
      }),
    );
  });
});

describe('mergeCuts', () => {
  it('covers the same, in order, without touching each other', () => {
    fc.assert(
      fc.property(ranges, (cuts) => {
        const merged = mergeCuts(cuts);
        expect([...covered(merged)]).toEqual([...covered(cuts)].sort((a, b) => a - b));
        for (const [index, { fromMs }] of merged.entries()) {
          expect(fromMs).toBeGreaterThan(merged[index - 1]?.toMs ?? -1);
        }
        expect(mergeCuts(merged)).toEqual(merged);
      }),
    );
  });
});

describe('filmPosition', () => {
  it('never goes back, and keeps every length outside of the cuts', () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: 0, max: 100 }), (raw, position) => {
        const cuts = mergeCuts(raw.map(({ fromMs, toMs }) => ({ fromMs: fromMs * 200, toMs: toMs * 200 })));
        const at = position * 200;
        const step = filmPosition(cuts, at + 1) - filmPosition(cuts, at);
        if (cutAt(cuts, at) === null) expect(step).toBe(1);
        else expect(step === 0 || step === 1).toBe(true);
      }),
    );
  });

  it('stays two seconds at a long cut, and no longer at a short one than it is', () => {
    const cuts = [
      { fromMs: 1_000, toMs: 2_500 },
      { fromMs: 10_000, toMs: 70_000 },
    ];
    expect(cuts.map(slateOf)).toEqual([1_500, 2_000]);
    expect([0, 2_500, 10_000, 12_000, 40_000, 70_000, 71_000].map((at) => filmPosition(cuts, at))).toEqual([
      0, 2_500, 10_000, 12_000, 12_000, 12_000, 13_000,
    ]);
  });
});

it('a range is two whole numbers in order', () => {
  const recordingId = 'A'.repeat(22);
  const accepts = (fromMs: unknown, toMs: unknown) => cutRangeSchema.safeParse({ recordingId, fromMs, toMs }).success;
  expect(accepts(0, 1)).toBe(true);
  for (const [fromMs, toMs] of [
    [1, 1],
    [2, 1],
    [-1, 1],
    [0.5, 1],
    [0, Number.NaN],
    [0, Number.POSITIVE_INFINITY],
    ['0', 1],
  ]) {
    expect(accepts(fromMs, toMs)).toBe(false);
  }
});
