import { defineConfig } from 'vitest/config';
import { FaultReporter } from './tests/support/faults/faultReporter.ts';
import base from './vitest.config.ts';

/** The fault and race suites in their long form, one after another, so that the waits they measure are their own. */
export default defineConfig({
  test: {
    ...base.test,
    include: ['tests/**/*{faults,races,crash}*.test.ts'],
    env: { FAULT_ROUNDS: process.env.FAULT_ROUNDS ?? '3' },
    maxWorkers: 1,
    testTimeout: 900_000,
    reporters: ['default', new FaultReporter()],
  },
});
