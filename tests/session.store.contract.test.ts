import { randomInt, randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createLogger } from '../config/logger.ts';
import { openRedis } from '../config/redis.ts';
import { createMemorySessionStore } from '../models/session.memory.ts';
import { EPOCH_TTL_MS, type Session, type SessionStore } from '../models/session.model.ts';
import { createRedisSessionStore } from '../models/session.redis.ts';

const LIFE_MS = 3_600_000;
const NO_EPOCH = '';

const { redisUrl } = inject('engines');
/** A clock that stands still until a test moves it. */
let time = Date.now();
const now = () => time;

function newUserId(): number {
  return randomInt(10 ** 9, 10 ** 14);
}

function newSession(userId: number, lifeMs = LIFE_MS): Session {
  const device = { name: 'a phone', ip: '192.0.2.1', userAgent: 'a browser' };
  return { id: randomUUID(), userId, jti: randomUUID(), device, createdAt: now(), expiresAt: now() + lifeMs };
}

const tokenOf = ({ id, userId, jti }: Session) => ({ userId, sessionId: id, jti });

/** A store as the processes of one deployment hold it. */
interface Deployment {
  stores: [SessionStore, ...SessionStore[]];
  close(): Promise<unknown>;
}

function deployTwin(): Deployment {
  return { stores: [createMemorySessionStore(now)], close: async () => {} };
}

function deployRedis(): Deployment {
  const open = () => openRedis(redisUrl ?? '', 20_000, createLogger('silent'));
  const connections = [open(), open(), open(), open()] as const;
  const [first, ...others] = connections.map(connection => createRedisSessionStore(connection, now));
  if (!first) throw new Error('there is no store');
  return {
    stores: [first, ...others],
    close: () => Promise.all(connections.map(connection => connection.close())),
  };
}

const forms: [string, () => Deployment][] = [['in this process', deployTwin]];
if (redisUrl) forms.push(['in Redis', deployRedis]);

