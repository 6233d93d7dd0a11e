import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../../errors.ts';
import { normalizeEmail } from '../user/user.model.ts';

/** How many failures, within what time (ms), lock for that time. */
export interface LockoutLimit {
  failures: number;
  windowMs: number;
}

/** `busy`: the attempts under way could use up all that is left, so it is too early to say. */
export type Beginning = { outcome: 'go' | 'busy' } | { outcome: 'locked'; msLeft: number };

export type AttemptOutcome = 'success' | 'failure' | 'undecided';

/**
 * Counts failures and the attempts under way by key. Each method is one atomic step, on every process that shares the
 * store; all throw `store_unavailable`.
 */
export interface LockoutStore {
  /** Reserves a place for the attempt. One that is never settled gives it back after {@link ATTEMPT_TTL_MS}. */
  begin(key: string, attemptId: string, limit: LockoutLimit): Promise<Beginning>;
  /**
   * A success forgets the failures.
   * @returns whether this failure is the one that locks
   */
  settle(key: string, attemptId: string, outcome: AttemptOutcome, limit: LockoutLimit): Promise<boolean>;
}

/** After this time an attempt that was never settled gives its place back. */
export const ATTEMPT_TTL_MS = 60_000;
const POLL_MS = 20;
const MAX_WAIT_MS = 10_000;

/** What attempts are counted under. */
export const lockoutKeys = {
  /** @param email as typed, whether anybody has it or not; only a hash of it is kept */
  login: (email: string) => `login:${createHash('sha256').update(normalizeEmail(email)).digest('hex')}`,
  /** The current password where a session asks for it: whoever has stolen the session locks no login. */
  password: (userId: number) => `password:${userId}`,
  /** Codes in the second step of a login. */
  codeAtLogin: (userId: number) => `mfa:${userId}`,
  /** Codes where a session asks for them. */
  codeInSession: (userId: number) => `mfa_session:${userId}`,
};

export type LockoutModel = ReturnType<typeof createLockoutModel>;

/**
 * Lets no more than so many attempts fail, however many come at once.
 * @param limit with 0 failures nothing is counted
 */
export function createLockoutModel(store: LockoutStore, limit: LockoutLimit) {
  /** By key, the last attempt in line. */
  const lines = new Map<string, Promise<void>>();

  /** Only the first in line asks the store: what meets it, lock or fault, meets all behind it. */
  function begin(key: string, attemptId: string): Promise<void> {
    const ahead = lines.get(key);
    const waitsUntil = performance.now() + MAX_WAIT_MS;
    const turn = (async () => {
      await ahead;
      await ask(key, attemptId, waitsUntil);
    })();
    lines.set(key, turn);
    const leave = () => {
      if (lines.get(key) === turn) lines.delete(key);
    };
    turn.then(leave, leave);
    return turn;
  }

  async function ask(key: string, attemptId: string, waitsUntil: number): Promise<void> {
    while (performance.now() < waitsUntil) {
      const beginning = await store.begin(key, attemptId, limit);
      if (beginning.outcome === 'go') return;
      if (beginning.outcome === 'locked') {
        const seconds = Math.max(1, Math.ceil(beginning.msLeft / 1000));
        throw new ApiError('account_locked', { retryAfterSeconds: seconds });
      }
      await sleep(POLL_MS);
    }
    throw new ApiError('overloaded', {
      detail: 'Too many attempts for this account at the same time. Try again after Retry-After.',
    });
  }

  return {
    /**
     * Runs an attempt that may fail only so often.
     * @param work resolves with null for a failure; undefined and whatever it throws count as neither
     * @param onLocked called for the failure that locks
     * @throws {ApiError} `account_locked`, `overloaded`, `store_unavailable`, and what `work` throws
     */
    async attempt<T>(
      key: string,
      work: () => Promise<T | null>,
      onLocked: () => void = () => {},
    ): Promise<T | null> {
      if (limit.failures === 0) return work();
      const attemptId = randomUUID();
      await begin(key, attemptId);
      let result: T | null;
      try {
        result = await work();
      } catch (error) {
        await store.settle(key, attemptId, 'undecided', limit).catch(() => {});
        throw error;
      }
      const outcome = result === null ? 'failure' : result === undefined ? 'undecided' : 'success';
      if (await store.settle(key, attemptId, outcome, limit)) onLocked();
      return result;
    },

    /**
     * Forgets the failures, and so unlocks.
     * @throws {ApiError} `store_unavailable`
     */
    async clear(key: string): Promise<void> {
      await store.settle(key, '', 'success', limit);
    },
  };
}
