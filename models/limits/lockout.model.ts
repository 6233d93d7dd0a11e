import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../../errors.ts';
import { normalizeEmail } from '../user/user.model.ts';

/** So many failures within this time (ms) lock for the same time. */
export interface LockoutLimit {
  failures: number;
  windowMs: number;
}

/** `busy`: the attempts in flight could use up the limit, so the caller must wait. */
export type Beginning = { outcome: 'go' | 'busy' } | { outcome: 'locked'; msLeft: number };

export type AttemptOutcome = 'success' | 'failure' | 'undecided';

/**
 * Counts failures and attempts in flight by key. Each method is one atomic step for all processes that share the
 * store. All throw {@link StoreError}.
 */
export interface LockoutStore {
  /** Reserves a place for an attempt. After {@link ATTEMPT_TTL_MS} the place is free again. */
  begin(key: string, attemptId: string, limit: LockoutLimit): Promise<Beginning>;
  /**
   * Ends an attempt. A success deletes the failures.
   * @returns whether this failure is the one that locks
   */
  settle(key: string, attemptId: string, outcome: AttemptOutcome, limit: LockoutLimit): Promise<boolean>;
}

/** The lifetime of an attempt that never ends. */
export const ATTEMPT_TTL_MS = 60_000;
const POLL_MS = 20;
const MAX_WAIT_MS = 10_000;

/** The keys under which attempts are counted. */
export const lockoutKeys = {
  /**
   * @param email as typed, whether anybody has it or not; only a hash of it is kept
   */
  login: (email: string) => `login:${createHash('sha256').update(normalizeEmail(email)).digest('hex')}`,
  /** The current password in a session, apart from logins: a stolen token cannot lock the login. */
  password: (userId: number) => `password:${userId}`,
  /** Codes in the second step of a login. */
  codeAtLogin: (userId: number) => `mfa:${userId}`,
  /** Codes in a session. */
  codeInSession: (userId: number) => `mfa_session:${userId}`,
};

export type LockoutModel = ReturnType<typeof createLockoutModel>;

/**
 * Limits failures exactly, also for simultaneous attempts.
 * @param limit with 0 failures nothing is counted
 */
export function createLockoutModel(store: LockoutStore, limit: LockoutLimit) {
  /** The last attempt in line, by key. */
  const lines = new Map<string, Promise<void>>();

  /** Only the first in line asks the store. Its lock or error counts for all behind it. */
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
     * Runs an attempt under the limit.
     * @param work resolves with null for a failure; undefined and whatever it throws count as neither. It may call
     *   `succeed` before its end: then the attempt is a success, and is settled while the work goes on. If that fails,
     *   the failures stay, and the result of the work counts: it may have started a session.
     * @param onLocked called for the failure that locks
     * @throws {ApiError} `account_locked`, `overloaded`, and what `work` throws
     * @throws {StoreError}
     */
    async attempt<T>(
      key: string,
      work: (succeed: () => void) => Promise<T | null>,
      onLocked: () => void = () => {},
    ): Promise<T | null> {
      if (limit.failures === 0) return work(() => {});
      const attemptId = randomUUID();
      await begin(key, attemptId);
      let settled: Promise<boolean> | undefined;
      const settle = (outcome: AttemptOutcome) => settled ?? store.settle(key, attemptId, outcome, limit);
      let result: T | null;
      try {
        result = await work(() => {
          settled = settle('success').catch(() => false);
        });
      } catch (error) {
        await settle('undecided').catch(() => {});
        throw error;
      }
      const outcome = result === null ? 'failure' : result === undefined ? 'undecided' : 'success';
      if (await settle(outcome)) onLocked();
      return result;
    },

    /**
     * Deletes the failures, which unlocks.
     * @throws {ApiError}
     * @throws {StoreError}
     */
    async clear(key: string): Promise<void> {
      await store.settle(key, '', 'success', limit);
    },
  };
}
