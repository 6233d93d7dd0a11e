import type { TestProject } from 'vitest/node';
import { provideBuild } from './sharedBuild.ts';
import { keepTemporaryFilesInMemory } from './temporaryFiles.ts';

/** Provides no server, so that suites on the real stores skip themselves. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const removeTemporaryFiles = keepTemporaryFilesInMemory();
  project.provide('engines', { redisUrl: null, mariadb: null, isQuick: true });
  const removeBuild = await provideBuild(project);
  return async () => {
    await removeBuild();
    await removeTemporaryFiles();
  };
}
