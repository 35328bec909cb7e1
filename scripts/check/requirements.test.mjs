import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkRequirements, citedIn } from './requirements.mjs';

/** @type {string | undefined} */
let root;
afterEach(() => root && rmSync(root, { recursive: true, force: true }));

/** @param {string} code */
function check(code) {
  root = mkdtempSync(join(tmpdir(), 'konklave-requirements-'));
  mkdirSync(join(root, 'tests'));
  writeFileSync(join(root, 'tests', 'a.spec.ts'), code);
  return checkRequirements(root);
}
const all = (/** @type {number[]} */ without) =>
  Array.from({ length: 28 }, (_, index) => index + 1)
    .filter((number) => !without.includes(number))
    .map((number) => `test('R${number}: it holds', () => {});`)
    .join('\n');
const open = [13, 14, 26, 27];

describe('the table of requirements', () => {
  it('reads what a title cites', () => {
    expect(citedIn('R2, R4 to R7: who says what')).toEqual([2, 4, 5, 6, 7]);
    expect(citedIn('a meeting (R12)')).toEqual([12]);
    expect(citedIn('RFC 8785, VAR1, R2D2')).toEqual([]);
  });

  it('is content when each has a test, and finds it in every kind of test', () => {
    expect(check(all(open)).complaints).toEqual([]);
    const code = `${all([...open, 5, 6])}\ndescribe.each([['a', f(1)]])('R5: %s', () => {});\nit.skipIf(x)("R6: later", () => {});`;
    expect(check(code).complaints).toEqual([]);
  });

  it('complains about one without a test, one that is open no more, and one that does not exist', () => {
    expect(check(all([...open, 8])).complaints).toEqual([expect.stringContaining('R8 has no test')]);
    expect(check(`${all(open)}\ntest('R14: picked', () => {});`).complaints).toEqual([
      expect.stringContaining('R14 is listed as open'),
    ]);
    expect(check(`${all(open)}\ntest('R29: more', () => {});`).complaints).toEqual([
      expect.stringContaining('there is no R29'),
    ]);
  });

  it('names the tests', () => {
    expect(check(all(open)).table).toContain('| R12 | ');
    expect(check(all(open)).table).toContain('R12: it holds (`tests/a.spec.ts`) |');
  });
});
