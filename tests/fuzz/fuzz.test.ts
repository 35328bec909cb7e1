import { describe, expect, it } from 'vitest';
import { fuzz } from '../../scripts/lib/fuzz.mjs';

/** Another one each day, so that a year of runs is not one run; told when something breaks. */
const seed = Number(process.env['KONKLAVE_FUZZ_SEED'] ?? Math.floor(Date.now() / 86_400_000));

describe('every parser of what comes from outside', () => {
  it(
    'takes or refuses whatever comes: nothing else is thrown, nothing hangs, nothing is kept',
    { timeout: 300_000 },
    async () => {
      const reports = await fuzz({ seed, inputs: 4_000, atLeast: 20, hangMs: 60_000 });
      expect(reports.length).toBeGreaterThan(100);
      const broken = reports.filter(({ problem }) => problem !== null);
      expect(
        broken.map(
          ({ target, at, problem }) => `npm run fuzz -- --seed ${seed} --from ${at} --only "${target}": ${problem}`,
        ),
      ).toEqual([]);
      // A parser that never takes anything would only have shown how it refuses.
      expect(reports.filter(({ taken }) => taken === 0).map(({ target }) => target)).toEqual([]);
    },
  );
});
