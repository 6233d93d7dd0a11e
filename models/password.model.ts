import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';
import pLimit from 'p-limit';
import type { Metrics } from '../config/metrics.ts';
import { ApiError } from '../errors.ts';

/** bcrypt reads no further than this; a longer password would be cut without a word. */
export const MAX_BYTES = 72;
/** Nobody waits longer for a login, so a place further back in line is as good as none. */
const MAX_WAIT_MS = 10_000;

/** False for what bcrypt would take for another password: cut, or with lone surrogates all alike. */
function isHashable(password: string): boolean {
  return Buffer.byteLength(password) <= MAX_BYTES && password.isWellFormed() && !password.includes('\0');
}

export type PasswordModel = ReturnType<typeof createPasswordModel>;

interface Options {
  /** bcrypt's cost: 2^rounds iterations. */
  rounds: number;
  /** How many hashes may wait for a core. */
  queueLimit: number;
  /** libuv's threads; one is left free for files and DNS. */
  threads: number;
  /** How many processes like this one share the cores. */
  processes?: number;
  metrics?: Metrics;
}

/**
 * Hashing with a bounded queue: as many at once as there are cores for it, the rest in line, then `overloaded`. The line is
 * as long as `queueLimit`, or shorter where the last in it would wait for too long.
 */
export function createPasswordModel({ rounds, queueLimit, threads, processes = 1, metrics }: Options) {
  const cores = Math.floor(availableParallelism() / processes);
  const limit = pLimit(Math.max(1, Math.min(cores, threads - 1)));
  let decoy: Promise<string> | undefined;
  let usualMs = 0;
  metrics?.watchHashing(() => ({ running: limit.activeCount, waiting: limit.pendingCount }));

  async function queued<T>(work: () => Promise<T>): Promise<T> {
    const waitMs = (limit.pendingCount * usualMs) / limit.concurrency;
    const full = limit.activeCount + limit.pendingCount >= limit.concurrency + queueLimit;
    if (full || waitMs > MAX_WAIT_MS) {
      metrics?.hashShed();
      throw new ApiError('overloaded', {
        detail: 'Too many passwords are waiting to be checked.',
        headers: { 'Retry-After': String(Math.max(1, Math.ceil(waitMs / 1000))) },
      });
    }
    const queuedAt = performance.now();
    return limit(async () => {
      const startedAt = performance.now();
      metrics?.hashWaited((startedAt - queuedAt) / 1000);
      const result = await work();
      const ms = performance.now() - startedAt;
      metrics?.hashed(ms / 1000);
      usualMs += (ms - usualMs) / 8;
      return result;
    });
  }

  return {
    /**
     * @returns a bcrypt hash in modular crypt format
     * @throws {ApiError} `overloaded`
     */
    hash: (password: string): Promise<string> => queued(() => bcrypt.hash(password, rounds)),

    /**
     * Whether the password belongs to the hash. Does the same work where there is no hash, so that the time
     * tells nothing about who is registered.
     * @throws {ApiError} `overloaded`
     */
    verify(password: string, hash: string | null): Promise<boolean> {
      return queued(async () => {
        decoy ??= bcrypt.hash(randomBytes(16).toString('hex'), rounds);
        const known = hash !== null && isHashable(password);
        // PHP writes $2y$ for what is $2b$ elsewhere.
        const matches = await bcrypt.compare(password, known ? hash.replace(/^\$2y\$/, '$2b$') : await decoy);
        return known && matches;
      });
    },
  };
}
