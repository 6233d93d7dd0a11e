import { createHmac, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { ApiError } from '../../errors.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import {
  dummyHash,
  type HashKind,
  hashOf,
  isHashable,
  isVerifiable,
  matches,
  type Scheme,
  schemeFor,
  schemeOf,
} from './passwordHash.ts';

/** Nobody waits longer for a login, so a place further back in line is as good as none. */
const MAX_WAIT_MS = 10_000;
/** How long it is taken for granted which hashes the users have. */
const SAMPLE_MS = 600_000;

export type PasswordModel = ReturnType<typeof createPasswordModel>;

interface Options {
  /** What new hashes are of. */
  kind?: HashKind;
  /** bcrypt's cost: 2^rounds iterations. */
  rounds: number;
  /** Some of the users' hashes, taken at random. */
  sample?: () => Promise<string[]>;
  /** Decides for how long a stranger is kept waiting; the same in every process. */
  secret?: string;
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
export function createPasswordModel(options: Options) {
  const { kind = 'bcrypt', rounds, queueLimit, threads, processes = 1, metrics } = options;
  const { sample = async () => [], secret = randomBytes(32) } = options;
  const current = schemeFor(kind, rounds);
  const cores = Math.floor(availableParallelism() / processes);
  const limit = pLimit(Math.max(1, Math.min(cores, threads - 1)));
  let schemes: Scheme[] = [];
  let sampledAt = Number.NEGATIVE_INFINITY;
  let usualMs = 0;
  metrics?.watchHashing(() => ({ running: limit.activeCount, waiting: limit.pendingCount }));

  async function queued<T>(work: () => Promise<T>): Promise<T> {
    const waitMs = (limit.pendingCount * usualMs) / limit.concurrency;
    const full = limit.activeCount + limit.pendingCount >= limit.concurrency + queueLimit;
    if (full || waitMs > MAX_WAIT_MS) {
      metrics?.hashShed();
      throw new ApiError('overloaded', {
        retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
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

  /**
   * The scheme of a user who does not exist: while users move from one to another, that of as many strangers as of
   * users, and always the same for the same address, so that the time does not tell the ones from the others.
   */
  async function schemeOfUnknownAccount(address: string): Promise<Scheme> {
    if (performance.now() - sampledAt > SAMPLE_MS) {
      sampledAt = performance.now();
      const hashes = await sample().catch(() => []);
      if (hashes.length > 0) schemes = hashes.flatMap(hash => schemeOf(hash) ?? []).sort();
    }
    const draw = createHmac('sha256', secret)
      .update(`decoy.${address.toLowerCase()}`)
      .digest()
      .readUInt32BE();
    return schemes[Math.floor((draw / 2 ** 32) * schemes.length)] ?? current;
  }

  return {
    /**
     * @returns a hash in PHC or modular crypt format
     * @throws {ApiError} `overloaded`
     */
    hash: (password: string): Promise<string> => queued(() => hashOf(password, current)),

    /**
     * Whether the password belongs to the hash. Does the work of one where there is no hash, so that the time tells
     * nothing about who is registered.
     * @param address whose there is none of
     * @throws {ApiError} `overloaded`
     */
    async verify(password: string, hash: string | null, address = ''): Promise<boolean> {
      const stranger = await schemeOfUnknownAccount(address);
      const scheme = hash === null ? null : schemeOf(hash);
      const known = hash !== null && scheme !== null && isVerifiable(password, scheme);
      return queued(async () => {
        const belongs = await matches(password, known ? hash : dummyHash(scheme ?? stranger));
        return known && belongs;
      });
    },

    /**
     * The hash that a password ought to have by now; null where it has that already, where it would be cut, and while
     * others wait for a core: the next login is soon enough.
     * @throws {ApiError} `overloaded`
     */
    async rehash(password: string, hash: string): Promise<string | null> {
      const isBusy = limit.pendingCount > queueLimit / 2;
      if (schemeOf(hash) === current || !isHashable(password, current) || isBusy) return null;
      return queued(() => hashOf(password, current));
    },
  };
}
