import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { defineScript, type Redis, type Script } from '../../stores/redis/redis.ts';
import { GENERATION_TTL_MS } from './generation.ts';
import type { Session, SessionStore } from './session.model.ts';
import { TOUCH_INTERVAL_MS } from './useMarker.ts';

/**
 * Keys, all of them with a time to live:
 *   jwt:<user_id>:<jti>          "allow": the allowlist, and the truth
 *   session:<user_id>:<sid>      hash: the session, with the hashes of its refresh tokens
 *   sessions:<user_id>           sorted set of sid by expiry, for listing and for the limit
 *   generation:<user_id>         name of the current generation, "blocked:…" while no session can start
 * On Redis Cluster the user id is a hash tag, `{<user_id>}`, so that a user's keys are on one server.
 */
function keysOf(userId: number, hashTags: boolean) {
  const user = hashTags ? `{${userId}}` : userId;
  return {
    token: (jti: string) => `jwt:${user}:${jti}`,
    session: (sessionId: string) => `session:${user}:${sessionId}`,
    index: `sessions:${user}`,
    generation: `generation:${user}`,
  };
}

const BLOCKED = 'blocked:';

/** What every script begins with. KEYS are the user's index and generation, the first two ARGV the prefixes of the rest. */
const prelude = `
  local index, generationKey = unpack(KEYS)
  local tokens, sessions = unpack(ARGV)
  local ended = {}

  local function endOne(sid)
    local jti = redis.call('HGET', sessions .. sid, 'jti')
    if jti then
      redis.call('DEL', sessions .. sid, tokens .. jti)
      table.insert(ended, sid)
    end
    redis.call('ZREM', index, sid)
  end

  local function endAll(kept)
    for _, sid in ipairs(redis.call('ZRANGE', index, 0, -1)) do
      if sid ~= kept then endOne(sid) end
    end
  end

  local function allow(jti, ttl)
    redis.call('SET', tokens .. jti, 'allow', 'PX', ttl)
  end

  local function keep(sid, expiresAt, ttl)
    redis.call('PEXPIRE', sessions .. sid, ttl)
    redis.call('ZADD', index, expiresAt, sid)
    if redis.call('PTTL', index) < tonumber(ttl) then redis.call('PEXPIRE', index, ttl) end
  end

  local function isBlocked(generation)
    return string.sub(generation, 1, ${BLOCKED.length}) == '${BLOCKED}'
  end
`;

const startScript = defineScript(`
  ${prelude}
  local generation, nextGeneration, generationTtl, limit, policy, now, sid, jti, tokenTtl, expiresAt, ttl = unpack(ARGV, 3, 13)
  limit = tonumber(limit)
  if (redis.call('GET', generationKey) or '') ~= generation then return { 'stale' } end
  redis.call('ZREMRANGEBYSCORE', index, '-inf', now)

  if limit > 0 and redis.call('ZCARD', index) >= limit then
    local live = {}
    for _, other in ipairs(redis.call('ZRANGE', index, 0, -1)) do
      local startedAt = redis.call('HGET', sessions .. other, 'created_at')
      if startedAt then
        table.insert(live, { sid = other, at = tonumber(startedAt) })
      else
        redis.call('ZREM', index, other)
      end
    end
    if #live >= limit and policy == 'deny' then return { 'full' } end
    table.sort(live, function(a, b) return a.at < b.at or (a.at == b.at and a.sid < b.sid) end)
    allow(jti, tokenTtl)
    for i = 1, #live - limit + 1 do endOne(live[i].sid) end
  else
    allow(jti, tokenTtl)
  end

  if isBlocked(generation) then redis.call('SET', generationKey, nextGeneration, 'PX', generationTtl) end
  redis.call('HSET', sessions .. sid, unpack(ARGV, 14))
  keep(sid, expiresAt, ttl)
  return { 'started', ended }
`);