describe.each(forms)('a session store %s', (_form, deploy) => {
  let deployment: Deployment;
  let store: SessionStore;
  let userId: number;
  beforeAll(() => {
    deployment = deploy();
    store = deployment.stores[0];
  });
  beforeEach(() => {
    userId = newUserId();
  });
  afterAll(() => deployment.close());

  /** The store of one process after the other. */
  function storeOf(turn: number): SessionStore {
    return deployment.stores[turn % deployment.stores.length] ?? store;
  }

  async function started(limit = 0, epoch = NO_EPOCH, user = userId): Promise<Session> {
    time += 1;
    const session = newSession(user);
    expect(await store.start(session, epoch, limit)).not.toBeNull();
    return session;
  }

  async function living(sessions: Session[]): Promise<Session[]> {
    const alive = await Promise.all(sessions.map(session => store.isAllowed(tokenOf(session))));
    return sessions.filter((_, i) => alive[i]);
  }

  describe('start', () => {
    it('allows exactly the token it was given', async () => {
      const session = newSession(userId);
      expect(await store.isAllowed(tokenOf(session))).toBe(false);
      expect(await store.start(session, NO_EPOCH, 1)).toBe(0);
      expect(await store.isAllowed(tokenOf(session))).toBe(true);
      expect(await store.isAllowed({ ...tokenOf(session), jti: randomUUID() })).toBe(false);
      expect(await store.isAllowed({ ...tokenOf(session), userId: newUserId() })).toBe(false);
    });

    it.each([
      [1, [0, 1, 1, 1, 1], 1],
      [2, [0, 0, 1, 1, 1], 2],
      [3, [0, 0, 0, 1, 1], 3],
      [0, [0, 0, 0, 0, 0], 5],
    ])('with the limit %i ends the oldest', async (limit, ended, left) => {
      const sessions: Session[] = [];
      const answers: (number | null)[] = [];
      for (let i = 0; i < ended.length; i++) {
        time += 1;
        const session = newSession(userId);
        sessions.push(session);
        answers.push(await store.start(session, NO_EPOCH, limit));
      }
      expect(answers).toEqual(ended);
      expect(await living(sessions)).toEqual(sessions.slice(-left));
    });

    it('ends all that are too many when the limit has become smaller', async () => {
      const earlier = [await started(), await started(), await started(), await started()];
      time += 1;
      const session = newSession(userId);
      expect(await store.start(session, NO_EPOCH, 2)).toBe(3);
      expect(await living([...earlier, session])).toEqual([earlier[3], session]);
    });

    it('counts by age, however long the sessions live', async () => {
      const longest = newSession(userId, 2 * LIFE_MS);
      await store.start(longest, NO_EPOCH, 2);
      const second = await started(2);
      const third = await started(2);
      expect(await living([longest, second, third])).toEqual([second, third]);
    });

    it('does not count what was ended', async () => {
      const first = await started(2);
      const second = await started(2);
      await store.end(userId, first.id);
      time += 1;
      const third = newSession(userId);
      expect(await store.start(third, NO_EPOCH, 2)).toBe(0);
      expect(await living([first, second, third])).toEqual([second, third]);
    });

    it("leaves other users' sessions alone", async () => {
      const other = await started(1, NO_EPOCH, newUserId());
      await started(1);
      await started(1);
      expect(await living([other])).toEqual([other]);
    });

    it.each([1, 3])('keeps to the limit %i under 1,000 simultaneous starts', async limit => {
      const sessions = Array.from({ length: 1000 }, () => newSession(userId));
      const ended = await Promise.all(
        sessions.map((session, i) => storeOf(i).start(session, NO_EPOCH, limit)),
      );
      expect((await living(sessions)).length).toBe(limit);
      expect(ended.reduce<number>((sum, count) => sum + (count ?? Number.NaN), 0)).toBe(1000 - limit);
    });

    it('keeps everything of 1,000 simultaneous starts without a limit', async () => {
      const sessions = Array.from({ length: 1000 }, () => newSession(userId));
      const ended = await Promise.all(sessions.map((session, i) => storeOf(i).start(session, NO_EPOCH, 0)));
      expect(ended.every(count => count === 0)).toBe(true);
      expect((await living(sessions)).length).toBe(1000);
    });
  });

  describe('end', () => {
    it('ends the one session, and tells whether there was one', async () => {
      const kept = await started();
      const session = await started();
      expect(await store.end(userId, session.id)).toBe(true);
      expect(await living([kept, session])).toEqual([kept]);
      expect(await store.end(userId, session.id)).toBe(false);
      expect(await store.end(userId, randomUUID())).toBe(false);
    });

    it("does not end another user's session", async () => {
      const session = await started();
      expect(await store.end(newUserId(), session.id)).toBe(false);
      expect(await living([session])).toEqual([session]);
    });

    it('is told to one of 50 simultaneous callers', async () => {
      const session = await started();
      const told = await Promise.all(
        Array.from({ length: 50 }, (_, i) => storeOf(i).end(userId, session.id)),
      );
      expect(told.filter(Boolean).length).toBe(1);
    });
  });

  describe('epochs', () => {
    it('are the same until one is closed', async () => {
      const epoch = await store.epoch(userId);
      await started(1, epoch ?? 'none');
      expect(await store.epoch(userId)).toBe(epoch);
      expect(await storeOf(1).epoch(userId)).toBe(epoch);
    });

    it('close: every session is ended and counted, no epoch is left', async () => {
      const sessions = [await started(), await started(), await started()];
      const closed = await store.close(userId, NO_EPOCH);
      expect(closed).toEqual({ epoch: expect.any(String), ended: 3 });
      expect(await living(sessions)).toEqual([]);
      expect(await store.epoch(userId)).toBeNull();
      expect(await storeOf(1).epoch(userId)).toBeNull();
    });

    it('closed: refuses the start of everyone but the holder, who opens the next', async () => {
      const closed = await store.close(userId, NO_EPOCH);
      const refused = newSession(userId);
      expect(await store.start(refused, NO_EPOCH, 0)).toBeNull();
      expect(await store.start(refused, randomUUID(), 0)).toBeNull();
      expect(await store.isAllowed(tokenOf(refused))).toBe(false);
      expect(await store.close(userId, NO_EPOCH)).toBeNull();

      const session = await started(1, closed?.epoch);
      expect(await living([session])).toEqual([session]);
      const next = await store.epoch(userId);
      expect(next).toEqual(expect.any(String));
      expect([NO_EPOCH, closed?.epoch]).not.toContain(next);
    });

    it('past: nobody can start or close in one again, nor its holder', async () => {
      const closed = await store.close(userId, NO_EPOCH);
      const session = await started(0, closed?.epoch);
      for (const past of [NO_EPOCH, closed?.epoch ?? '']) {
        const refused = newSession(userId);
        expect(await store.start(refused, past, 0)).toBeNull();
        expect(await store.isAllowed(tokenOf(refused))).toBe(false);
        expect(await store.close(userId, past)).toBeNull();
      }
      expect(await living([session])).toEqual([session]);
    });

    it('a refused start ends no other session', async () => {
      const closed = await store.close(userId, NO_EPOCH);
      const session = await started(1, closed?.epoch);
      expect(await store.start(newSession(userId), NO_EPOCH, 1)).toBeNull();
      expect(await living([session])).toEqual([session]);
    });

    it('go on: the next one is used and closed like the first', async () => {
      const closed = await store.close(userId, NO_EPOCH);
      const first = await started(0, closed?.epoch);
      const next = (await store.epoch(userId)) ?? '';
      const second = await started(0, next);
      expect(await living([first, second])).toEqual([first, second]);
      const again = await store.close(userId, next);
      expect(again?.ended).toBe(2);
      expect(again?.epoch).not.toBe(closed?.epoch);
      expect(await living([first, second])).toEqual([]);
    });

    it('belong to one user', async () => {
      const otherId = newUserId();
      const other = await started(0, NO_EPOCH, otherId);
      await store.close(userId, NO_EPOCH);
      expect(await store.epoch(otherId)).toBe(NO_EPOCH);
      expect(await living([other])).toEqual([other]);
      expect(await living([await started(0, NO_EPOCH, otherId)])).toHaveLength(1);
    });

    it('are closed by one of 50 simultaneous callers', async () => {
      const closed = await Promise.all(
        Array.from({ length: 50 }, (_, i) => storeOf(i).close(userId, NO_EPOCH)),
      );
      expect(closed.filter(Boolean).length).toBe(1);
    });

    it('close over simultaneous starts: none of them lives on', async () => {
      for (let round = 0; round < 20; round++) {
        const user = newUserId();
        const sessions = Array.from({ length: 40 }, () => newSession(user));
        const starts = sessions.map((session, i) => async () => storeOf(i).start(session, NO_EPOCH, 0));
        const close = async () => void expect(await storeOf(round).close(user, NO_EPOCH)).not.toBeNull();
        await Promise.all([...starts.slice(0, 20), close, ...starts.slice(20)].map(act => act()));
        expect(await living(sessions)).toEqual([]);
      }
    });
  });
});

