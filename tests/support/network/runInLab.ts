import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';

const ROOT = resolve(__dirname, '..', '..', '..');
// ES modules: see tests/support/electron.ts.
const loadLab = () => import('../../../scripts/lib/lab.mjs');
const loadRun = () => import('../../../scripts/lib/run.mjs');

/**
 * Runs tests of tests/network/*.lab.ts in the lab, as one test: `filter` is for Playwright. Skips the test that calls it
 * where there can be no lab, and says why.
 */
export async function runInLab(...filter: readonly string[]): Promise<void> {
  const [{ labCommand, whyNoLab }, { run }] = await Promise.all([loadLab(), loadRun()]);
  const reason = whyNoLab();
  if (reason !== null) console.log(`[network] skipped: ${test.info().title}: ${reason}`);
  test.skip(reason !== null, reason ?? '');
  const playwright = [process.execPath, resolve(ROOT, 'node_modules/@playwright/test/cli.js'), 'test'];
  const config = ['--config', resolve(ROOT, 'tests/network/network.config.ts')];
  const [program = '', ...args] = labCommand([...playwright, ...config, ...filter]);
  const env = { ...process.env, KONKLAVE_TEST_RESULTS: test.info().outputPath() };
  const { code, output } = await run(program, args, { cwd: ROOT, env, collect: true });
  expect(code, output).toBe(0);
}
