import { defineConfig } from '@playwright/test';

/** Not a part of the tests: `npm run bench -- soak` (soak.ts). */
export default defineConfig({
  testDir: '.',
  testMatch: 'soakPlayer.ts',
  outputDir: process.env.KONKLAVE_BENCH_OUTPUT ?? 'test-results/bench',
  workers: 1,
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: 'line',
});