describe('a session store in this process, as time goes by', () => {
  let store: SessionStore;
  beforeEach(() => {
    store = createMemorySessionStore(now);
  });

  it('allows a token up to its last millisecond', async () => {
    const session = newSession(1, 5000);
    await store.start(session, NO_EPOCH, 0);
    time += 4999;
    expect(await store.isAllowed(tokenOf(session))).toBe(true);
    time += 1;
    expect(await store.isAllowed(tokenOf(session))).toBe(false);
    expect(await store.end(1, session.id)).toBe(false);
  });

  it('counts an expired session neither against the limit nor as ended', async () => {
    const long = newSession(1, 9000);
    await store.start(long, NO_EPOCH, 2);
    await store.start(newSession(1, 5000), NO_EPOCH, 2);
    time += 5000;
    expect(await store.start(newSession(1), NO_EPOCH, 2)).toBe(0);
    expect(await store.isAllowed(tokenOf(long))).toBe(true);
    time += 4000;
    expect((await store.close(1, NO_EPOCH))?.ended).toBe(1);
  });

  it('keeps an epoch closed for its time, then lets logins in again', async () => {
    await store.close(1, NO_EPOCH);
    time += EPOCH_TTL_MS - 1;
    expect(await store.epoch(1)).toBeNull();
    time += 1;
    expect(await store.epoch(1)).toBe(NO_EPOCH);
    expect(await store.start(newSession(1), NO_EPOCH, 1)).toBe(0);
  });

  it('forgets users who have nothing left, and no others', async () => {
    const kept = newSession(5, LIFE_MS);
    await store.start(kept, NO_EPOCH, 0);
    for (let user = 10; user < 2500; user++) await store.start(newSession(user, 1000), NO_EPOCH, 0);
    time += 1000;
    for (let user = 3000; user < 6000; user++) await store.start(newSession(user, 1000), NO_EPOCH, 0);
    expect(await store.isAllowed(tokenOf(kept))).toBe(true);
  });
});

