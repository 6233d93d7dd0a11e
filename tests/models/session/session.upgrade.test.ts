import { randomInt, randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createRedisSessionStore } from '../../../models/session/session.redis.ts';
import type { Session, SessionStore } from '../../../models/session/session.store.ts';
import type { Redis } from '../../../stores/redis/redis.ts';
import { openRedisOf } from '../../support/redis.forms.ts';

const LIFE_MS = 3_600_000;
const FIRST = '';
const ANY_NUMBER = { sessions: 0, policy: 'evict' as const };

const { redisUrl } = inject('engines');
let time = Date.now();

/**
 * What a version without `started:<user_id>` and `tokens:<user_id>` writes, beside a process of this version. Where a
 * user has many sessions, both indexes are then out of step with `sessions:<user_id>`.
 */
describe.skipIf(!redisUrl)('sessions of an earlier version', () => {
  const admin = createClient({ url: redisUrl ?? undefined });
  let redis: Redis;
  let store: SessionStore;
  let userId: number;
  beforeAll(async () => {
    await admin.connect();
    redis = openRedisOf({ REDIS_URL: redisUrl ?? '' });
    store = createRedisSessionStore(redis, () => time);
  });
  beforeEach(() => {
    userId = randomInt(10 ** 9, 10 ** 14);
  });
  afterAll(async () => {
    admin.destroy();
    await redis.close();
  });

  function newSession(): Session {
    time += 1;
    const iat = Math.floor(time / 1000);
    return {
      id: randomUUID(),
      userId,
      device: { name: null, ip: '192.0.2.1', userAgent: 'a browser' },
      amr: [],
      tokenInfo: { jti: randomUUID(), iat, exp: iat + 3600 },
      refreshHash: 'first',
      createdAt: time,
      lastUsedAt: time,
      expiresAt: time + LIFE_MS,
    };
  }
  async function started(): Promise<Session> {
    const session = newSession();
    expect(await store.start(session, FIRST, ANY_NUMBER)).toEqual([]);
    return session;
  }
  async function startedEarlier(): Promise<Session> {
    const session = newSession();
    const { id, tokenInfo, createdAt, expiresAt } = session;
    const fields = { jti: tokenInfo.jti, iat: tokenInfo.iat, exp: tokenInfo.exp, refresh: 'first' };
    const device = { device_name: '', ip: '192.0.2.1', user_agent: 'a browser' };
    const times = { created_at: createdAt, last_used_at: createdAt, expires_at: expiresAt };
    await admin
      .multi()
      .set(`jwt:${userId}:${tokenInfo.jti}`, 'allow', { PX: LIFE_MS })
      .hSet(`session:${userId}:${id}`, { ...fields, ...device, ...times })
      .pExpire(`session:${userId}:${id}`, LIFE_MS)
      .zAdd(`sessions:${userId}`, { value: id, score: expiresAt })
      .pExpire(`sessions:${userId}`, LIFE_MS)
      .exec();
    return session;
  }
  async function endedEarlier({ id, tokenInfo }: Session): Promise<void> {
    await admin
      .multi()
      .del([`session:${userId}:${id}`, `jwt:${userId}:${tokenInfo.jti}`])
      .zRem(`sessions:${userId}`, id)
      .exec();
  }
  async function refreshedEarlier(session: Session): Promise<Session> {
    const jti = randomUUID();
    await admin
      .multi()
      .set(`jwt:${userId}:${jti}`, 'allow', { PX: LIFE_MS })
      .del(`jwt:${userId}:${session.tokenInfo.jti}`)
      .hSet(`session:${userId}:${session.id}`, { jti, refresh: 'second' })
      .zAdd(`sessions:${userId}`, { value: session.id, score: session.expiresAt })
      .exec();
    return { ...session, tokenInfo: { ...session.tokenInfo, jti } };
  }

  async function times<T>(count: number, make: () => Promise<T>): Promise<T[]> {
    const made: T[] = [];
    for (let i = 0; i < count; i++) made.push(await make());
    return made;
  }
  const isAllowed = ({ id, tokenInfo }: Session) =>
    store.isAllowed({ userId, sessionId: id, jti: tokenInfo.jti });
  async function living(sessions: Session[]): Promise<Session[]> {
    const alive = await Promise.all(sessions.map(isAllowed));
    return sessions.filter((_, i) => alive[i]);
  }
  const listed = async () => (await store.list(userId, 100)).map(({ id }) => id);
  const latestFirst = (sessions: Session[]) => sessions.map(({ id }) => id).reverse();

  it.each([3, 30])('%i are listed, and the limit ends the oldest', async count => {
    const earlier = await times(count, startedEarlier);
    expect(await listed()).toEqual(latestFirst(earlier));
    const session = newSession();
    const limit = { sessions: count, policy: 'evict' as const };
    expect(await store.start(session, FIRST, { ...limit, policy: 'deny' })).toBe('full');
    expect(await store.start(session, FIRST, limit)).toEqual([earlier[0]?.id]);
    expect(await living([...earlier, session])).toEqual([...earlier.slice(1), session]);
    expect(await listed()).toEqual(latestFirst([...earlier.slice(1), session]));
  });

  it('are refreshed, ended, and ended all at once', async () => {
    const earlier = await times(30, startedEarlier);
    const [first, second] = earlier;
    const client = { ip: '192.0.2.2', userAgent: 'another' };
    const tokenInfo = { ...(first ?? newSession()).tokenInfo, jti: randomUUID() };
    const rotation = { userId, sessionId: first?.id ?? '', presentedHash: 'first', successorHash: 'second' };
    const refreshed = { ...rotation, generation: FIRST, tokenInfo, client, expiresAt: time + LIFE_MS };
    expect((await store.rotate(refreshed, 0, 'session')).outcome).toBe('rotated');
    expect(await store.end(userId, second?.id ?? '')).toBe(true);
    expect((await store.endAll(userId)).count).toBe(29);
    expect(await living([...earlier, { ...newSession(), id: first?.id ?? '', tokenInfo }])).toEqual([]);
  });

  it('that started and ended meanwhile are in the list, in the limit, and in no count twice', async () => {
    const own = await times(30, started);
    const earlier = await startedEarlier();
    expect(await listed()).toEqual(latestFirst([...own, earlier]));
    await endedEarlier(own[0] ?? earlier);
    // As many entries as before, but others.
    expect(await admin.zCard(`started:${userId}`)).toBe(await admin.zCard(`sessions:${userId}`));
    expect(await listed()).toEqual(latestFirst([...own.slice(1), earlier]));
    const session = newSession();
    const limit = { sessions: 30, policy: 'evict' as const };
    expect(await store.start(session, FIRST, limit)).toEqual([own[1]?.id]);
    expect(await living([...own, earlier, session])).toEqual([...own.slice(2), earlier, session]);
    expect(await listed()).toEqual(latestFirst([...own.slice(2), earlier, session]));
  });

  it('end with a logout of all sessions: one that started, one that was refreshed', async () => {
    const own = await times(30, started);
    const earlier = await startedEarlier();
    expect((await store.endAll(userId)).count).toBe(31);
    expect(await living([...own, earlier])).toEqual([]);

    const generation = (await store.generation(userId)) ?? '';
    const more = await times(30, async () => {
      const session = newSession();
      await store.start(session, generation, ANY_NUMBER);
      return session;
    });
    const refreshed = await refreshedEarlier(more[4] ?? earlier);
    await endedEarlier(more[9] ?? earlier);
    const hidden = await startedEarlier();
    const ended = await store.endAll(userId);
    expect(await listed()).toEqual([]);
    const ids = [...more.filter((_, i) => i !== 9), hidden].map(({ id }) => id);
    expect((await ended.ids).sort()).toEqual(ids.sort());
    await expect.poll(() => living([...more, refreshed, hidden])).toEqual([]);
  });

  it('beside this version, the limit holds for 200 simultaneous logins of both', async () => {
    const own = await times(30, started);
    const limit = { sessions: 30, policy: 'evict' as const };
    const sessions = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        if (i % 4 === 0) return startedEarlier();
        const session = newSession();
        await store.start(session, FIRST, limit);
        return session;
      }),
    );
    const last = newSession();
    await store.start(last, FIRST, limit);
    expect(await living([...own, ...sessions, last])).toHaveLength(30);
    expect(await admin.zCard(`sessions:${userId}`)).toBe(30);
  });
});
