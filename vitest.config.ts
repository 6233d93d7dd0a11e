import { defineConfig } from 'vitest/config';
import { LongFirst } from './tests/setup/longFirst.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/setup/all.ts',
    pool: 'forks',
    // Many suites wait for servers, so there are more of them than cores.
    maxWorkers: 4,
    sequence: { sequencer: LongFirst },
    // Modules are loaded once per worker instead of once per file.
    isolate: false,
    restoreMocks: true,
    // To end what hangs, not to judge speed: suites of a thousand rounds share a busy machine.
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // What is waited for comes; a busy machine only takes longer.
    expect: { poll: { interval: 10, timeout: 60_000 } },
  },
});
