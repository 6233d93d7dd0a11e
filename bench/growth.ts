// Measures the session model against Redis servers with few and with many sessions; a process of its own.
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { createEmitter } from '../models/audit/events.ts';
import { createRefreshTokenModel } from '../models/session/refreshToken.model.ts';
import { createSessionModel, type OpenedSession } from '../models/session/session.model.ts';
import { createRedisSessionStore } from '../models/session/session.redis.ts';
import type { SessionLimit } from '../models/session/session.store.ts';
import { createTokenModel } from '../models/session/token.model.ts';
import { createTokenKeySet } from '../models/session/tokenKeys.ts';
import { openRedis } from '../stores/redis/redis.ts';
import { singleTarget } from '../stores/redis/target.ts';
import { createLogger } from '../telemetry/logger.ts';
import { type GrowthJob, type GrowthResult, operations, type Times } from './measure/operations.ts';
import { median } from './measure/statistics.ts';
import { bytesPerSession, fill } from './stage/fill.ts';

const ANY: SessionLimit = { sessions: 0, policy: 'evict' };
const DEVICE = { name: 'Phone', ip: '203.0.113.7', userAgent: 'bench', requestId: 'bench' };
/** Others have ids from here on. */
const CROWD = 1_000_000;
const WARM_UP = 3;
const slowlogReply = z.array(
  z.tuple([z.number(), z.number(), z.number(), z.array(z.string())]).rest(z.unknown()),
);
/** After so many reads Redis and this process are done with the logins before. */
const CATCH_UP = 50;
/** The default page of GET /auth/sessions. */
const PAGE = 20;

process.on('message', async ({ id, urls, sessions, userSessions, rounds, repeats }: GrowthJob) => {
  if (!urls) return;
  const places = urls.map(openPlace);
  let bytes = 0;
  for (const [i, place] of places.entries()) {
    const count = sessions[i] ?? 0;
    bytes = await bytesPerSession(place.redis, count, () => fill(place.store, count, n => CROWD + n));
  }
  const bySessions = places.map(place => ({ place, userId: 1, own: 1, times: noTimes() }));
  const [first] = places;
  const byUser = first
    ? userSessions.map((own, i) => ({ place: first, userId: 10 + i, own, times: noTimes() }))
    : [];
  const rows = [...bySessions, ...byUser];
  for (const { place, userId, own } of rows) await fill(place.store, own, () => userId);
  for (let i = 0; i < Math.min(WARM_UP, rounds); i++)
    for (const row of rows) await measure(row, Math.min(repeats, 100), noTimes());
  for (let round = 0; round < rounds; round++) for (const row of rows) await measure(row, repeats, row.times);
  const longestScripts: number[][] = [];
  for (const row of byUser) longestScripts.push(await longestScript(row, Math.min(repeats, 30)));
  for (const { redis } of places) await redis.close();
  const result: GrowthResult = {
    id,
    bySessions: bySessions.map(({ times }) => times),
    byUser: byUser.map(({ times }) => times),
    longestScripts,
    bytes,
  };
  process.send?.(result);
});

/** SLOWLOG's own work slows what it records, so it leaves out the single commands of the scripts. */
const RECORDED_FROM_US = 20;

/** The times in µs of the script that takes longest by its median, over all operations. Redis does nothing else meanwhile. */
async function longestScript(row: Row, repeats: number): Promise<number[]> {
  const { redis } = row.place;
  await redis.run('', ['CONFIG', 'SET', 'slowlog-log-slower-than', `${RECORDED_FROM_US}`]);
  await redis.run('', ['CONFIG', 'SET', 'slowlog-max-len', '1000000']);
  await redis.run('', ['SLOWLOG', 'RESET']);
  await measure(row, repeats, noTimes());
  const entries = slowlogReply.parse(await redis.run('', ['SLOWLOG', 'GET', '-1']));
  await redis.run('', ['CONFIG', 'SET', 'slowlog-log-slower-than', '-1']);
  const byScript = new Map<string, number[]>();
  for (const [, , micros, [command, script = '']] of entries) {
    if (command !== 'EVALSHA') continue;
    byScript.set(script, [...(byScript.get(script) ?? []), micros]);
  }
  return [...byScript.values()].sort((a, b) => median(b) - median(a))[0] ?? [0];
}

const noTimes = () => Object.fromEntries(operations.map(operation => [operation, []])) as unknown as Times;

function openPlace(url: string) {
  const log = createLogger('warn');
  const redis = openRedis(singleTarget(url), 60_000, log);
  const store = createRedisSessionStore(redis, Date.now);
  const secret = randomBytes(32).toString('hex');
  const keys = createTokenKeySet(secret, []);
  const sessions = createSessionModel({
    store,
    tokens: createTokenModel({ keys: () => keys, issuer: 'bench', audience: 'bench' }, Date.now),
    refreshTokens: createRefreshTokenModel(secret),
    events: createEmitter(log),
    options: {
      limit: { sessions: 0, policy: 'evict' },
      accessTokenTtl: 3600,
      refreshTokenTtl: 604_800,
      refreshLeeway: 10,
      refreshReuseScope: 'session',
      sessionMaxAge: 2_592_000,
    },
    now: Date.now,
  });
  return { redis, store, sessions };
}

interface Row {
  place: ReturnType<typeof openPlace>;
  userId: number;
  /** How many sessions the user has. */
  own: number;
}

/** Adds to each operation the median of its repetitions. The user has as many sessions afterwards as before. */
async function measure({ place, userId, own }: Row, repeats: number, times: Times): Promise<void> {
  const { sessions, store } = place;
  const taken = noTimes();
  async function timed<T>(operation: keyof Times, work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const result = await work();
    taken[operation].push((performance.now() - startedAt) * 1000);
    return result;
  }
  async function logIn(limit: SessionLimit): Promise<OpenedSession> {
    const subject = { userId, roles: [], amr: [] };
    const generation = await sessions.generation(userId);
    const session = generation && (await sessions.start(subject, DEVICE, generation, 'login', limit));
    if (!session) throw new Error('Nobody else changes the generation here.');
    return session;
  }

  for (let i = 0; i < repeats; i++) {
    const { id, accessToken } = await timed('login', () => logIn(ANY));
    await sessions.authenticate(accessToken); // its first use is also written down
    await timed('check', () => sessions.authenticate(accessToken));
    await timed('revoke', () => sessions.end(userId, id, 'logout', DEVICE));
  }
  for (let i = 0; i < repeats; i++) {
    await timed('login at the limit', () => logIn({ sessions: own, policy: 'evict' }));
    await timed('list', () => sessions.list(userId, PAGE));
  }
  // All of the sessions have to be started again, so fewer do.
  for (let i = 0; i < Math.max(Math.min(repeats, 10), repeats / own / 3); i++) {
    for (let read = 0; read < CATCH_UP; read++) await sessions.generation(userId);
    await timed('logout-all', () => sessions.endAll(userId, 'logout_all', DEVICE));
    await fill(store, own, () => userId, (await store.generation(userId)) ?? '');
  }
  for (const operation of operations) times[operation].push(median(taken[operation]));
}