const rotateScript = defineScript(`
  ${prelude}
  local sid, presented, successor, leeway, scope, now, jti, iat, exp, tokenTtl, expiresAt, ttl, ip, userAgent =
    unpack(ARGV, 3)
  local session = sessions .. sid
  local current, previous, rotatedAt, oldJti, oldIat, oldExp, oldExpiresAt, lastIp, lastUserAgent = unpack(redis.call(
    'HMGET', session, 'refresh', 'previous_refresh', 'rotated_at', 'jti', 'iat', 'exp', 'expires_at', 'ip', 'user_agent'))
  if not current then return { 'unknown' } end

  if presented == current then
    allow(jti, tokenTtl)
    redis.call('DEL', tokens .. oldJti)
    redis.call('HSET', session, 'refresh', successor, 'previous_refresh', presented, 'rotated_at', now,
      'jti', jti, 'iat', iat, 'exp', exp, 'expires_at', expiresAt, 'last_used_at', now, 'ip', ip, 'user_agent', userAgent)
    keep(sid, expiresAt, ttl)
    return { 'rotated', jti, iat, exp, expiresAt }
  end

  if presented == previous and tonumber(now) - tonumber(rotatedAt) < tonumber(leeway) then
    return { 'repeated', oldJti, oldIat, oldExp, oldExpiresAt }
  end

  if scope == 'user' then endAll() else endOne(sid) end
  return { 'reused', lastIp, lastUserAgent, ended }
`);

const touchScript = defineScript(`
  ${prelude}
  local sid, now, interval = unpack(ARGV, 3)
  local last = redis.call('HGET', sessions .. sid, 'last_used_at')
  if last and tonumber(now) - tonumber(last) >= tonumber(interval) then
    redis.call('HSET', sessions .. sid, 'last_used_at', now)
  end
  return {}
`);

const listScript = defineScript(`
  ${prelude}
  local found = {}
  for _, sid in ipairs(redis.call('ZRANGE', index, '(' .. ARGV[3], '+inf', 'BYSCORE')) do
    local fields = redis.call('HGETALL', sessions .. sid)
    if #fields > 0 then table.insert(found, { sid, fields }) end
  end
  return found
`);

const endScript = defineScript(`
  ${prelude}
  endOne(ARGV[3])
  return ended
`);

const endAllScript = defineScript(`
  ${prelude}
  local kept, nextGeneration, generationTtl = unpack(ARGV, 3)
  if not isBlocked(redis.call('GET', generationKey) or '') then redis.call('SET', generationKey, nextGeneration, 'PX', generationTtl) end
  endAll(kept)
  return ended
`);

const blockScript = defineScript(`
  ${prelude}
  local generation, blocked, generationTtl = unpack(ARGV, 3)
  if (redis.call('GET', generationKey) or '') ~= generation then return { 'stale' } end
  endAll()
  redis.call('SET', generationKey, blocked, 'PX', generationTtl)
  return { 'blocked', ended }
`);

const unblockScript = defineScript(`
  ${prelude}
  local generation, nextGeneration, generationTtl = unpack(ARGV, 3)
  if redis.call('GET', generationKey) == generation then redis.call('SET', generationKey, nextGeneration, 'PX', generationTtl) end
  return {}
`);

const ids = z.array(z.string());
const startReply = z.union([z.tuple([z.enum(['stale', 'full'])]), z.tuple([z.literal('started'), ids])]);
const blockReply = z.union([z.tuple([z.literal('stale')]), z.tuple([z.literal('blocked'), ids])]);
const number = z.coerce.number();
const rotateReply = z.union([
  z.tuple([z.literal('unknown')]),
  z.tuple([z.enum(['rotated', 'repeated']), z.string(), number, number, number]),
  z.tuple([z.literal('reused'), z.string(), z.string(), ids]),
]);
const listReply = z.array(z.tuple([z.string(), z.array(z.string())]));

/** A session's hash in Redis; beside these members it holds `previous_refresh` and `rotated_at`. */
const sessionFields = z.object({
  device_name: z.string(),
  ip: z.string(),
  user_agent: z.string(),
  jti: z.string(),
  iat: number,
  exp: number,
  refresh: z.string(),
  created_at: number,
  last_used_at: number,
  expires_at: number,
});

function toFields({ device, tokenInfo, ...session }: Session): z.infer<typeof sessionFields> {
  return {
    device_name: device.name ?? '',
    ip: device.ip,
    user_agent: device.userAgent,
    ...tokenInfo,
    refresh: session.refreshHash,
    created_at: session.createdAt,
    last_used_at: session.lastUsedAt,
    expires_at: session.expiresAt,
  };
}

