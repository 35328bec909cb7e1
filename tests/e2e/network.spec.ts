import { resolve } from 'node:path';
import { expect, test } from '../support/electron';

const ROOT = resolve(__dirname, '..', '..');
// ES modules: see tests/support/electron.ts.
const loadLab = () => import('../../scripts/lib/lab.mjs');
const loadRun = () => import('../../scripts/lib/run.mjs');

test('two people meet over a real network that loses packets', async ({}, testInfo) => {
  const [{ labCommand, whyNoLab }, { run }] = await Promise.all([loadLab(), loadRun()]);
  const reason = whyNoLab();
  if (reason !== null) console.log(`[network] not tested here: ${reason}`);
  test.skip(reason !== null, reason ?? '');
  const playwright = [process.execPath, resolve(ROOT, 'node_modules/@playwright/test/cli.js'), 'test'];
  const [program = '', ...args] = labCommand([
    ...playwright,
    ...['--config', resolve(ROOT, 'tests/network/network.config.ts'), '--grep', '@short'],
  ]);
  const env = { ...process.env, KONKLAVE_TEST_RESULTS: testInfo.outputPath() };
  const { code, output } = await run(program, args, { cwd: ROOT, env, collect: true });
  expect(code, output).toBe(0);
});
