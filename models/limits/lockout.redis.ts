import * as z from 'zod';
import type { Redis } from '../../stores/redis/redis.ts';
import { defineScript } from '../../stores/redis/script.ts';
import { ATTEMPT_TTL_MS, type LockoutStore } from './lockout.model.ts';

/**
 * One sorted set for each key, ordered by expiry: `a:<id>` is an attempt in flight, `f:<id>` a failure. The failure
 * that locks gives all failures the same expiry.
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

/**
 * Failures and attempts in flight in Redis, `lockout:<key>`.
 * @param now Unix time in milliseconds
 */
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
