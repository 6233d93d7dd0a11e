import { chmodSync, mkdtempSync, readFileSync, statfsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
const ENOUGH_BYTES = 4 * 2 ** 30;

/**
 * Has the temporary files of the run, such as SQLite files and the data of private servers, in memory where Linux has a
 * place for that: on a disk most of the run waits for fsync.
 * @returns removes what the run has left there
 */
export function keepTemporaryFilesInMemory(): () => Promise<void> {
  if (process.env.TMPDIR || !isUsable()) return async () => {};
  const directory = mkdtempSync(join(IN_MEMORY, 'tests-'));
  chmodSync(directory, 0o711); // some tests run programs as another user
  process.env.TMPDIR = directory;
  return () => rm(directory, { recursive: true, force: true, maxRetries: 10 });
}

/** Containers often have little room there, and no right to run programs. */
function isUsable(): boolean {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .find(line => line.split(' ')[1] === IN_MEMORY);
    const mayRun = mount !== undefined && !mount.split(' ')[3]?.split(',').includes('noexec');
    return mayRun && bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}
