import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { runInNamespace, whyNoNamespace } from '../support/namespace';
import { expect, test } from '../support/electron';

const ROOT = resolve(__dirname, '..', '..');

test('R16: nothing that was built names a place where telemetry goes', async () => {
  const { findTelemetryHosts } = await import('../../scripts/check/no-tracking.mjs');
  const built = resolve(ROOT, 'out');
  expect(existsSync(resolve(built, 'main', 'index.js'))).toBe(true);
  expect(findTelemetryHosts(built)).toEqual([]);
});

test('R16, R17: nothing is sent to anybody but the people in the meeting', async ({}, testInfo) => {
  test.setTimeout(600_000);
  const reason = whyNoNamespace();
  test.skip(reason !== null, `the silence is not tested: ${reason}`);
  // The whole test runs in there: what drives the app talks to it over that loopback interface.
  const command = [process.execPath, resolve(ROOT, 'node_modules/@playwright/test/cli.js'), 'test', 'silence.inside'];
  const { code, output } = await runInNamespace(
    [...command, '--config', resolve(ROOT, 'tests/network/silence.config.ts')],
    { ...process.env, KONKLAVE_TEST_RESULTS: testInfo.outputPath() },
  );
  expect(code, output).toBe(0);
});
