import { resolve } from 'node:path';
import { runInNamespace, whyNoNamespace } from '../support/namespace';
import { expect, test } from '../support/electron';

const ROOT = resolve(__dirname, '..', '..');

test('meetings in the local network are found when the host shows them and a guest looks', async ({}, testInfo) => {
  const reason = whyNoNamespace();
  test.skip(reason !== null, `finding each other in the local network is not tested: ${reason}`);
  // Multicast on the machine's own network would be heard by others, and hear them.
  const command = [process.execPath, resolve(ROOT, 'node_modules/@playwright/test/cli.js'), 'test'];
  const { code, output } = await runInNamespace(
    [...command, '--config', resolve(ROOT, 'tests/network/nearby.config.ts')],
    { ...process.env, KONKLAVE_TEST_RESULTS: testInfo.outputPath() },
  );
  expect(code, output).toBe(0);
});
