import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ApiError } from '../../errors.ts';
import { defineScript, type Redis } from '../../stores/redis/redis.ts';
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

const ATTEMPT_TTL_MS = 60_000;
const POLL_MS = 20;
const MAX_WAIT_MS = 10_000;

/** What attempts are counted under. */
export const lockoutKeys = {
  /** @param email as typed, whether anybody has it or not; only a hash of it is kept */
  login: (email: string) => `login:${createHash('sha256').update(normalizeEmail(email)).digest('hex')}`,
  /** The current password where a session asks for it: whoever has stolen the session locks no login. */
  password: (userId: number) => `password:${userId}`,
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

/**
 * One sorted set per key, by the time at which a member is over: `a:<id>` is an attempt under way, `f:<id>` a failure.
 * The last failure that is allowed prolongs the others, so that all end together.
 */
const prelude = `
  local key = KEYS[1]
  local now, window, limit, id = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)

  local function failures()
    local found = {}
    for _, member in ipairs(redis.call('ZRANGE', key, 0, -1)) do
      if string.sub(member, 1, 2) == 'f:' then table.insert(found, member) end
    end
    return found
  end
`;

const beginScript = defineScript(`
  ${prelude}
  local attemptTtl = tonumber(ARGV[5])
  local failed = failures()
  if #failed >= limit then return { 'locked', tonumber(redis.call('ZSCORE', key, failed[1])) - now } end
  if redis.call('ZCARD', key) >= limit then return { 'busy' } end
  redis.call('ZADD', key, now + attemptTtl, 'a:' .. id)
  redis.call('PEXPIRE', key, math.max(window, attemptTtl))
  return { 'go' }
`);

const settleScript = defineScript(`
  ${prelude}
  local outcome = ARGV[5]
  redis.call('ZREM', key, 'a:' .. id)
  if outcome == 'success' then
    for _, member in ipairs(failures()) do redis.call('ZREM', key, member) end
  elseif outcome == 'failure' then
    redis.call('ZADD', key, now + window, 'f:' .. id)
    local failed = failures()
    if #failed >= limit then
      for _, member in ipairs(failed) do redis.call('ZADD', key, now + window, member) end
    end
    redis.call('PEXPIRE', key, math.max(window, ${ATTEMPT_TTL_MS}))
    if #failed == limit then return 1 end
  end
  return 0
`);

const beginReply = z.union([z.tuple([z.enum(['go', 'busy'])]), z.tuple([z.literal('locked'), z.number()])]);

/** @param now Unix time in milliseconds */
export function createRedisLockoutStore(redis: Redis, now: () => number): LockoutStore {
  const keyOf = (key: string) => `lockout:${key}`;
  return {
    async begin(key, attemptId, { failures, windowMs }) {
      const args = [now(), windowMs, failures, attemptId, ATTEMPT_TTL_MS];
      const [outcome, msLeft = 0] = beginReply.parse(await redis.eval(beginScript, [keyOf(key)], args));
      return outcome === 'locked' ? { outcome, msLeft } : { outcome };
    },
    async settle(key, attemptId, outcome, { failures, windowMs }) {
      const args = [now(), windowMs, failures, attemptId, outcome];
      return (await redis.eval(settleScript, [keyOf(key)], args)) === 1;
    },
  };
}

/**
 * The in-process twin.
 * @param now Unix time in milliseconds
 */
export function createMemoryLockoutStore(now: () => number): LockoutStore {
  interface Entry {
    attempts: Map<string, number>;
    /** When each failure is over. */
    failures: number[];
  }
  const entries = new Map<string, Entry>();
  let sweepAt = 1024;

  function current(key: string): Entry {
    const entry = entries.get(key) ?? { attempts: new Map(), failures: [] };
    entries.delete(key);
    sweep();
    entries.set(key, forgetExpired(entry));
    return entry;
  }

  function forgetExpired(entry: Entry): Entry {
    const time = now();
    for (const [id, until] of entry.attempts) if (until <= time) entry.attempts.delete(id);
    entry.failures = entry.failures.filter(until => until > time);
    return entry;
  }

  /** Walks the map only after it has doubled, so that a new key costs a constant share of it. */
  function sweep(): void {
    if (entries.size < sweepAt) return;
    for (const [key, entry] of entries) {
      const { attempts, failures } = forgetExpired(entry);
      if (attempts.size + failures.length === 0) entries.delete(key);
    }
    sweepAt = Math.max(1024, entries.size * 2);
  }

  return {
    async begin(key, attemptId, limit) {
      const { attempts, failures } = current(key);
      if (failures.length >= limit.failures)
        return { outcome: 'locked', msLeft: Math.min(...failures) - now() };
      if (failures.length + attempts.size >= limit.failures) return { outcome: 'busy' };
      attempts.set(attemptId, now() + ATTEMPT_TTL_MS);
      return { outcome: 'go' };
    },
    async settle(key, attemptId, outcome, { failures: allowed, windowMs }) {
      const entry = current(key);
      entry.attempts.delete(attemptId);
      if (outcome === 'success') entry.failures = [];
      if (outcome === 'failure') {
        entry.failures.push(now() + windowMs);
        if (entry.failures.length >= allowed) entry.failures.fill(now() + windowMs);
      }
      if (entry.attempts.size + entry.failures.length === 0) entries.delete(key);
      return outcome === 'failure' && entry.failures.length === allowed;
    },
  };
}
