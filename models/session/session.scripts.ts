import { defineScript } from '../../stores/redis/script.ts';

/** The prefix of a generation's name while logins are blocked. */
export const BLOCKED = 'blocked:';

/** A user with more sessions has the indexes `started:<user_id>` and `tokens:<user_id>`. */
const FEW = 20;
/** How many expired sessions a login removes from the indexes. */
const EXPIRED_AT_ONCE = 100;
/** Lua's `unpack` takes fewer than 8,000. */
const KEYS_AT_ONCE = 5000;

/** The fields of a session's hash that the list shows, in the order of its reply. The id follows them. */
export const LISTED_FIELDS = [
  'device_name',
  'ip',
  'user_agent',
  'created_at',
  'last_used_at',
  'expires_at',
] as const;

/**
 * The beginning of every script. KEYS: the user's index and generation, the indexes of a user with many sessions, and
 * where a script that ends all sessions moves the three indexes. ARGV: first the prefixes of token keys and session keys.
 *
 * `started` and `tokensOf` can be deleted at any time: the next login makes them again. They are used only while they
 * have as many entries as `index`. A version without them changes `index` alone.
 */
const prelude = `
  local index, generationKey, started, tokensOf, endedIndex, endedStarted, endedTokens = unpack(KEYS)
  local tokens, sessions = unpack(ARGV)
  local ended = {}

  local function endOne(sid)
    local jti = redis.call('HGET', sessions .. sid, 'jti')
    if jti then redis.call('DEL', sessions .. sid, tokens .. jti) end
    if redis.call('ZREM', index, sid) == 1 and jti then table.insert(ended, sid) end
    redis.call('ZREM', started, sid)
    redis.call('HDEL', tokensOf, sid)
  end

  local function deleteTokens()
    local keys = redis.call('HVALS', tokensOf)
    for from = 1, #keys, ${KEYS_AT_ONCE} do
      redis.call('DEL', unpack(keys, from, math.min(from + ${KEYS_AT_ONCE} - 1, #keys)))
    end
  end

  local function endMany(kept)
    local keptUntil = redis.call('ZSCORE', index, kept)
    if keptUntil then redis.call('HDEL', tokensOf, kept) end
    deleteTokens()
    -- Redis would need time to free them, so that is left for later.
    redis.call('RENAME', index, endedIndex)
    redis.call('RENAME', started, endedStarted)
    redis.call('RENAME', tokensOf, endedTokens)
    if keptUntil then
      redis.call('ZREM', endedIndex, kept)
      redis.call('ZADD', index, keptUntil, kept)
      redis.call('PEXPIRE', index, redis.call('PTTL', endedIndex))
    end
  end

  -- The ids, or their number when they are in endedIndex. Then the tokens are gone and the hashes are left.
  local function endAll(now, kept)
    local count = redis.call('ZCARD', index)
    local isIndexed = redis.call('HLEN', tokensOf) == count and redis.call('ZCARD', started) == count
    if count > ${FEW} and isIndexed then
      endMany(kept)
      return redis.call('ZCOUNT', endedIndex, '(' .. now, '+inf')
    end
    for _, sid in ipairs(redis.call('ZRANGE', index, 0, -1)) do
      if sid ~= kept then endOne(sid) end
    end
    return ended
  end

  local function allow(jti, ttl)
    redis.call('SET', tokens .. jti, 'allow', 'PX', ttl)
  end

  local function prolong(key, ttl)
    if redis.call('PTTL', key) < tonumber(ttl) then redis.call('PEXPIRE', key, ttl) end
  end

  local function keep(sid, startedAt, jti, expiresAt, ttl)
    redis.call('PEXPIRE', sessions .. sid, ttl)
    redis.call('ZADD', index, expiresAt, sid)
    prolong(index, ttl)
    if redis.call('EXISTS', started) == 1 then
      redis.call('ZADD', started, startedAt, sid)
      redis.call('HSET', tokensOf, sid, tokens .. jti)
      prolong(started, ttl)
      prolong(tokensOf, ttl)
    end
  end

  local function isBlocked(generation)
    return string.sub(generation, 1, ${BLOCKED.length}) == '${BLOCKED}'
  end
`;

