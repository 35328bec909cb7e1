import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const results = process.env.KONKLAVE_TEST_RESULTS ?? join('test-results', 'direct');

/** `npm run test:network`, and what is tagged @short in `npm test`: all of it runs in the lab, see scripts/lib/lab.mjs. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.lab.ts',
  outputDir: join(results, 'network'),
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: join(results, 'network.json') }]],
});
