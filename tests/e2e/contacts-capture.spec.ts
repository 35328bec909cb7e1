import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { runInNamespace, whyNoNamespace } from '../support/namespace';
import { expect, test } from '../support/electron';

const ROOT = resolve(__dirname, '..', '..');

test('a capture of the network finds no address that the app does not name', async ({}, testInfo) => {
  const reason =
    spawnSync('tcpdump', ['--version']).error === undefined
      ? whyNoNamespace()
      : 'not installed: tcpdump (Debian: tcpdump)';
  test.skip(reason !== null, `the list of addresses is not compared with a capture: ${reason}`);
  const command = [process.execPath, resolve(ROOT, 'node_modules/@playwright/test/cli.js'), 'test', 'contacts.inside'];
  const { code, output } = await runInNamespace(
    [...command, '--config', resolve(ROOT, 'tests/network/silence.config.ts')],
    { ...process.env, KONKLAVE_TEST_RESULTS: testInfo.outputPath() },
  );
  expect(code, output).toBe(0);
});
