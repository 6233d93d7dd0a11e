import type { TestProject } from 'vitest/node';
import { keepTemporaryFilesInMemory } from './temporaryFiles.ts';

/** Provides no server, so that suites on the real stores skip themselves. */
export default function setup(project: TestProject): () => Promise<void> {
  const removeTemporaryFiles = keepTemporaryFilesInMemory();
  project.provide('engines', { redisUrl: null, mariadb: null, isQuick: true });
  return removeTemporaryFiles;
}
