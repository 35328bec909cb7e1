import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const results = process.env.KONKLAVE_TEST_RESULTS ?? join('test-results', 'direct');

/** Run by tests/e2e/silence.spec.ts and contacts-capture.spec.ts inside a network of its own, see tests/support/namespace.ts. */
export default defineConfig({
  testDir: '.',
  testMatch: ['silence.inside.ts', 'contacts.inside.ts'],
  outputDir: join(results, 'silence'),
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
});
