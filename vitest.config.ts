import { defineConfig } from 'vitest/config';

/** Units and everything else that needs no window: they stand beside the code, or in tests/unit when they span folders. */
export default defineConfig({
  test: {
    include: ['{common,main,renderer,preload,scripts}/**/*.test.{ts,tsx,mjs}', 'tests/{unit,fuzz}/**/*.test.{ts,tsx}'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
