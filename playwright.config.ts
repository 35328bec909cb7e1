import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** `npm test` gives each run a folder of its own, so that several can run at once. */
const results = process.env.KONKLAVE_TEST_RESULTS ?? join('test-results', 'direct');

/** End to end: the real app in a real Electron, see tests/support/electron.ts. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: join(results, 'e2e'),
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: join(results, 'e2e.json') }]],
});
