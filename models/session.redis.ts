import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { defineScript, type Redis } from '../config/redis.ts';
import { EPOCH_TTL_MS, type SessionStore } from './session.model.ts';

/**
 * Keys, all of them with a time to live:
 *   jwt:<user_id>:<jti>          "allow": the allowlist, and the truth
 *   session:<user_id>:<sid>      hash: jti, device and times of a session
 *   sessions:<user_id>           sorted set of sid by expiry, for listing and for the limit
 *   epoch:<user_id>              name of the current epoch, "closed:…" while a password is being changed
 */
const keys = {
  token: (userId: number, jti: string) => `jwt:${userId}:${jti}`,
  session: (userId: number, sessionId: string) => `session:${userId}:${sessionId}`,
  index: (userId: number) => `sessions:${userId}`,
  epoch: (userId: number) => `epoch:${userId}`,
};

const CLOSED = 'closed:';

/** Takes one session and its token away; 1 when it was there. KEYS[1] is the index in every script. */
const endOne = `
  local function endOne(sid, tokens, sessions)
    local jti = redis.call('HGET', sessions .. sid, 'jti')
    redis.call('ZREM', KEYS[1], sid)
    if not jti then return 0 end
    redis.call('DEL', sessions .. sid, tokens .. jti)
    return 1
  end
`;

const startScript = defineScript(`
  ${endOne}
  local index, epochKey, session, token = unpack(KEYS)
  local tokens, sessions, epoch, nextEpoch, epochTtl, limit, now, sid, expiresAt = unpack(ARGV)
  limit, now, expiresAt = tonumber(limit), tonumber(now), tonumber(expiresAt)
  if (redis.call('GET', epochKey) or '') ~= epoch then return -1 end
  if string.sub(epoch, 1, ${CLOSED.length}) == '${CLOSED}' then redis.call('SET', epochKey, nextEpoch, 'PX', epochTtl) end
  redis.call('ZREMRANGEBYSCORE', index, '-inf', now)

  local ended = 0
  if limit > 0 and redis.call('ZCARD', index) >= limit then
    local live = {}
    for _, other in ipairs(redis.call('ZRANGE', index, 0, -1)) do
      local startedAt = redis.call('HGET', sessions .. other, 'created_at')
      table.insert(live, { sid = other, at = tonumber(startedAt or 0) })
    end
    table.sort(live, function(a, b) return a.at < b.at or (a.at == b.at and a.sid < b.sid) end)
    for i = 1, #live - limit + 1 do ended = ended + endOne(live[i].sid, tokens, sessions) end
  end

  local ttl = expiresAt - now
  redis.call('SET', token, 'allow', 'PX', ttl)
  redis.call('HSET', session, unpack(ARGV, 10))
  redis.call('PEXPIRE', session, ttl)
  redis.call('ZADD', index, expiresAt, sid)
  if redis.call('PTTL', index) < ttl then redis.call('PEXPIRE', index, ttl) end
  return ended
`);

const endScript = defineScript(`
  ${endOne}
  return endOne(ARGV[3], ARGV[1], ARGV[2])
`);

const closeScript = defineScript(`
  ${endOne}
  local tokens, sessions, epoch, closed, epochTtl = unpack(ARGV)
  if (redis.call('GET', KEYS[2]) or '') ~= epoch then return -1 end
  local ended = 0
  for _, sid in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do ended = ended + endOne(sid, tokens, sessions) end
  redis.call('SET', KEYS[2], closed, 'PX', epochTtl)
  return ended
`);

const count = z.int();

/**
 * The allowlist in Redis. A token lives while its key does.
 * @param now Unix time in milliseconds
 */
export function createRedisSessionStore(redis: Redis, now: () => number): SessionStore {
  return {
    async epoch(userId) {
      const epoch = await redis.run(client => client.get(keys.epoch(userId)));
      return epoch?.startsWith(CLOSED) ? null : (epoch ?? '');
    },

    async start(session, epoch, limit) {
      const { id, userId, jti, device, createdAt, expiresAt } = session;
      const fields = {
        jti,
        device_name: device.name ?? '',
        ip: device.ip,
        user_agent: device.userAgent,
        created_at: createdAt,
        expires_at: expiresAt,
      };
      const reply = await redis.eval(
        startScript,
        [keys.index(userId), keys.epoch(userId), keys.session(userId, id), keys.token(userId, jti)],
        [
          keys.token(userId, ''),
          keys.session(userId, ''),
          epoch,
          randomUUID(),
          EPOCH_TTL_MS,
          limit,
          now(),
          id,
          expiresAt,
          ...Object.entries(fields).flat(),
        ],
      );
      const ended = count.parse(reply);
      return ended < 0 ? null : ended;
    },

    async isAllowed({ userId, jti }) {
      return (await redis.run(client => client.get(keys.token(userId, jti)))) === 'allow';
    },

    async end(userId, sessionId) {
      const reply = await redis.eval(
        endScript,
        [keys.index(userId)],
        [keys.token(userId, ''), keys.session(userId, ''), sessionId],
      );
      return count.parse(reply) === 1;
    },

    async close(userId, epoch) {
      const closed = `${CLOSED}${randomUUID()}`;
      const reply = await redis.eval(
        closeScript,
        [keys.index(userId), keys.epoch(userId)],
        [keys.token(userId, ''), keys.session(userId, ''), epoch, closed, EPOCH_TTL_MS],
      );
      const ended = count.parse(reply);
      return ended < 0 ? null : { epoch: closed, ended };
    },
  };
}