describe.skipIf(!redisUrl)('what a session store leaves in Redis', () => {
  const admin = createClient({ url: redisUrl ?? undefined });
  let deployment: Deployment;
  let store: SessionStore;
  let userId: number;
  beforeAll(async () => {
    await admin.connect();
    deployment = deployRedis();
    store = checked(deployment.stores[0]);
  });
  beforeEach(() => {
    userId = newUserId();
    traces = [String(userId)];
  });
  afterAll(async () => {
    admin.destroy();
    await deployment.close();
  });

  /** By what a key of this test can be known: the user and each session's names. */
  let traces: string[] = [];

  async function keysLeft(): Promise<string[]> {
    const keys = await admin.keys('*');
    return keys.filter(key => traces.some(trace => key.includes(trace))).sort();
  }

  async function expectTimesToLive(): Promise<void> {
    for (const key of await keysLeft())
      expect({ key, ttl: await admin.pTTL(key) }).not.toEqual({ key, ttl: -1 });
  }

  /** The store, with a look after each operation for keys that would stay for ever. */
  function checked(inner: SessionStore): SessionStore {
    return {
      epoch: id => inner.epoch(id).finally(expectTimesToLive),
      start: (session, epoch, limit) => {
        traces.push(session.id, session.jti);
        return inner.start(session, epoch, limit).finally(expectTimesToLive);
      },
      isAllowed: token => inner.isAllowed(token).finally(expectTimesToLive),
      end: (id, sid) => inner.end(id, sid).finally(expectTimesToLive),
      close: (id, epoch) => inner.close(id, epoch).finally(expectTimesToLive),
    };
  }

  it('is the key of the token, `allow`, for as long as the token lives', async () => {
    const session = newSession(userId);
    const before = performance.now();
    await store.start(session, NO_EPOCH, 1);
    const key = `jwt:${userId}:${session.jti}`;
    expect(await admin.get(key)).toBe('allow');
    const ttl = await admin.pTTL(key);
    const passed = performance.now() - before;
    expect(ttl).toBeLessThanOrEqual(LIFE_MS);
    expect(ttl).toBeGreaterThanOrEqual(LIFE_MS - passed - 5);
  });

  it('is a hash and an index entry that go with the token', async () => {
    const session = newSession(userId);
    await store.start(session, NO_EPOCH, 1);
    const hash = `session:${userId}:${session.id}`;
    const index = `sessions:${userId}`;
    expect(await keysLeft()).toEqual([`jwt:${userId}:${session.jti}`, hash, index].sort());
    expect(await admin.hGetAll(hash)).toMatchObject({
      jti: session.jti,
      device_name: 'a phone',
      ip: '192.0.2.1',
      user_agent: 'a browser',
      created_at: String(session.createdAt),
      expires_at: String(session.expiresAt),
    });
    expect(await admin.zRangeWithScores(index, 0, -1)).toEqual([
      { value: session.id, score: session.expiresAt },
    ]);
    for (const key of [hash, index]) {
      const ttl = await admin.pTTL(key);
      expect(ttl).toBeLessThanOrEqual(LIFE_MS);
      expect(ttl).toBeGreaterThanOrEqual(await admin.pTTL(`jwt:${userId}:${session.jti}`));
    }
  });

  it('is an index that outlives the longest session, whichever came last', async () => {
    await store.start(newSession(userId, 2 * LIFE_MS), NO_EPOCH, 0);
    await store.start(newSession(userId, LIFE_MS), NO_EPOCH, 0);
    expect(await admin.pTTL(`sessions:${userId}`)).toBeGreaterThan(LIFE_MS);
    await store.start(newSession(userId, 3 * LIFE_MS), NO_EPOCH, 0);
    expect(await admin.pTTL(`sessions:${userId}`)).toBeGreaterThan(2 * LIFE_MS);
  });

  it('is nothing after the only session ended', async () => {
    const session = newSession(userId);
    await store.start(session, NO_EPOCH, 1);
    await store.end(userId, session.id);
    expect(await keysLeft()).toEqual([]);
  });

  it('is nothing of an ended session beside another', async () => {
    const kept = newSession(userId);
    await store.start(kept, NO_EPOCH, 0);
    const before = await keysLeft();
    const session = newSession(userId);
    await store.start(session, NO_EPOCH, 0);
    await store.end(userId, session.id);
    expect(await keysLeft()).toEqual(before);
    expect(await admin.zRange(`sessions:${userId}`, 0, -1)).toEqual([kept.id]);
  });

  it('is nothing of the sessions that a limit ended', async () => {
    let latest = newSession(userId);
    for (let i = 0; i < 5; i++) {
      time += 1;
      latest = newSession(userId);
      await store.start(latest, NO_EPOCH, 1);
    }
    expect(await keysLeft()).toEqual(
      [`jwt:${userId}:${latest.jti}`, `session:${userId}:${latest.id}`, `sessions:${userId}`].sort(),
    );
    expect(await admin.zRange(`sessions:${userId}`, 0, -1)).toEqual([latest.id]);
  });

  it('is the name of the epoch alone after a close, with its time to live', async () => {
    for (let i = 0; i < 3; i++) await store.start(newSession(userId), NO_EPOCH, 0);
    const closed = await store.close(userId, NO_EPOCH);
    expect(await keysLeft()).toEqual([`epoch:${userId}`]);
    const ttl = await admin.pTTL(`epoch:${userId}`);
    expect(ttl).toBeGreaterThan(EPOCH_TTL_MS / 2);
    expect(ttl).toBeLessThanOrEqual(EPOCH_TTL_MS);

    const session = newSession(userId);
    await store.start(session, closed?.epoch ?? '', 1);
    expect(await admin.pTTL(`epoch:${userId}`)).toBeGreaterThan(EPOCH_TTL_MS / 2);
    expect(await keysLeft()).toHaveLength(4);
    await store.end(userId, session.id);
    expect(await keysLeft()).toEqual([`epoch:${userId}`]);
  });

  it('is nothing of a start that was refused', async () => {
    await store.close(userId, NO_EPOCH);
    await store.start(newSession(userId), NO_EPOCH, 1);
    expect(await keysLeft()).toEqual([`epoch:${userId}`]);
  });

  it('expires with the token, all of it', async () => {
    const session = newSession(userId, 30);
    await store.start(session, NO_EPOCH, 1);
    await expect.poll(() => store.isAllowed(tokenOf(session)), { interval: 5, timeout: 20_000 }).toBe(false);
    await expect.poll(keysLeft, { interval: 5, timeout: 20_000 }).toEqual([]);
  });

  it('does not count an expired session against the limit or as ended', async () => {
    const long = newSession(userId);
    const short = newSession(userId, 30);
    await store.start(long, NO_EPOCH, 2);
    await store.start(short, NO_EPOCH, 2);
    await expect.poll(() => store.isAllowed(tokenOf(short)), { interval: 5, timeout: 20_000 }).toBe(false);
    time += 30;
    const latest = newSession(userId);
    expect(await store.start(latest, NO_EPOCH, 2)).toBe(0);
    expect(await admin.zCard(`sessions:${userId}`)).toBe(2);
    expect(await store.isAllowed(tokenOf(long))).toBe(true);
  });

  it('is no index that grows with every session there ever was', async () => {
    const kept = newSession(userId);
    const short = newSession(userId, 30);
    await store.start(kept, NO_EPOCH, 0);
    await store.start(short, NO_EPOCH, 0);
    await expect.poll(() => store.isAllowed(tokenOf(short)), { interval: 5, timeout: 20_000 }).toBe(false);
    time += 30;
    const latest = newSession(userId);
    await store.start(latest, NO_EPOCH, 0);
    const index = await admin.zRange(`sessions:${userId}`, 0, -1);
    expect(index.sort()).toEqual([kept.id, latest.id].sort());
  });

  it.each([1, 3])('is exactly %i tokens and sessions after 1,000 simultaneous starts', async limit => {
    const sessions = Array.from({ length: 1000 }, () => newSession(userId));
    await Promise.all(
      sessions.map((session, i) => {
        traces.push(session.id, session.jti);
        return deployment.stores[i % deployment.stores.length]?.start(session, NO_EPOCH, limit);
      }),
    );
    const left = await keysLeft();
    const alive = sessions.filter(({ jti }) => left.includes(`jwt:${userId}:${jti}`));
    expect(alive).toHaveLength(limit);
    expect(left).toEqual(
      [
        ...alive.flatMap(({ id, jti }) => [`jwt:${userId}:${jti}`, `session:${userId}:${id}`]),
        `sessions:${userId}`,
      ].sort(),
    );
    const index = await admin.zRange(`sessions:${userId}`, 0, -1);
    expect(index.sort()).toEqual(alive.map(({ id }) => id).sort());
    await expectTimesToLive();
  });
});
