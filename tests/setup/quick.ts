import type { TestProject } from 'vitest/node';

/** Provides no server, so that suites on the real stores skip themselves. */
export default function setup(project: TestProject): void {
  project.provide('engines', { redisUrl: null, mariadb: null, isQuick: true });
}
