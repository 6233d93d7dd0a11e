import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { freePort } from '../../scripts/engines/places.ts';
import type { Answers, Job } from '../measure/load.ts';
import type { Probe } from '../servers/probe.ts';
import { onCores } from './machine.ts';
import type { Runtime } from './runtimes.ts';

/** Where `tsc` puts what the benchmark starts. */
const BUILD = join(import.meta.dirname, '..', '..', 'dist');
const START_LIMIT_MS = 30_000;

export interface StartOptions {
  /** The compiled program, below dist/. */
  program: string;
  env: Record<string, string>;
  /** A list for taskset; null: anywhere. */
  cores: string | null;
  runtime: Runtime;
  /** Folder of its log and its working directory, where no .env is. */
  directory: string;
  /** More options for node. */
  nodeOptions?: string[];
}

/** A server under measurement. */
export interface Server {
  origin: string;
  /** From its start to its first answer, in ms. */
  startedIn: number;
  probe(): Promise<Probe>;
  /** Empties its log, which would fill the disk in a long run. */
  emptyLog(): void;
  stop(): Promise<void>;
}

/**
 * Starts a server and waits for its first answer, whatever that is.
 * @throws {Error} with the end of its output when it ends before
 */
export async function startServer(options: StartOptions): Promise<Server> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const log = join(options.directory, `server-${port}.log`);
  const startedAt = performance.now();
  const probe = pathToFileURL(join(BUILD, 'bench/servers/probe.js')).href;
  const env = { ...options.env, PORT: String(port) };
  const nodeOptions = [...(options.nodeOptions ?? []), '--import', probe];
  const child = startNode({ ...options, env, nodeOptions }, log);
  const exited = once(child, 'exit');
  while (!((await accepts(port)) && (await answers(origin)))) {
    if (child.exitCode !== null || performance.now() - startedAt > START_LIMIT_MS) {
      child.kill('SIGKILL');
      throw new Error(`${options.program} does not answer:\n${readFileSync(log, 'utf8').slice(-2000)}`);
    }
    await sleep(5);
  }
  const startedIn = performance.now() - startedAt;
  return {
    origin,
    startedIn,
    async probe() {
      const answer = once(child, 'message');
      child.send('probe');
      return (await answer)[0] as Probe;
    },
    emptyLog: () => truncateSync(log),
    async stop() {
      if (child.connected) child.send('stop');
      await exited;
    },
  };
}

/** Asked first, as it takes less processor time than a request that nobody accepts. */
async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function answers(origin: string): Promise<boolean> {
  return fetch(`${origin}/health/live`).then(
    response => response.arrayBuffer().then(() => true),
    () => false,
  );
}

/** A process that takes jobs and answers each with a message of the same id. */
export interface Worker {
  run<J extends { id: number }, R>(job: Omit<J, 'id'>): Promise<R>;
  stop(): Promise<void>;
}

/** Starts a program that works off jobs. */
export function startWorker(options: StartOptions): Worker {
  const log = join(options.directory, `worker-${randomInt(1e9)}.log`);
  const child = startNode(options, log);
  const exited = once(child, 'exit');
  const waiting = new Map<number, (result: unknown) => void>();
  let lastId = 0;
  let ended = false;
  child.on('message', (result: { id: number }) => {
    waiting.get(result.id)?.(result);
    waiting.delete(result.id);
  });
  return {
    run<J extends { id: number }, R>(job: Omit<J, 'id'>) {
      const id = ++lastId;
      return new Promise<R>((resolve, reject) => {
        waiting.set(id, result => resolve(result as R));
        exited.then(() => {
          if (!ended)
            reject(new Error(`${options.program} has ended:\n${readFileSync(log, 'utf8').slice(-2000)}`));
        });
        child.send({ ...job, id });
      });
    },
    async stop() {
      ended = true;
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/** The load, as a function from jobs to answers. */
export type Load = (job: Omit<Job, 'id'>) => Promise<Answers>;

function startNode(
  { program, env, cores, runtime, directory, nodeOptions = [] }: StartOptions,
  log: string,
): ChildProcess {
  const argv = [runtime.path, ...nodeOptions, join(BUILD, program)];
  const [command, ...args] = onCores(cores, argv);
  const output = openSync(log, 'a');
  const { PATH = '', TMPDIR = '' } = process.env;
  const child = spawn(command, args, {
    cwd: directory,
    env: { PATH, ...(TMPDIR && { TMPDIR }), ...env },
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  return child;
}
