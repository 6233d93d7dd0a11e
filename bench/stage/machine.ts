import { spawnSync } from 'node:child_process';
import { cpus, release } from 'node:os';
import type { Runtime } from './runtimes.ts';

/** Which cores the servers run on and which the load and the databases; null where they cannot be told apart. */
export interface Cores {
  server: string;
  load: string;
}

/**
 * Moves this process, and with it all that it starts, to every core but the first, which is the servers' alone.
 * Needs Linux, taskset and two cores.
 */
export function divideCores(): Cores | null {
  const told = spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' });
  const list = /:\s*([\d,-]+)\s*$/.exec(told.stdout ?? '')?.[1] ?? '';
  const [server, ...rest] = list.split(',').flatMap(range => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
  });
  if (process.platform !== 'linux' || server === undefined || rest.length === 0) return null;
  const load = rest.join(',');
  const moved = spawnSync('taskset', ['-acp', load, String(process.pid)]);
  return moved.status === 0 ? { server, load } : null;
}

/** The command line that runs a program on these cores. */
export function onCores(cores: string | null, argv: string[]): [string, ...string[]] {
  const [command = '', ...args] = argv;
  return cores === null ? [command, ...args] : ['taskset', '-c', cores, command, ...args];
}

/** What the figures were measured on, in a few lines. */
export function describeMachine(cores: Cores | null, runtimes: Runtime[]): string[] {
  const [cpu] = cpus();
  return [
    `Node.js ${runtimes.map(({ version }) => version).join(' and ')} on ${process.platform} ${release()}, ${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}`,
    cores
      ? `each server alone on core ${cores.server}; load, Redis and the database on core ${cores.load}`
      : 'servers, load and databases share all cores',
  ];
}
