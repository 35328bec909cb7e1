import { defineConfig } from '@playwright/test';

/** Not a part of the tests: `npm run bench -- mesh` (mesh.ts). */
export default defineConfig({
  testDir: '.',
  testMatch: 'meshMeeting.ts',
  outputDir: process.env.KONKLAVE_BENCH_OUTPUT ?? 'test-results/bench',
  workers: 1,
  timeout: 1_200_000,
  expect: { timeout: 120_000 },
  reporter: 'line',
});
