import { resolve } from 'node:path';
import { expect, test } from '../support/electron';

const ROOT = resolve(__dirname, '..', '..');
// ES modules: see tests/support/electron.ts.
const loadLab = () => import('../../scripts/lib/lab.mjs');
const loadRun = () => import('../../scripts/lib/run.mjs');

test('people in networks of their own meet through the team’s relay', async ({ display }, testInfo) => {
  test.slow();
  const [{ labCommand, whyNoLab }, { run }] = await Promise.all([loadLab(), loadRun()]);
  const reason = whyNoLab();
  test.skip(reason !== null, `the relay between networks is not tested: ${reason}`);
  const playwright = [process.execPath, resolve(ROOT, 'node_modules/@playwright/test/cli.js'), 'test'];
  const config = ['--config', resolve(ROOT, 'tests/network/network.config.ts')];
  const [program = '', ...args] = labCommand([...playwright, ...config, 'relay.inside']);
  const env = { ...process.env, ...display.env, KONKLAVE_TEST_RESULTS: testInfo.outputPath() };
  const { code, output } = await run(program, args, { cwd: ROOT, env, collect: true });
  expect(code, output).toBe(0);
});
