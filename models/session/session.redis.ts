import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Redis } from '../../stores/redis/redis.ts';
import type { Script } from '../../stores/redis/script.ts';
import { GENERATION_TTL_MS, UNNAMED_GENERATION } from './generation.ts';
import {
  BLOCKED,
  blockScript,
  endAllScript,
  endScript,
  findScript,
  LISTED_FIELDS,
  listScript,
  revokeScript,
  rotateScript,
  startScript,
  touchScript,
  unblockScript,
} from './session.scripts.ts';
import type { EndedSessions, ListedSession, Session, SessionStore } from './session.store.ts';
import { TOUCH_INTERVAL_MS } from './session.store.ts';

/**
 * Keys, all of them with a time to live:
 *   jwt:<user_id>:<jti>          "allow": the allowlist, and the truth
 *   session:<user_id>:<sid>      hash: the session, with the hashes of its refresh tokens
 *   sessions:<user_id>           sorted set of sid by expiry
 *   started:<user_id>            sorted set of sid by start, for a user with many sessions
 *   tokens:<user_id>             hash of sid to the key of its token, for a user with many sessions
 *   ended:<user_id>:<uuid>:…     these three, of many sessions that ended together, until all of it is removed
 *   generation:<user_id>         name of the current generation, "blocked:…" while no session can start
 * On Redis Cluster the user id is a hash tag, `{<user_id>}`, so that a user's keys are on one server.
 */
function keysOf(user: string) {
  return {
    token: (jti: string) => `jwt:${user}:${jti}`,
    session: (sessionId: string) => `session:${user}:${sessionId}`,
    index: `sessions:${user}`,
    started: `started:${user}`,
    tokens: `tokens:${user}`,
    moved: (id: string) => ['sessions', 'started', 'tokens'].map(name => `ended:${user}:${id}:${name}`),
    generation: `generation:${user}`,
  };
}

/** How many sessions one step removes, so that other commands of Redis do not wait. */
const REMOVED_AT_ONCE = 100;

const ids = z.array(z.string());
/** The ids, or how many are in the moved index. */
const endedReply = z.union([ids, z.number()]);
const generationReply = z.string().nullable();
const startReply = z.union([z.tuple([z.enum(['stale', 'full'])]), z.tuple([z.literal('started'), ids])]);
const blockReply = z.union([z.tuple([z.literal('stale')]), z.tuple([z.literal('blocked'), endedReply])]);
const number = z.coerce.number();
const rotateReply = z.union([
  z.tuple([z.enum(['unknown', 'stale'])]),
  z.tuple([z.enum(['rotated', 'repeated']), z.string(), number, number, number, z.string()]),
  z.tuple([z.literal('reused'), z.string(), z.string(), endedReply]),
]);
const listReply = z
  .string()
  .transform(text => JSON.parse(text))
  .pipe(z.array(z.array(z.string()).length(LISTED_FIELDS.length + 1)));

const findReply = z.array(z.string());

/** The fields of a session's hash. It has `previous_refresh` and `rotated_at` besides. */
const sessionFields = z.object({
  device_name: z.string(),
  ip: z.string(),
  user_agent: z.string(),
  amr: z.string().default(''),
  jti: z.string(),
  iat: number,
  exp: number,
  refresh: z.string(),
  created_at: number,
  last_used_at: number,
  expires_at: number,
});

/** The name of no generation. */
const NO_GENERATION = 'none';

function wordsOf(text: string): string[] {
  return text.split(' ').filter(Boolean);
}

function toFields({ device, tokenInfo, ...session }: Session): z.infer<typeof sessionFields> {
  return {
    device_name: device.name ?? '',
    ip: device.ip,
    user_agent: device.userAgent,
    amr: session.amr.join(' '),
    ...tokenInfo,
    refresh: session.refreshHash,
    created_at: session.createdAt,
    last_used_at: session.lastUsedAt,
    expires_at: session.expiresAt,
  };
}

/** @param pairs names and values in turn */
function fromFields(userId: number, id: string, pairs: string[]): Session {
  const entries = pairs.flatMap((name, i) => (i % 2 === 0 ? [[name, pairs[i + 1]]] : []));
  const fields = sessionFields.parse(Object.fromEntries(entries));
  return {
    id,
    userId,
    device: { name: fields.device_name || null, ip: fields.ip, userAgent: fields.user_agent },
    amr: wordsOf(fields.amr),
    tokenInfo: { jti: fields.jti, iat: fields.iat, exp: fields.exp },
    refreshHash: fields.refresh,
    createdAt: fields.created_at,
    lastUsedAt: fields.last_used_at,
    expiresAt: fields.expires_at,
  };
}

function fromListed(userId: number, values: string[]): ListedSession {
  const [name, ip = '', userAgent = '', createdAt, lastUsedAt, expiresAt, id = ''] = values;
  return {
    id,
    userId,
    device: { name: name || null, ip, userAgent },
    createdAt: Number(createdAt),
    lastUsedAt: Number(lastUsedAt),
    expiresAt: Number(expiresAt),
  };
}

/**
 * The allowlist in Redis. A token lives while its key does.
 * @param now Unix time in milliseconds
 */
