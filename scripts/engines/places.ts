import { spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Blueprint } from './supervise.ts';

export interface EngineOptions {
  /** Port on 127.0.0.1; a free one by default. */
  port?: number;
  /** Existing folder for the data, which `stop()` keeps; by default a temporary one, which `stop()` removes. */
  dir?: string;
  /** More command-line options for the server; they win over the ones set here. */
  args?: string[];
}

const given = new Set<number>();

/**
 * A port that is free now, and that was not given before: whoever it was given to may not listen yet. It is not one the
 * system picks, as those also go to outgoing connections, which could take it while the server is down for a restart.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_100, 32_000); // fetch refuses 10080
    if (given.has(port)) continue;
    given.add(port);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
      server.close();
      await once(server, 'close');
      return port;
    } catch {
      // Taken: the next one.
    }
  }
}

type Traces = Pick<Blueprint, 'signal' | 'cleanup' | 'subject'>;

/** The data folder of a server and what to do to the server and the folder. */
export async function home(kept?: string): Promise<Traces & { dir: string }> {
  const dir = kept ? resolve(kept) : await mkdtemp(join(tmpdir(), 'engine-'));
  return {
    dir,
    // The group, as a Redis server that rewrites its append-only file has a child.
    signal: (pid, signal) => process.kill(-pid, signal),
    // A server that is about to die may still add a file to the folder.
    cleanup: `kill -9 -$pid; ${kept ? '' : 'rm -rf "$1" || { sleep 1; rm -rf "$1"; }'}`,
    subject: dir,
  };
}

/** What runs an image in Docker with one of its ports on 127.0.0.1. */
export function container(
  [port, inner]: [number, number],
  image: string[],
  environment: string[] = [],
): Traces & Pick<Blueprint, 'prepare' | 'argv'> {
  const name = `engine-${randomBytes(6).toString('hex')}`;
  const options = ['--name', name, '--publish', `127.0.0.1:${port}:${inner}`];
  for (const variable of environment) options.push('--env', variable);
  return {
    prepare: { argv: ['docker', 'create', ...options, ...image] },
    argv: ['docker', 'start', '--attach', name],
    signal: (_, signal) => spawnSync('docker', ['kill', '--signal', signal, name]),
    cleanup: 'docker rm -fv "$1"',
    subject: name,
  };
}