function fromFields(userId: number, id: string, flat: string[]): Session {
  const pairs = flat.flatMap((name, i) => (i % 2 === 0 ? [[name, flat[i + 1]]] : []));
  const fields = sessionFields.parse(Object.fromEntries(pairs));
  return {
    id,
    userId,
    device: { name: fields.device_name || null, ip: fields.ip, userAgent: fields.user_agent },
    tokenInfo: { jti: fields.jti, iat: fields.iat, exp: fields.exp },
    refreshHash: fields.refresh,
    createdAt: fields.created_at,
    lastUsedAt: fields.last_used_at,
    expiresAt: fields.expires_at,
  };
}

/**
 * The allowlist in Redis. A token lives while its key does.
 * @param now Unix time in milliseconds
 */
export function createRedisSessionStore(redis: Redis, now: () => number): SessionStore {
  const keys = (userId: number) => keysOf(userId, redis.hashTags);

  function run(script: Script, userId: number, args: (string | number)[]) {
    const { index, generation, token, session } = keys(userId);
    return redis.eval(script, [index, generation], [token(''), session(''), ...args]);
  }

  return {
    async generation(userId) {
      const key = keys(userId).generation;
      const generation = z
        .string()
        .nullable()
        .parse(await redis.run(key, ['GET', key]));
      return generation?.startsWith(BLOCKED) ? null : (generation ?? '');
    },

    async start(session, generation, { sessions, policy }) {
      const { id, userId, tokenInfo, expiresAt } = session;
      const time = now();
      const reply = await run(startScript, userId, [
        ...[generation, randomUUID(), GENERATION_TTL_MS, sessions, policy, time],
        ...[id, tokenInfo.jti, tokenInfo.exp * 1000 - time, expiresAt, expiresAt - time],
        ...Object.entries(toFields(session)).flat(),
      ]);
      const [result, ended] = startReply.parse(reply);
      return result === 'started' ? ended : result;
    },

    async rotate(rotation, leewayMs, reuseScope) {
      const { userId, sessionId, presentedHash, successorHash, tokenInfo, client, expiresAt } = rotation;
      const time = now();
      const reply = await run(rotateScript, userId, [
        ...[sessionId, presentedHash, successorHash, leewayMs, reuseScope, time],
        ...[
          tokenInfo.jti,
          tokenInfo.iat,
          tokenInfo.exp,
          tokenInfo.exp * 1000 - time,
          expiresAt,
          expiresAt - time,
        ],
        ...[client.ip, client.userAgent],
      ]);
      const result = rotateReply.parse(reply);
      switch (result[0]) {
        case 'unknown':
          return { outcome: 'unknown' };
        case 'reused': {
          const [, ip, userAgent, ended] = result;
          return { outcome: 'reused', ended, lastUse: { ip, userAgent } };
        }
        default: {
          const [name, jti, iat, exp, until] = result;
          return { outcome: name, tokenInfo: { jti, iat, exp }, expiresAt: until };
        }
      }
    },

    async isAllowed({ userId, jti }) {
      const key = keys(userId).token(jti);
      return (await redis.run(key, ['GET', key])) === 'allow';
    },

    async touch(userId, sessionId) {
      await run(touchScript, userId, [sessionId, now(), TOUCH_INTERVAL_MS]);
    },

    async list(userId) {
      const found = listReply.parse(await run(listScript, userId, [now()]));
      return found
        .map(([id, fields]) => fromFields(userId, id, fields))
        .sort((a, b) => b.createdAt - a.createdAt);
    },

    async end(userId, sessionId) {
      return ids.parse(await run(endScript, userId, [sessionId])).length === 1;
    },

    async endAll(userId, keptId = '') {
      return ids.parse(await run(endAllScript, userId, [keptId, randomUUID(), GENERATION_TTL_MS]));
    },

    async blockLogins(userId, generation) {
      const blocked = `${BLOCKED}${randomUUID()}`;
      const [result, ended] = blockReply.parse(
        await run(blockScript, userId, [generation, blocked, GENERATION_TTL_MS]),
      );
      return result === 'stale' ? null : { generation: blocked, ended };
    },

    async unblockLogins(userId, generation) {
      await run(unblockScript, userId, [generation, randomUUID(), GENERATION_TTL_MS]);
    },
  };
}
