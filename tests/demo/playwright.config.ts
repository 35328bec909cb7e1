import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** Not a part of the tests: `npm run demo` (scripts/demo.mjs). */
export default defineConfig({
  testDir: '.',
  outputDir: join(process.env.KONKLAVE_DEMO_OUTPUT ?? join('test-results', 'demo'), 'failure'),
  preserveOutput: 'failures-only',
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: './demoReporter.ts',
});
