import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridLayout } from './gridLayout';

const gap = 12;

describe('gridLayout', () => {
  it.each([
    [1, 1400, 780, 1],
    [2, 1400, 780, 2],
    [2, 600, 900, 1],
    [3, 1400, 780, 2],
    [4, 1400, 780, 2],
    [5, 1400, 780, 3],
    [6, 1400, 780, 3],
    [6, 660, 520, 2],
  ])('%i people in %i by %i stand in %i columns', (count, width, height, columns) => {
    expect(gridLayout(count, width, height, gap).columns).toBe(columns);
  });

  it('always fits and never makes strips', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 200, max: 2600 }),
        fc.integer({ min: 200, max: 1600 }),
        (count, width, height) => {
          const { columns, rows, tileWidth, tileHeight } = gridLayout(count, width, height, gap);
          expect(columns * rows).toBeGreaterThanOrEqual(count);
          expect(columns * tileWidth + (columns - 1) * gap).toBeLessThanOrEqual(width);
          expect(rows * tileHeight + (rows - 1) * gap).toBeLessThanOrEqual(height);
          expect(tileWidth / tileHeight).toBeLessThan(1.85);
          expect(tileWidth / tileHeight).toBeGreaterThan(0.97);
        },
      ),
    );
  });

  it('survives a window without space', () => {
    expect(gridLayout(3, 0, 0, gap)).toMatchObject({ tileWidth: 0, tileHeight: 0 });
  });
});
