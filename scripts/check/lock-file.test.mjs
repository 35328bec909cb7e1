import { expect, it } from 'vitest';
import { checkLockFile } from './lock-file.mjs';

const parser = { optionalDependencies: { 'parser-linux': '1.0.0' } };

it('accepts a complete lock file', () => {
  const packages = { 'node_modules/parser': parser, 'node_modules/parser-linux': {} };
  expect(checkLockFile({ packages })).toEqual([]);
});
it('finds an optional package without an entry', () => {
  expect(checkLockFile({ packages: { 'node_modules/parser': parser } })).toHaveLength(1);
});
it('finds a package that comes from an address of its own', () => {
  const packages = { 'node_modules/parser': { resolved: 'https://npm.example.org/parser.tgz' } };
  expect(checkLockFile({ packages })).toHaveLength(1);
});
