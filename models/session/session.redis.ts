import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Redis, Script } from '../../stores/redis/redis.ts';
import { GENERATION_TTL_MS } from './generation.ts';
import {
  BLOCKED,
  blockScript,
  endAllScript,
  endScript,
  listScript,
  rotateScript,
  startScript,
  touchScript,
  unblockScript,
} from './session.scripts.ts';
import type { Session, SessionStore } from './session.store.ts';
import { TOUCH_INTERVAL_MS } from './session.store.ts';

/**
 * Keys, all of them with a time to live:
 *   jwt:<user_id>:<jti>          "allow": the allowlist, and the truth
 *   session:<user_id>:<sid>      hash: the session, with the hashes of its refresh tokens
 *   sessions:<user_id>           sorted set of sid by expiry, for listing and for the limit
 *   generation:<user_id>         name of the current generation, "blocked:…" while no session can start
 * On Redis Cluster the user id is a hash tag, `{<user_id>}`, so that a user's keys are on one server.
 */
function keysOf(user: string) {
  return {
    token: (jti: string) => `jwt:${user}:${jti}`,
    session: (sessionId: string) => `session:${user}:${sessionId}`,
    index: `sessions:${user}`,
    generation: `generation:${user}`,
  };
}

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

/** The fields of a session's hash. It has `previous_refresh` and `rotated_at` besides. */
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
  const keys = (userId: number) => keysOf(redis.hashTags ? `{${userId}}` : `${userId}`);

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
