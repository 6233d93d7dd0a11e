import { spawnSync } from 'node:child_process';

/** Whether SIGSTOP has taken effect: a busy machine lets a process run on for a moment. */
export function isStopped({ pid }: { pid: number }): boolean {
  return spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.startsWith('T');
}