/** For scripts that read the sessions by the time of their start, and by id within a millisecond. */
const byStart = `
  local function isIndexed()
    return redis.call('ZCARD', started) == redis.call('ZCARD', index)
  end

  local function makeIndexes()
    for _, sid in ipairs(redis.call('ZRANGE', index, 0, -1)) do
      local startedAt, jti = unpack(redis.call('HMGET', sessions .. sid, 'created_at', 'jti'))
      if jti then
        redis.call('ZADD', started, startedAt, sid)
        redis.call('HSET', tokensOf, sid, tokens .. jti)
      else
        redis.call('ZREM', index, sid)
      end
    end
    for _, key in ipairs({ started, tokensOf }) do redis.call('PEXPIRE', key, redis.call('PTTL', index)) end
  end

  -- Calls take(sid) until \`count\` of them were taken. False when \`started\` has a session that \`index\` has not.
  local function eachStarted(read, from, to, skipped, now, count, take)
    now = tonumber(now)
    while count > 0 do
      local sids = redis.call(read, started, from, to, 'LIMIT', skipped, math.min(count, ${KEYS_AT_ONCE}))
      if #sids == 0 then break end
      skipped = skipped + #sids
      for i, expiresAt in ipairs(redis.call('ZMSCORE', index, unpack(sids))) do
        if not expiresAt then return false end
        if tonumber(expiresAt) > now and take(sids[i]) then count = count - 1 end
      end
    end
    return true
  end

  local function sortByStart(now)
    local live = {}
    for _, sid in ipairs(redis.call('ZRANGE', index, '(' .. now, '+inf', 'BYSCORE')) do
      local startedAt = redis.call('HGET', sessions .. sid, 'created_at')
      if startedAt then table.insert(live, { sid = sid, at = tonumber(startedAt) }) end
    end
    table.sort(live, function(a, b) return a.at < b.at or (a.at == b.at and a.sid < b.sid) end)
    return live
  end
`;

export const startScript = defineScript(`
  ${prelude}
  ${byStart}
  local generation, nextGeneration, generationTtl, limit, policy, now, sid, jti, tokenTtl, expiresAt, ttl, startedAt =
    unpack(ARGV, 3, 14)
  limit = tonumber(limit)
  if (redis.call('GET', generationKey) or '') ~= generation then return { 'stale' } end

  local expired = redis.call('ZRANGE', index, '-inf', now, 'BYSCORE', 'LIMIT', 0, ${EXPIRED_AT_ONCE})
  if #expired > 0 then
    redis.call('ZREM', index, unpack(expired))
    redis.call('ZREM', started, unpack(expired))
    redis.call('HDEL', tokensOf, unpack(expired))
  end

  if not isIndexed() then
    redis.call('UNLINK', started, tokensOf)
    if redis.call('ZCARD', index) > ${FEW} then makeIndexes() end
  end

  local surplus = limit == 0 and 0 or redis.call('ZCOUNT', index, '(' .. now, '+inf') - limit + 1
  local oldest = {}
  if surplus > 0 then
    local function take(other)
      table.insert(oldest, other)
      return true
    end
    if not isIndexed() or not eachStarted('ZRANGEBYSCORE', '-inf', '+inf', 0, now, surplus, take) then
      redis.call('UNLINK', started, tokensOf)
      local live = sortByStart(now)
      surplus = #live - limit + 1
      for i = 1, surplus do oldest[i] = live[i].sid end
    end
  end
  if surplus > 0 and policy == 'deny' then return { 'full' } end

  allow(jti, tokenTtl)
  for i = 1, surplus do endOne(oldest[i]) end
  if isBlocked(generation) then redis.call('SET', generationKey, nextGeneration, 'PX', generationTtl) end
  redis.call('HSET', sessions .. sid, unpack(ARGV, 15))
  keep(sid, startedAt, jti, expiresAt, ttl)
  return { 'started', ended }
`);

