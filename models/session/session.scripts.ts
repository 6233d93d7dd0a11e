import { defineScript } from '../../stores/redis/redis.ts';

/** The prefix of a generation's name while logins are blocked. */
export const BLOCKED = 'blocked:';

/**
 * The beginning of every script. KEYS: the user's index and generation. ARGV: first the prefixes of token keys and
 * session keys.
 */
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

export const startScript = defineScript(`
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

export const rotateScript = defineScript(`
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

export const touchScript = defineScript(`
  ${prelude}
  local sid, now, interval = unpack(ARGV, 3)
  local last = redis.call('HGET', sessions .. sid, 'last_used_at')
  if last and tonumber(now) - tonumber(last) >= tonumber(interval) then
    redis.call('HSET', sessions .. sid, 'last_used_at', now)
  end
  return {}
`);

export const listScript = defineScript(`
  ${prelude}
  local found = {}
  for _, sid in ipairs(redis.call('ZRANGE', index, '(' .. ARGV[3], '+inf', 'BYSCORE')) do
    local fields = redis.call('HGETALL', sessions .. sid)
    if #fields > 0 then table.insert(found, { sid, fields }) end
  end
  return found
`);

export const endScript = defineScript(`
  ${prelude}
  endOne(ARGV[3])
  return ended
`);

export const endAllScript = defineScript(`
  ${prelude}
  local kept, nextGeneration, generationTtl = unpack(ARGV, 3)
  if not isBlocked(redis.call('GET', generationKey) or '') then redis.call('SET', generationKey, nextGeneration, 'PX', generationTtl) end
  endAll(kept)
  return ended
`);

export const blockScript = defineScript(`
  ${prelude}
  local generation, blocked, generationTtl = unpack(ARGV, 3)
  if (redis.call('GET', generationKey) or '') ~= generation then return { 'stale' } end
  endAll()
  redis.call('SET', generationKey, blocked, 'PX', generationTtl)
  return { 'blocked', ended }
`);

export const unblockScript = defineScript(`
  ${prelude}
  local generation, nextGeneration, generationTtl = unpack(ARGV, 3)
  if redis.call('GET', generationKey) == generation then redis.call('SET', generationKey, nextGeneration, 'PX', generationTtl) end
  return {}
`);
