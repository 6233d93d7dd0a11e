import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/setup/all.ts',
    pool: 'forks',
    maxWorkers: 2,
    // To end what hangs, not to judge speed: suites of a thousand rounds share a busy machine.
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
