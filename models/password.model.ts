import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';
import pLimit from 'p-limit';
import { ApiError } from '../errors.ts';

/** bcrypt reads no further than this; a longer password would be cut without a word. */
const MAX_BYTES = 72;
const MIN_CHARACTERS = 8;

/** What is wrong with a password that somebody wants to have, or null. For a login this is not asked. */
export function passwordFault(password: string): string | null {
  if (!isHashable(password)) {
    return Buffer.byteLength(password) > MAX_BYTES
      ? `must be at most ${MAX_BYTES} bytes in UTF-8`
      : 'must be well-formed Unicode without NUL';
  }
  return [...password].length < MIN_CHARACTERS ? `must have at least ${MIN_CHARACTERS} characters` : null;
}

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
}

/** Hashing with a bounded queue: as many at once as there are cores for it, the rest in line, then `overloaded`. */
export function createPasswordModel({ rounds, queueLimit, threads, processes = 1 }: Options) {
  const cores = Math.floor(availableParallelism() / processes);
  const limit = pLimit(Math.max(1, Math.min(cores, threads - 1)));
  let decoy: Promise<string> | undefined;

  async function queued<T>(work: () => Promise<T>): Promise<T> {
    if (limit.activeCount + limit.pendingCount >= limit.concurrency + queueLimit) {
      throw new ApiError('overloaded', { detail: 'Too many passwords are waiting to be checked.' });
    }
    return limit(work);
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
