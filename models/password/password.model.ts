import { createHmac, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { ApiError } from '../../errors.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import {
  dummyHash,
  type HashKind,
  hashPassword,
  isHashable,
  isVerifiable,
  matches,
  type Scheme,
  schemeFor,
  schemeOf,
} from './passwordHash.ts';

/** The longest wait in the queue. */
const MAX_WAIT_MS = 10_000;
/** How long the sample of the users' hashes is used. */
const SAMPLE_MS = 600_000;

export type PasswordModel = ReturnType<typeof createPasswordModel>;

interface Options {
  /** The kind of new hashes. */
  kind?: HashKind;
  /** bcrypt's cost: 2^rounds iterations. */
  rounds: number;
  /** Some of the users' hashes, taken at random. */
  sample?: () => Promise<string[]>;
  /** Decides which dummy hash an unknown address gets; the same in every process. */
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
 * Hashes as many passwords at once as there are cores. The others wait in a bounded queue; beyond it the error is
 * `overloaded`. The queue has `queueLimit` places, or fewer where the last one would wait too long.
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
   * The scheme of the dummy hash for an unknown address. While users move from one scheme to another, it is drawn in
   * their proportion and is always the same for the same address, so that the time reveals nothing.
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
    hash: (password: string): Promise<string> => queued(() => hashPassword(password, current)),

    /**
     * Whether the password belongs to the hash. Without a hash it compares with a dummy hash, so that the time does
     * not reveal who is registered.
     * @param address picks the dummy hash where there is no hash
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
     * The hash that the password should have now. Null where it has it, where bcrypt would cut the password, and
     * while the queue is long: the next login tries again.
     * @throws {ApiError} `overloaded`
     */
    async rehash(password: string, hash: string): Promise<string | null> {
      const isBusy = limit.pendingCount > queueLimit / 2;
      if (schemeOf(hash) === current || !isHashable(password, current) || isBusy) return null;
      return queued(() => hashPassword(password, current));
    },
  };
}