export function createRedisSessionStore(redis: Redis, now: () => number): SessionStore {
  const keys = (userId: number) => keysOf(redis.hashTags ? `{${userId}}` : `${userId}`);

  function run(script: Script, userId: number, args: (string | number)[], moved: string[] = []) {
    const { index, generation, started, tokens, token, session } = keys(userId);
    const named = [index, generation, started, tokens, ...moved] as const;
    return redis.eval(script, named, [token(''), session(''), ...args]);
  }

  /** What a script has ended. What it has left of many is removed in small steps. */
  function endedOf(userId: number, reply: string[] | number, moved: string[]): EndedSessions {
    return typeof reply === 'number'
      ? { count: reply, ids: readMoved(userId, moved) }
      : { count: reply.length, ids: Promise.resolve(reply) };
  }

  async function readMoved(userId: number, moved: string[]): Promise<string[]> {
    const [index = ''] = moved;
    const found = ids.parse(await redis.run(index, ['ZRANGE', index, `(${now()}`, '+inf', 'BYSCORE']));
    removeMoved(userId, found, moved).catch(() => {}); // nobody can use it, and it expires
    return found;
  }

  async function removeMoved(userId: number, sessionIds: string[], moved: string[]): Promise<void> {
    for (let from = 0; from < sessionIds.length; from += REMOVED_AT_ONCE) {
      await run(endScript, userId, sessionIds.slice(from, from + REMOVED_AT_ONCE));
    }
    await redis.run(moved[0] ?? '', ['UNLINK', ...moved]);
  }

  return {
    async generation(userId) {
      const key = keys(userId).generation;
      const generation = generationReply.parse(await redis.run(key, ['GET', key]));
      return generation?.startsWith(BLOCKED) ? null : (generation ?? UNNAMED_GENERATION);
    },

    async start(session, generation, { sessions, policy }) {
      const { id, userId, tokenInfo, expiresAt } = session;
      const time = now();
      const reply = await run(startScript, userId, [
        ...[generation, randomUUID(), GENERATION_TTL_MS, sessions, policy, time],
        ...[id, tokenInfo.jti, tokenInfo.exp * 1000 - time, expiresAt, expiresAt - time, session.createdAt],
        ...Object.entries(toFields(session)).flat(),
      ]);
      const [result, ended] = startReply.parse(reply);
      return result === 'started' ? ended : result;
    },

    async rotate(rotation, leewayMs, reuseScope) {
      const { userId, sessionId, presentedHash, successorHash, tokenInfo, client, expiresAt } = rotation;
      const generation = rotation.generation ?? NO_GENERATION;
      const time = now();
      const moved = keys(userId).moved(randomUUID());
      const args = [
        ...[sessionId, presentedHash, successorHash, generation, leewayMs, reuseScope, time],
        ...[
          tokenInfo.jti,
          tokenInfo.iat,
          tokenInfo.exp,
          tokenInfo.exp * 1000 - time,
          expiresAt,
          expiresAt - time,
        ],
        ...[client.ip, client.userAgent],
      ];
      const result = rotateReply.parse(await run(rotateScript, userId, args, moved));
      switch (result[0]) {
        case 'unknown':
        case 'stale':
          return { outcome: result[0] };
        case 'reused': {
          const [, ip, userAgent, ended] = result;
          return {
            outcome: 'reused',
            ended: await endedOf(userId, ended, moved).ids,
            lastUse: { ip, userAgent },
          };
        }
        default: {
          const [outcome, jti, iat, exp, until, amr] = result;
          return { outcome, tokenInfo: { jti, iat, exp }, amr: wordsOf(amr), expiresAt: until };
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

    async list(userId, limit, after) {
      const position = after ? [after.createdAt, after.id] : ['+inf', ''];
      const found = listReply.parse(await run(listScript, userId, [now(), limit, ...position]));
      return found.map(session => fromListed(userId, session));
    },

    async find(userId, sessionId) {
      const pairs = findReply.parse(await run(findScript, userId, [sessionId, now()]));
      return pairs.length === 0 ? null : fromFields(userId, sessionId, pairs);
    },

    async end(userId, sessionId) {
      return ids.parse(await run(endScript, userId, [sessionId])).length === 1;
    },

    async endAll(userId, keptId = '') {
      const moved = keys(userId).moved(randomUUID());
      const args = [now(), keptId, randomUUID(), GENERATION_TTL_MS];
      const reply = endedReply.parse(await run(endAllScript, userId, args, moved));
      return endedOf(userId, reply, moved);
    },

    async blockLogins(userId, generation) {
      const blocked = `${BLOCKED}${randomUUID()}`;
      const moved = keys(userId).moved(randomUUID());
      const args = [now(), generation, blocked, GENERATION_TTL_MS];
      const [result, ended] = blockReply.parse(await run(blockScript, userId, args, moved));
      if (result === 'stale') return null;
      return { generation: blocked, ended: await endedOf(userId, ended, moved).ids };
    },

    async revokeTokens(userId, generation) {
      const blocked = `${BLOCKED}${randomUUID()}`;
      const result = await run(revokeScript, userId, [generation, blocked, GENERATION_TTL_MS]);
      return result === 'revoked' ? blocked : null;
    },

    async unblockLogins(userId, generation) {
      await run(unblockScript, userId, [generation, randomUUID(), GENERATION_TTL_MS]);
    },
  };
}