export const rotateScript = defineScript(`
  ${prelude}
  local sid, presented, successor, generation, leeway, scope, now, jti, iat, exp, tokenTtl, expiresAt, ttl, ip, userAgent =
    unpack(ARGV, 3)
  local session = sessions .. sid
  local current, previous, rotatedAt, oldJti, oldIat, oldExp, oldExpiresAt, startedAt, lastIp, lastUserAgent, amr =
    unpack(redis.call('HMGET', session, 'refresh', 'previous_refresh', 'rotated_at', 'jti', 'iat', 'exp', 'expires_at',
      'created_at', 'ip', 'user_agent', 'amr'))
  -- endMany leaves hashes for a moment.
  if not current or not redis.call('ZSCORE', index, sid) then return { 'unknown' } end

  amr = amr or ''

  if presented == current then
    if (redis.call('GET', generationKey) or '') ~= generation then return { 'stale' } end
    allow(jti, tokenTtl)
    redis.call('DEL', tokens .. oldJti)
    redis.call('HSET', session, 'refresh', successor, 'previous_refresh', presented, 'rotated_at', now,
      'jti', jti, 'iat', iat, 'exp', exp, 'expires_at', expiresAt, 'last_used_at', now, 'ip', ip, 'user_agent', userAgent)
    keep(sid, startedAt, jti, expiresAt, ttl)
    return { 'rotated', jti, iat, exp, expiresAt, amr }
  end

  if presented == previous and tonumber(now) - tonumber(rotatedAt) < tonumber(leeway) then
    return { 'repeated', oldJti, oldIat, oldExp, oldExpiresAt, amr }
  end

  if scope == 'user' then return { 'reused', lastIp, lastUserAgent, endAll(now, '') } end
  endOne(sid)
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

/** Only reads, so it works while Redis refuses writes. */
export const listScript = defineScript(`
  ${prelude}
  ${byStart}
  local now, limit, at, before = unpack(ARGV, 3)
  limit = tonumber(limit)
  local found
  local function take(sid)
    local fields = redis.call('HMGET', sessions .. sid, ${LISTED_FIELDS.map(name => `'${name}'`).join(', ')})
    if not fields[1] then return false end
    table.insert(fields, sid)
    table.insert(found, fields)
    return true
  end

  -- One string is read faster than one for each field.
  local function reply()
    return #found == 0 and '[]' or cjson.encode(found)
  end

  if isIndexed() then
    found = {}
    local skipped = 0
    if at ~= '+inf' then
      for _, sid in ipairs(redis.call('ZRANGE', started, at, at, 'BYSCORE')) do
        if sid >= before then skipped = skipped + 1 end
      end
    end
    if eachStarted('ZREVRANGEBYSCORE', at, '-inf', skipped, now, limit, take) then return reply() end
  end

  found = {}
  local live = sortByStart(now)
  for i = #live, 1, -1 do
    if #found == limit then break end
    local session = live[i]
    local isLater = at ~= '+inf' and (session.at > tonumber(at) or (session.at == tonumber(at) and session.sid >= before))
    if not isLater then take(session.sid) end
  end
  return reply()
`);

/** A hash without a place in the index is of a session that has ended. */
export const findScript = defineScript(`
  ${prelude}
  local sid, now = unpack(ARGV, 3)
  local expiresAt = redis.call('ZSCORE', index, sid)
  if not expiresAt or tonumber(expiresAt) <= tonumber(now) then return {} end
  return redis.call('HGETALL', sessions .. sid)
`);

/** Also removes the hashes that `endMany` has left. The reply has the ids of sessions that were live. */
export const endScript = defineScript(`
  ${prelude}
  for i = 3, #ARGV do endOne(ARGV[i]) end
  return ended
`);

export const endAllScript = defineScript(`
  ${prelude}
  local now, kept, nextGeneration, generationTtl = unpack(ARGV, 3)
  if not isBlocked(redis.call('GET', generationKey) or '') then redis.call('SET', generationKey, nextGeneration, 'PX', generationTtl) end
  return endAll(now, kept)
`);

export const blockScript = defineScript(`
  ${prelude}
  local now, generation, blocked, generationTtl = unpack(ARGV, 3)
  if (redis.call('GET', generationKey) or '') ~= generation then return { 'stale' } end
  redis.call('SET', generationKey, blocked, 'PX', generationTtl)
  return { 'blocked', endAll(now, '') }
`);

/** Takes the tokens off the allowlist. Sessions and indexes stay. */
export const revokeScript = defineScript(`
  ${prelude}
  local generation, blocked, generationTtl = unpack(ARGV, 3)
  if (redis.call('GET', generationKey) or '') ~= generation then return 'stale' end
  redis.call('SET', generationKey, blocked, 'PX', generationTtl)
  local count = redis.call('ZCARD', index)
  if count > ${FEW} and redis.call('HLEN', tokensOf) == count then
    deleteTokens()
  else
    for _, sid in ipairs(redis.call('ZRANGE', index, 0, -1)) do
      local jti = redis.call('HGET', sessions .. sid, 'jti')
      if jti then redis.call('DEL', tokens .. jti) end
    end
  end
  return 'revoked'
`);

export const unblockScript = defineScript(`
  ${prelude}
  local generation, nextGeneration, generationTtl = unpack(ARGV, 3)
  if redis.call('GET', generationKey) == generation then redis.call('SET', generationKey, nextGeneration, 'PX', generationTtl) end
  return {}
`);
