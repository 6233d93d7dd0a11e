import { readFileSync, statfsSync } from 'node:fs';

const IN_MEMORY = '/dev/shm';
const ENOUGH_BYTES = 4 * 2 ** 30;

/**
 * Has the temporary files of the run, such as SQLite files and the data of private servers, in memory where Linux has a
 * place for that: on a disk most of the run waits for fsync.
 */
export function keepTemporaryFilesInMemory(): void {
  if (!process.env.TMPDIR && isUsable()) process.env.TMPDIR = IN_MEMORY;
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
