import cluster, { type Worker } from 'node:cluster';
import type { Env } from './config/env.ts';
import type { Logger } from './telemetry/logger.ts';

/** After n deaths in a row a new worker waits 2^n times the first pause, up to the last one. */
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 30_000;
const QUIET_MS = 60_000;
/** Workers end by themselves long before this. */
const KILL_MS = 9500;

/** `now` skips the delay in which everything is still served. */
export type StopMode = 'graceful' | 'now';

/** Messages between primary and worker. Others may use the same channel for other types. */
type WorkerMessage =
  | { type: 'stop'; mode: StopMode }
  | { type: 'reload' }
  | { type: 'failed'; reason: string };

/**
 * Starts WEB_CONCURRENCY workers and replaces each that dies. Exits with 0 after a stop request, and with 1 and the
 * reason when a worker dies before any has listened.
 */
export function superviseWorkers(env: Pick<Env, 'WEB_CONCURRENCY'>, log: Logger): void {
  let hasListened = false;
  let stopping = false;
  let deaths = 0;
  let latestDeath = Number.NEGATIVE_INFINITY;
  const reasons = new Map<Worker, string>();

  cluster.on('listening', () => {
    hasListened = true;
  });
  cluster.on('message', (worker, message: WorkerMessage | undefined) => {
    if (message?.type === 'failed') reasons.set(worker, message.reason);
  });
  cluster.on('exit', (worker, code, signal) => {
    if (stopping) return endWithTheLast();
    const reason = reasons.get(worker) ?? `A worker ended with ${signal ?? `code ${code}`}`;
    reasons.delete(worker);
    if (!hasListened) {
      console.error(reason);
      killAll();
      process.exit(1);
    }
    const now = performance.now();
    deaths = now - latestDeath > QUIET_MS ? 0 : deaths + 1;
    latestDeath = now;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** deaths, LAST_PAUSE_MS);
    log.error({ worker: worker.id, pid: worker.process.pid, reason, pause_ms: pause }, 'worker ended');
    setTimeout(() => {
      if (!stopping) cluster.fork();
    }, pause);
  });

  onStopRequest(mode => {
    if (!stopping) {
      stopping = true;
      setTimeout(() => {
        killAll();
        process.exit(0);
      }, KILL_MS);
    }
    for (const worker of workers()) worker.send({ type: 'stop', mode } satisfies WorkerMessage, () => {});
    endWithTheLast();
  });

  onReloadRequest(() => {
    for (const worker of workers()) worker.send({ type: 'reload' } satisfies WorkerMessage, () => {});
  });

  cluster.setupPrimary({ execArgv: workerFlags(process.execArgv) });
  for (let i = 0; i < env.WEB_CONCURRENCY; i++) cluster.fork();

  function endWithTheLast(): void {
    if (workers().length === 0) process.exit(0);
  }

  function killAll(): void {
    for (const worker of workers()) worker.process.kill('SIGKILL');
  }
}

/** As package.json and the Dockerfile give them to V8, so that it collects the garbage of requests cheaply (docs/performance.md). */
export const V8_FLAGS = ['--no-allocation-site-pretenuring', '--max-semi-space-size=32'];

/** The flags of a worker. V8 takes the last of two, so those of the primary win. */
export function workerFlags(flags: string[]): string[] {
  return [...new Set([...V8_FLAGS, ...flags])];
}

function workers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter(worker => worker !== undefined);
}

/**
 * Calls `stop` for SIGTERM and SIGINT; in a worker also for the primary's message and its death. `now` after Ctrl-C,
 * at the second signal, and without a primary, which held the port.
 */
export function onStopRequest(stop: (mode: StopMode) => void): void {
  const { worker } = cluster;
  let signals = 0;
  // A supervisor may signal the whole process group, and the primary signals the workers, too: that is no second signal.
  process
    .on('SIGTERM', () => stop(!worker && ++signals > 1 ? 'now' : 'graceful'))
    .on('SIGINT', () => stop('now'));
  worker?.on('disconnect', () => {
    worker.exitedAfterDisconnect = true; // otherwise node:cluster ends this process at once
    stop('now');
  });
  worker?.on('message', (message: WorkerMessage | undefined) => {
    if (message?.type === 'stop') stop(message.mode);
  });
}

/** Calls `reload` for SIGHUP; in a worker for the primary's message, because a signal may go to all of them. */
export function onReloadRequest(reload: () => void): void {
  const { worker } = cluster;
  process.on('SIGHUP', () => {
    if (!worker) reload();
  });
  worker?.on('message', (message: WorkerMessage | undefined) => {
    if (message?.type === 'reload') reload();
  });
}

/** Reports why this process cannot start: on stderr, or to the primary, which prints it once. */
export async function reportFailure(reason: string): Promise<void> {
  const { worker } = cluster;
  if (worker?.isConnected())
    await new Promise<void>(resolve =>
      worker.send({ type: 'failed', reason } satisfies WorkerMessage, () => resolve()),
    );
  else console.error(reason);
}
