import type { TestProject } from 'vitest/node';
<<<<<<< HEAD
import { keepTemporaryFilesInMemory } from './temporaryFiles.ts';

/** Provides no server, so that suites on the real stores skip themselves. */
export default function setup(project: TestProject): void {
  keepTemporaryFilesInMemory();
=======
import { provideBuild } from './sharedBuild.ts';

/** Provides no server, so that suites on the real stores skip themselves. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
>>>>>>> t-scripts
  project.provide('engines', { redisUrl: null, mariadb: null, isQuick: true });
  return provideBuild(project);
}
