import { randomInt, randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { GENERATION_TTL_MS } from '../../../models/session/generation.ts';
import { createMemorySessionStore } from '../../../models/session/session.memory.ts';
import { createRedisSessionStore } from '../../../models/session/session.redis.ts';
import type { ListPosition, Session, SessionStore } from '../../../models/session/session.store.ts';
import { openRedisOf, type RedisForm, redisForms } from '../../support/redis.forms.ts';

const LIFE_MS = 3_600_000;
const NO_GENERATION = '';

const { redisUrl } = inject('engines');
/** A clock that stands still until a test moves it. */
let time = Date.now();
const now = () => time;

function newUserId(): number {
  return randomInt(10 ** 9, 10 ** 14);
}

function newSession(userId: number, lifeMs = LIFE_MS): Session {
  const device = { name: 'a phone', ip: '192.0.2.1', userAgent: 'a browser' };
  const iat = Math.floor(now() / 1000);
  const exp = Math.ceil((now() + lifeMs) / 1000);
  const times = { createdAt: now(), lastUsedAt: now(), expiresAt: exp * 1000 };
  return {
    id: randomUUID(),
    userId,
    device,
    amr: ['pwd', 'otp', 'mfa'],
    tokenInfo: { jti: randomUUID(), iat, exp },
    refreshHash: 'first',
    ...times,
  };
}

const listed = ({ amr, tokenInfo, refreshHash, ...session }: Session) => session;
const tokenOf = ({ id, userId, tokenInfo }: Session) => ({ userId, sessionId: id, jti: tokenInfo.jti });

const atMost = (sessions: number) => ({ sessions, policy: 'evict' as const });

/** A store as the processes of one deployment hold it. */
interface Deployment {
  stores: [SessionStore, ...SessionStore[]];
  close(): Promise<unknown>;
}

async function deployTwin(): Promise<Deployment> {
  return { stores: [createMemorySessionStore(now)], close: async () => {} };
}

async function deployRedis(start: () => Promise<RedisForm>): Promise<Deployment> {
  const { settings, stop } = await start();
  const open = () => openRedisOf(settings);
  const connections = [open(), open(), open(), open()] as const;
  const [first, ...others] = connections.map(connection => createRedisSessionStore(connection, now));
  if (!first) throw new Error('there is no store');
  return {
    stores: [first, ...others],
    async close() {
      await Promise.all(connections.map(connection => connection.close()));
      await stop();
    },
  };
}

const redis = redisForms({ password: true, tls: true });
const forms: [string, () => Promise<Deployment>][] = [
  ['in this process', deployTwin],
  ...redis.map(([name, start]): (typeof forms)[number] => [name, () => deployRedis(start)]),
];

describe.each(forms)('a session store %s', (_form, deploy) => {
  let deployment: Deployment;
  let store: SessionStore;
  let userId: number;
  beforeAll(async () => {
    deployment = await deploy();
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

  async function started(limit = 0, generation = NO_GENERATION, user = userId): Promise<Session> {
    time += 1;
    const session = newSession(user);
    expect(await store.start(session, generation, atMost(limit))).toBeInstanceOf(Array);
    return session;
  }

  async function living(sessions: Session[]): Promise<Session[]> {
    const alive = await Promise.all(sessions.map(session => store.isAllowed(tokenOf(session))));
    return sessions.filter((_, i) => alive[i]);
  }

  const client = { ip: '198.51.100.9', userAgent: 'another browser' };

  function rotation(session: Session, presentedHash: string, successorHash: string) {
    const tokenInfo = { ...session.tokenInfo, jti: randomUUID() };
    const { id: sessionId, expiresAt } = session;
    const generation = NO_GENERATION;
    return { userId, sessionId, presentedHash, successorHash, generation, tokenInfo, client, expiresAt };
  }

  describe('start', () => {
    it('allows exactly the token it was given', async () => {
      const session = newSession(userId);
      expect(await store.isAllowed(tokenOf(session))).toBe(false);
      expect(await store.start(session, NO_GENERATION, atMost(1))).toEqual([]);
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
      const answers: number[] = [];
      for (let i = 0; i < ended.length; i++) {
        time += 1;
        const session = newSession(userId);
        sessions.push(session);
        answers.push((await store.start(session, NO_GENERATION, atMost(limit))).length);
      }
      expect(answers).toEqual(ended);
      expect(await living(sessions)).toEqual(sessions.slice(-left));
    });

    it('ends all that are too many when the limit has become smaller', async () => {
      const earlier = [await started(), await started(), await started(), await started()];
      time += 1;
      const session = newSession(userId);
      expect(await store.start(session, NO_GENERATION, atMost(2))).toHaveLength(3);
      expect(await living([...earlier, session])).toEqual([earlier[3], session]);
    });

    it('counts by age, however long the sessions live', async () => {
      const longest = newSession(userId, 2 * LIFE_MS);
      await store.start(longest, NO_GENERATION, atMost(2));
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
      expect(await store.start(third, NO_GENERATION, atMost(2))).toEqual([]);
      expect(await living([first, second, third])).toEqual([second, third]);
    });

    it("leaves other users' sessions alone", async () => {
      const other = await started(1, NO_GENERATION, newUserId());
      await started(1);
      await started(1);
      expect(await living([other])).toEqual([other]);
    });

    it.each([
      [1, 1000],
      [3, 1000],
      [1000, 1500],
    ])('keeps to the limit %i under %i simultaneous starts', async (limit, count) => {
      const sessions = Array.from({ length: count }, () => newSession(userId));
      const ended = await Promise.all(
        sessions.map((session, i) => storeOf(i).start(session, NO_GENERATION, atMost(limit))),
      );
      expect((await living(sessions)).length).toBe(limit);
      expect(new Set(ended.flat()).size).toBe(count - limit);
      expect(await store.list(userId, 2000)).toHaveLength(limit);
    });

    it('keeps everything of 1,000 simultaneous starts without a limit', async () => {
      const sessions = Array.from({ length: 1000 }, () => newSession(userId));
      const ended = await Promise.all(
        sessions.map((session, i) => storeOf(i).start(session, NO_GENERATION, atMost(0))),
      );
      expect(ended.flat()).toEqual([]);
      expect((await living(sessions)).length).toBe(1000);
    });
  });

  describe('rotate', () => {
    it('swaps the token, and gives a repeat what the first one got', async () => {
      const session = await started();
      const first = rotation(session, 'first', 'second');
      const { tokenInfo, expiresAt } = first;
      const { amr } = session;
      expect(await store.rotate(first, 10_000, 'session')).toEqual({
        outcome: 'rotated',
        tokenInfo,
        amr,
        expiresAt,
      });
      expect(await living([session, { ...session, tokenInfo }])).toEqual([{ ...session, tokenInfo }]);
      const repeat = rotation(session, 'first', 'second');
      expect(await store.rotate(repeat, 10_000, 'session')).toEqual({
        outcome: 'repeated',
        tokenInfo,
        amr,
        expiresAt,
      });
      expect(await store.isAllowed({ userId, sessionId: session.id, jti: repeat.tokenInfo.jti })).toBe(false);
    });

    it('takes the previous token for a reuse from the end of the leeway on', async () => {
      const session = await started();
      await store.rotate(rotation(session, 'first', 'second'), 10_000, 'session');
      time += 10_000;
      expect(await store.rotate(rotation(session, 'first', 'second'), 10_000, 'session')).toEqual({
        outcome: 'reused',
        ended: [session.id],
        lastUse: client,
      });
      expect(await store.list(userId, 100)).toEqual([]);
    });

    it('takes one from two generations back for a reuse at once, for the user where that is the scope', async () => {
      const other = await started();
      const session = await started();
      await store.rotate(rotation(session, 'first', 'second'), 10_000, 'user');
      await store.rotate(rotation(session, 'second', 'third'), 10_000, 'user');
      const reused = await store.rotate(rotation(session, 'first', 'second'), 10_000, 'user');
      expect(reused.outcome === 'reused' && reused.ended.sort()).toEqual([other.id, session.id].sort());
      expect(await living([other, session])).toEqual([]);
    });

    it('ends 1,000 sessions for a reuse where the user is the scope', async () => {
      const sessions = await Promise.all(Array.from({ length: 1000 }, () => started()));
      const [session] = sessions;
      const reused = await store.rotate(rotation(session ?? newSession(userId), 'spent', ''), 0, 'user');
      expect(reused.outcome === 'reused' && reused.ended.sort()).toEqual(sessions.map(({ id }) => id).sort());
      expect(await living(sessions)).toEqual([]);
      expect(await store.list(userId, 100)).toEqual([]);
    });

    it('knows no session that was ended, nor one of another user', async () => {
      const session = await started();
      const foreign = { ...rotation(session, 'first', 'second'), userId: newUserId() };
      expect(await store.rotate(foreign, 10_000, 'session')).toEqual({ outcome: 'unknown' });
      await store.end(userId, session.id);
      const late = rotation(session, 'first', 'second');
      expect(await store.rotate(late, 10_000, 'session')).toEqual({ outcome: 'unknown' });
      expect(await store.isAllowed({ userId, sessionId: session.id, jti: late.tokenInfo.jti })).toBe(false);
    });

    it('rotates once for 50 simultaneous callers', async () => {
      const session = await started();
      const results = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          storeOf(i).rotate(rotation(session, 'first', 'second'), 10_000, 'session'),
        ),
      );
      expect(results.filter(({ outcome }) => outcome === 'rotated')).toHaveLength(1);
      expect(results.filter(({ outcome }) => outcome === 'repeated')).toHaveLength(49);
      expect(new Set(results.map(result => 'tokenInfo' in result && result.tokenInfo.jti)).size).toBe(1);
    });
  });

  describe('list', () => {
    it('gives back what was started, the latest first, and what changed since', async () => {
      const first = await started();
      const second = await started();
      expect(await store.list(userId, 100)).toEqual([listed(second), listed(first)]);
      time += 60_000;
      await store.touch(userId, first.id);
      await store.touch(userId, randomUUID());
      const [, touched] = await store.list(userId, 100);
      expect(touched).toMatchObject({ id: first.id, lastUsedAt: now() });
      time += 59_999;
      await store.touch(userId, first.id);
      expect((await store.list(userId, 100))[1]?.lastUsedAt).toBe(touched?.lastUsedAt);
    });

    describe.each([
      ['few', 7],
      ['many', 47],
    ])('of %s sessions', (_count, count) => {
      /** The ids of all pages, and the length of each page. */
      async function pages(limit: number, between = async (_page: number) => {}) {
        const ids: string[] = [];
        const lengths: number[] = [];
        let after: ListPosition | undefined;
        do {
          const page = await storeOf(lengths.length).list(userId, limit, after);
          ids.push(...page.map(({ id }) => id));
          after = page.at(-1);
          lengths.push(page.length);
          expect(lengths.length, 'pages').toBeLessThan(100);
          await between(lengths.length);
        } while (after);
        return { ids, lengths };
      }
      /** Starts this many, in threes at the same millisecond; the latest first. */
      async function startMany(): Promise<Session[]> {
        const sessions: Session[] = [];
        for (let i = 0; i < count; i++) {
          if (i % 3 === 0) time += 1;
          const session = newSession(userId, i % 4 === 1 ? 2 * LIFE_MS : LIFE_MS);
          await store.start(session, NO_GENERATION, atMost(0));
          sessions.push(session);
        }
        return sessions.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
      }
      const idsOf = (sessions: Session[]) => sessions.map(({ id }) => id);

      it.each([1, 2, 5, 100])('comes in pages of %i, by id within a millisecond', async limit => {
        const sessions = await startMany();
        const { ids, lengths } = await pages(limit);
        expect(ids).toEqual(idsOf(sessions));
        expect(lengths.every((length, i) => i >= Math.floor(count / limit) || length === limit)).toBe(true);
      });

      it('repeats and leaves out nothing while sessions start and end between pages', async () => {
        const sessions = await startMany();
        const ended = sessions.filter((_, i) => i % 4 === 0);
        const { ids } = await pages(2, async page => {
          await started();
          // Also the session of the cursor: 0, 4, 8 … are shown before, between and after.
          const session = ended[page - 1];
          if (session) await storeOf(page).end(userId, session.id);
        });
        expect(new Set(ids).size).toBe(ids.length);
        const lasting = idsOf(sessions.filter(session => !ended.includes(session)));
        expect(ids.filter(id => lasting.includes(id))).toEqual(lasting);
        expect(ids.every(id => idsOf(sessions).includes(id))).toBe(true);
      });

      it('goes on where the session of the cursor was, and where every later one was', async () => {
        const sessions = await startMany();
        const [first, second] = [sessions[3], sessions[4]];
        await store.end(userId, first?.id ?? '');
        const rest = idsOf(sessions.slice(4));
        expect((await store.list(userId, 100, first)).map(({ id }) => id)).toEqual(rest);
        await store.endAll(userId, second?.id);
        expect((await store.list(userId, 100, first)).map(({ id }) => id)).toEqual([second?.id]);
        expect(await store.list(userId, 100, second)).toEqual([]);
      });

      it('leaves out what has expired between two pages', async () => {
        const sessions = await startMany();
        const page = await store.list(userId, 2);
        time += LIFE_MS + 1000;
        const left = sessions.slice(2).filter(({ expiresAt }) => expiresAt > now());
        expect(left.length).toBeGreaterThan(0);
        expect(left.length).toBeLessThan(count / 2);
        expect((await store.list(userId, 100, page[1])).map(({ id }) => id)).toEqual(idsOf(left));
        const next = await started(left.length + 2);
        expect((await store.list(userId, 1))[0]?.id).toBe(next.id);
      });

      it('has the device of each', async () => {
        const [session] = await startMany();
        expect(await store.find(userId, session?.id ?? '')).toMatchObject(session ?? {});
        expect(await store.find(userId, randomUUID())).toBeNull();
        expect(await store.find(newUserId(), session?.id ?? '')).toBeNull();
      });
    });

    it('does not bring back a session by touching it', async () => {
      const session = await started();
      await store.end(userId, session.id);
      time += 60_000;
      await store.touch(userId, session.id);
      expect(await store.list(userId, 100)).toEqual([]);
    });
  });

  describe('endAll', () => {
    it('ends all but the kept one, and with them the generation', async () => {
      const sessions = [await started(), await started(), await started()];
      const ended = await store.endAll(userId, sessions[1]?.id);
      expect(ended.count).toBe(2);
      expect((await ended.ids).sort()).toEqual([sessions[0]?.id, sessions[2]?.id].sort());
      expect(await living(sessions)).toEqual([sessions[1]]);
      expect(await store.start(newSession(userId), NO_GENERATION, atMost(0))).toBe('stale');
      expect(await store.generation(userId)).toEqual(expect.any(String));
    });

    it.each([25, 1000])('ends %i, or all but the kept one', async count => {
      const sessions = await Promise.all(Array.from({ length: count }, () => started()));
      const kept = sessions[7];
      const ended = await store.endAll(userId, kept?.id);
      expect(await living(sessions)).toEqual([kept]);
      expect(ended.count).toBe(count - 1);
      expect((await ended.ids).sort()).toEqual(
        sessions
          .filter(session => session !== kept)
          .map(({ id }) => id)
          .sort(),
      );
      expect((await store.list(userId, 100)).map(({ id }) => id)).toEqual([kept?.id]);

      const generation = (await store.generation(userId)) ?? '';
      const more = await Promise.all(Array.from({ length: count }, () => started(0, generation)));
      expect((await store.endAll(userId)).count).toBe(count + 1);
      expect(await living([...more, ...sessions])).toEqual([]);
      expect(await store.list(userId, 100)).toEqual([]);
    });

    it('ends 1,000 over simultaneous starts and refreshes: none of them lives on, none is told twice', async () => {
      const sessions = await Promise.all(Array.from({ length: 1000 }, () => started()));
      const starting = Array.from({ length: 100 }, () => newSession(userId));
      const rotations = sessions.slice(0, 200).map(session => rotation(session, 'first', 'second'));
      const acts: (() => Promise<unknown>)[] = starting.map((session, i) => async () => {
        const result = await storeOf(i).start(session, NO_GENERATION, atMost(0));
        return result === 'stale' ? null : session.id;
      });
      acts.push(...rotations.map((each, i) => () => storeOf(i).rotate(each, 10_000, 'session')));
      acts.sort(() => Math.random() - 0.5);
      const all = Promise.all(acts.slice(0, 150).map(act => act()));
      const ended = await store.endAll(userId);
      const results = [...(await all), ...(await Promise.all(acts.slice(150).map(act => act())))];

      expect(await living([...sessions, ...starting])).toEqual([]);
      for (const { sessionId, tokenInfo } of rotations)
        expect(await store.isAllowed({ userId, sessionId, jti: tokenInfo.jti })).toBe(false);
      expect(await store.list(userId, 100)).toEqual([]);
      const begun = results.filter(result => typeof result === 'string');
      expect((await ended.ids).sort()).toEqual([...sessions.map(({ id }) => id), ...begun].sort());
      const late = await store.rotate(
        rotations[0] ?? rotation(newSession(userId), '', ''),
        10_000,
        'session',
      );
      expect(late).toEqual({ outcome: 'unknown' });
    });

    it('ends each session once for 20 simultaneous callers', async () => {
      const sessions = await Promise.all(Array.from({ length: 60 }, () => started()));
      const ended = await Promise.all(Array.from({ length: 20 }, (_, i) => storeOf(i).endAll(userId)));
      const ids = (await Promise.all(ended.map(each => each.ids))).flat();
      expect(ids.sort()).toEqual(sessions.map(({ id }) => id).sort());
    });

    it('leaves a blocked generation blocked', async () => {
      const blocked = await store.blockLogins(userId, NO_GENERATION);
      await store.endAll(userId);
      expect(await store.generation(userId)).toBeNull();
      expect(await living([await started(1, blocked?.generation)])).toHaveLength(1);
    });
  });

  describe('deny', () => {
    it('refuses the start over the limit and ends nothing', async () => {
      const sessions = [await started(), await started()];
      expect(await store.start(newSession(userId), NO_GENERATION, { sessions: 2, policy: 'deny' })).toBe(
        'full',
      );
      expect(await living(sessions)).toEqual(sessions);
      await store.end(userId, sessions[0]?.id ?? '');
      expect(await store.start(newSession(userId), NO_GENERATION, { sessions: 2, policy: 'deny' })).toEqual(
        [],
      );
    });

    it('keeps to the limit under 100 simultaneous starts', async () => {
      const limit = { sessions: 3, policy: 'deny' as const };
      const results = await Promise.all(
        Array.from({ length: 100 }, (_, i) => storeOf(i).start(newSession(userId), NO_GENERATION, limit)),
      );
      expect(results.filter(result => result === 'full')).toHaveLength(97);
      expect(await store.list(userId, 100)).toHaveLength(3);
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

  describe('revokeTokens', () => {
    const next = (session: Session, generation: string | null) => ({
      ...{ userId, sessionId: session.id, presentedHash: 'first', successorHash: 'second', generation },
      tokenInfo: { ...session.tokenInfo, jti: randomUUID() },
      client: { ip: '', userAgent: '' },
      expiresAt: session.expiresAt,
    });

    it('takes every token off the allowlist and keeps the sessions', async () => {
      const sessions = [await started(), await started(), await started()];
      const other = await started(0, NO_GENERATION, newUserId());
      await store.revokeTokens(userId, NO_GENERATION);
      expect(await living([...sessions, other])).toEqual([other]);
      expect((await store.list(userId, 100)).map(({ id }) => id).sort()).toEqual(
        sessions.map(({ id }) => id).sort(),
      );
      for (const session of sessions) {
        expect(await storeOf(1).find(userId, session.id)).toMatchObject({ tokenInfo: session.tokenInfo });
      }
    });

    it('keeps starts and refreshes out until its holder lets them in', async () => {
      const session = await started();
      const blocked = (await store.revokeTokens(userId, NO_GENERATION)) ?? '';
      expect(await store.generation(userId)).toBeNull();
      for (const generation of [NO_GENERATION, null, randomUUID()]) {
        expect(await storeOf(1).rotate(next(session, generation), 0, 'session')).toEqual({
          outcome: 'stale',
        });
      }
      expect(await store.start(newSession(userId), NO_GENERATION, atMost(0))).toBe('stale');
      expect(await store.revokeTokens(userId, NO_GENERATION)).toBeNull();

      await store.unblockLogins(userId, blocked);
      expect(await store.rotate(next(session, NO_GENERATION), 0, 'session')).toEqual({ outcome: 'stale' });
      const rotation = next(session, await store.generation(userId));
      expect(await store.rotate(rotation, 0, 'session')).toMatchObject({ outcome: 'rotated' });
      const renewed = { ...session, tokenInfo: rotation.tokenInfo };
      expect(await living([session, renewed])).toEqual([renewed]);
      expect(await store.find(userId, session.id)).toMatchObject({ tokenInfo: rotation.tokenInfo });
    });

    it('leaves sessions that can be ended, and says nothing of ended ones', async () => {
      const session = await started();
      const blocked = (await store.revokeTokens(userId, NO_GENERATION)) ?? '';
      await store.unblockLogins(userId, blocked);
      expect(await store.end(userId, session.id)).toBe(true);
      expect(await store.find(userId, session.id)).toBeNull();
    });
  });

  describe('generations', () => {
    it('are the same until one is blocked', async () => {
      const generation = await store.generation(userId);
      await started(1, generation ?? 'none');
      expect(await store.generation(userId)).toBe(generation);
      expect(await storeOf(1).generation(userId)).toBe(generation);
    });

    it('blocked: every session is ended and counted, no generation is left', async () => {
      const sessions = [await started(), await started(), await started()];
      const blocked = await store.blockLogins(userId, NO_GENERATION);
      expect(blocked?.ended.sort()).toEqual(sessions.map(({ id }) => id).sort());
      expect(await living(sessions)).toEqual([]);
      expect(await store.generation(userId)).toBeNull();
      expect(await storeOf(1).generation(userId)).toBeNull();
    });

    it('blocked: ends 1,000 sessions', async () => {
      const sessions = await Promise.all(Array.from({ length: 1000 }, () => started()));
      const blocked = await store.blockLogins(userId, NO_GENERATION);
      expect(blocked?.ended.sort()).toEqual(sessions.map(({ id }) => id).sort());
      expect(await living(sessions)).toEqual([]);
      const next = await started(1, blocked?.generation);
      expect((await store.list(userId, 100)).map(({ id }) => id)).toEqual([next.id]);
    });

    it('blocked: refuses the start of everyone but the holder, who opens the next', async () => {
      const blocked = await store.blockLogins(userId, NO_GENERATION);
      const refused = newSession(userId);
      expect(await store.start(refused, NO_GENERATION, atMost(0))).toBe('stale');
      expect(await store.start(refused, randomUUID(), atMost(0))).toBe('stale');
      expect(await store.isAllowed(tokenOf(refused))).toBe(false);
      expect(await store.blockLogins(userId, NO_GENERATION)).toBeNull();

      const session = await started(1, blocked?.generation);
      expect(await living([session])).toEqual([session]);
      const next = await store.generation(userId);
      expect(next).toEqual(expect.any(String));
      expect([NO_GENERATION, blocked?.generation]).not.toContain(next);
    });

    it('unblocked: the next is open, and the blocked one is worth nothing any more', async () => {
      const blocked = await store.blockLogins(userId, NO_GENERATION);
      await store.unblockLogins(userId, NO_GENERATION);
      expect(await store.generation(userId)).toBeNull();
      await store.unblockLogins(userId, blocked?.generation ?? '');
      expect(await store.generation(userId)).toEqual(expect.any(String));
      expect(await store.start(newSession(userId), blocked?.generation ?? '', atMost(1))).toBe('stale');
      expect(await store.start(newSession(userId), NO_GENERATION, atMost(1))).toBe('stale');
    });

    it('past: nobody can start or block in one again, nor its holder', async () => {
      const blocked = await store.blockLogins(userId, NO_GENERATION);
      const session = await started(0, blocked?.generation);
      for (const past of [NO_GENERATION, blocked?.generation ?? '']) {
        const refused = newSession(userId);
        expect(await store.start(refused, past, atMost(0))).toBe('stale');
        expect(await store.isAllowed(tokenOf(refused))).toBe(false);
        expect(await store.blockLogins(userId, past)).toBeNull();
      }
      expect(await living([session])).toEqual([session]);
    });

    it('a refused start ends no other session', async () => {
      const blocked = await store.blockLogins(userId, NO_GENERATION);
      const session = await started(1, blocked?.generation);
      expect(await store.start(newSession(userId), NO_GENERATION, atMost(1))).toBe('stale');
      expect(await living([session])).toEqual([session]);
    });

    it('go on: the next one is used and blocked like the first', async () => {
      const blocked = await store.blockLogins(userId, NO_GENERATION);
      const first = await started(0, blocked?.generation);
      const next = (await store.generation(userId)) ?? '';
      const second = await started(0, next);
      expect(await living([first, second])).toEqual([first, second]);
      const again = await store.blockLogins(userId, next);
      expect(again?.ended).toHaveLength(2);
      expect(again?.generation).not.toBe(blocked?.generation);
      expect(await living([first, second])).toEqual([]);
    });

    it('belong to one user', async () => {
      const otherId = newUserId();
      const other = await started(0, NO_GENERATION, otherId);
      await store.blockLogins(userId, NO_GENERATION);
      expect(await store.generation(otherId)).toBe(NO_GENERATION);
      expect(await living([other])).toEqual([other]);
      expect(await living([await started(0, NO_GENERATION, otherId)])).toHaveLength(1);
    });

    it('are blocked by one of 50 simultaneous callers', async () => {
      const blocked = await Promise.all(
        Array.from({ length: 50 }, (_, i) => storeOf(i).blockLogins(userId, NO_GENERATION)),
      );
      expect(blocked.filter(Boolean).length).toBe(1);
    });

    it('are blocked over simultaneous starts: none of them lives on', async () => {
      for (let round = 0; round < 20; round++) {
        const user = newUserId();
        const sessions = Array.from({ length: 40 }, () => newSession(user));
        const starts = sessions.map(
          (session, i) => async () => storeOf(i).start(session, NO_GENERATION, atMost(0)),
        );
        const block = async () =>
          void expect(await storeOf(round).blockLogins(user, NO_GENERATION)).not.toBeNull();
        await Promise.all([...starts.slice(0, 20), block, ...starts.slice(20)].map(act => act()));
        expect(await living(sessions)).toEqual([]);
      }
    });
  });
});

describe('a session store in this process, as time goes by', () => {
  let store: SessionStore;
  beforeEach(() => {
    time = Math.ceil(time / 1000) * 1000;
    store = createMemorySessionStore(now);
  });

  it('allows a token up to its last millisecond', async () => {
    const session = newSession(1, 5000);
    await store.start(session, NO_GENERATION, atMost(0));
    time += 4999;
    expect(await store.isAllowed(tokenOf(session))).toBe(true);
    time += 1;
    expect(await store.isAllowed(tokenOf(session))).toBe(false);
    expect(await store.end(1, session.id)).toBe(false);
  });

  it('counts an expired session neither against the limit nor as ended', async () => {
    const long = newSession(1, 9000);
    await store.start(long, NO_GENERATION, atMost(2));
    await store.start(newSession(1, 5000), NO_GENERATION, atMost(2));
    time += 5000;
    expect(await store.start(newSession(1), NO_GENERATION, atMost(2))).toEqual([]);
    expect(await store.isAllowed(tokenOf(long))).toBe(true);
    time += 4000;
    expect((await store.blockLogins(1, NO_GENERATION))?.ended).toHaveLength(1);
  });

  it('keeps a generation blocked for its time, then lets logins in again', async () => {
    await store.blockLogins(1, NO_GENERATION);
    time += GENERATION_TTL_MS - 1;
    expect(await store.generation(1)).toBeNull();
    time += 1;
    expect(await store.generation(1)).toBe(NO_GENERATION);
    expect(await store.start(newSession(1), NO_GENERATION, atMost(1))).toEqual([]);
  });

  it('forgets users who have nothing left, and no others', async () => {
    const kept = newSession(5, LIFE_MS);
    await store.start(kept, NO_GENERATION, atMost(0));
    for (let user = 10; user < 2500; user++)
      await store.start(newSession(user, 1000), NO_GENERATION, atMost(0));
    time += 1000;
    for (let user = 3000; user < 6000; user++)
      await store.start(newSession(user, 1000), NO_GENERATION, atMost(0));
    expect(await store.isAllowed(tokenOf(kept))).toBe(true);
  });
});

describe.skipIf(!redisUrl)('what a session store leaves in Redis', () => {
  /** A database in which the sessions of other suites are not: each look reads the names of all its keys. */
  const url = new URL('/9', redisUrl ?? 'redis://localhost').href;
  const admin = createClient({ url });
  let deployment: Deployment;
  let store: SessionStore;
  let userId: number;
  beforeAll(async () => {
    await admin.connect();
    deployment = await deployRedis(async () => ({
      settings: { REDIS_URL: url },
      stop: async () => {},
    }));
    store = checked(deployment.stores[0]);
  });
  beforeEach(() => {
    time = Math.ceil(time / 1000) * 1000;
    userId = newUserId();
    traces = new Set([String(userId)]);
  });
  afterAll(async () => {
    admin.destroy();
    await deployment.close();
  });

  /** By what a key of this test can be known: the user and each session's names. */
  let traces = new Set<string>();

  async function keysLeft(): Promise<string[]> {
    const keys = await admin.keys('*');
    const namesIn = (key: string) => key.match(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|\d+/g) ?? [];
    return keys.filter(key => namesIn(key).some(name => traces.has(name))).sort();
  }

  async function expectTimesToLive(): Promise<void> {
    for (const key of await keysLeft())
      expect({ key, ttl: await admin.pTTL(key) }).not.toEqual({ key, ttl: -1 });
  }

  /** The store, with a look after each operation for keys that would stay for ever. */
  function checked(inner: SessionStore): SessionStore {
    return {
      generation: id => inner.generation(id).finally(expectTimesToLive),
      start: (session, generation, limit) => {
        for (const name of [session.id, session.tokenInfo.jti]) traces.add(name);
        return inner.start(session, generation, limit).finally(expectTimesToLive);
      },
      isAllowed: token => inner.isAllowed(token).finally(expectTimesToLive),
      end: (id, sid) => inner.end(id, sid).finally(expectTimesToLive),
      blockLogins: (id, generation) => inner.blockLogins(id, generation).finally(expectTimesToLive),
      revokeTokens: (id, generation) => inner.revokeTokens(id, generation).finally(expectTimesToLive),
      endAll: (id, kept) => inner.endAll(id, kept).finally(expectTimesToLive),
      rotate: (...args) => inner.rotate(...args).finally(expectTimesToLive),
      unblockLogins: (id, generation) => inner.unblockLogins(id, generation).finally(expectTimesToLive),
      touch: (id, sid) => inner.touch(id, sid).finally(expectTimesToLive),
      list: (...args) => inner.list(...args),
      find: (id, sid) => inner.find(id, sid),
    };
  }

  it('is the key of the token, `allow`, for as long as the token lives', async () => {
    const session = newSession(userId);
    const before = performance.now();
    await store.start(session, NO_GENERATION, atMost(1));
    const key = `jwt:${userId}:${session.tokenInfo.jti}`;
    expect(await admin.get(key)).toBe('allow');
    const ttl = await admin.pTTL(key);
    const passed = performance.now() - before;
    expect(ttl).toBeLessThanOrEqual(LIFE_MS);
    expect(ttl).toBeGreaterThanOrEqual(LIFE_MS - passed - 5);
  });

  it('is a hash and an index entry that go with the token', async () => {
    const session = newSession(userId);
    await store.start(session, NO_GENERATION, atMost(1));
    const hash = `session:${userId}:${session.id}`;
    const index = `sessions:${userId}`;
    expect(await keysLeft()).toEqual([`jwt:${userId}:${session.tokenInfo.jti}`, hash, index].sort());
    expect(await admin.hGetAll(hash)).toMatchObject({
      jti: session.tokenInfo.jti,
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
      expect(ttl).toBeGreaterThanOrEqual(await admin.pTTL(`jwt:${userId}:${session.tokenInfo.jti}`));
    }
  });

  it('is an index that outlives the longest session, whichever came last', async () => {
    await store.start(newSession(userId, 2 * LIFE_MS), NO_GENERATION, atMost(0));
    await store.start(newSession(userId, LIFE_MS), NO_GENERATION, atMost(0));
    expect(await admin.pTTL(`sessions:${userId}`)).toBeGreaterThan(LIFE_MS);
    await store.start(newSession(userId, 3 * LIFE_MS), NO_GENERATION, atMost(0));
    expect(await admin.pTTL(`sessions:${userId}`)).toBeGreaterThan(2 * LIFE_MS);
  });

  it('is nothing after the only session ended', async () => {
    const session = newSession(userId);
    await store.start(session, NO_GENERATION, atMost(1));
    await store.end(userId, session.id);
    expect(await keysLeft()).toEqual([]);
  });

  it('is nothing of an ended session beside another', async () => {
    const kept = newSession(userId);
    await store.start(kept, NO_GENERATION, atMost(0));
    const before = await keysLeft();
    const session = newSession(userId);
    await store.start(session, NO_GENERATION, atMost(0));
    await store.end(userId, session.id);
    expect(await keysLeft()).toEqual(before);
    expect(await admin.zRange(`sessions:${userId}`, 0, -1)).toEqual([kept.id]);
  });

  it('is nothing of the sessions that a limit ended', async () => {
    let latest = newSession(userId);
    for (let i = 0; i < 5; i++) {
      time += 1;
      latest = newSession(userId);
      await store.start(latest, NO_GENERATION, atMost(1));
    }
    expect(await keysLeft()).toEqual(
      [
        `jwt:${userId}:${latest.tokenInfo.jti}`,
        `session:${userId}:${latest.id}`,
        `sessions:${userId}`,
      ].sort(),
    );
    expect(await admin.zRange(`sessions:${userId}`, 0, -1)).toEqual([latest.id]);
  });

  it('is two indexes more of a user with many sessions, until these end', async () => {
    const sessions = Array.from({ length: 23 }, () => newSession(userId));
    for (const session of sessions) await store.start(session, NO_GENERATION, atMost(0));
    const ids = sessions.map(({ id }) => id).sort();
    expect((await admin.zRange(`started:${userId}`, 0, -1)).sort()).toEqual(ids);
    expect(await admin.hGetAll(`tokens:${userId}`)).toEqual(
      Object.fromEntries(sessions.map(({ id, tokenInfo }) => [id, `jwt:${userId}:${tokenInfo.jti}`])),
    );
    const long = newSession(userId, 3 * LIFE_MS);
    await store.start(long, NO_GENERATION, atMost(0));
    for (const index of ['sessions', 'started', 'tokens'])
      expect(await admin.pTTL(`${index}:${userId}`)).toBeGreaterThan(2 * LIFE_MS);
    for (const { id } of [...sessions, long]) await store.end(userId, id);
    expect(await keysLeft()).toEqual([]);
  });

  it('is nothing of many sessions that ended together, a moment later', async () => {
    const sessions = Array.from({ length: 250 }, () => newSession(userId));
    const start = deployment.stores[1]?.start;
    await Promise.all(sessions.map(session => start?.(session, NO_GENERATION, atMost(0))));
    for (const { id, tokenInfo } of sessions) for (const name of [id, tokenInfo.jti]) traces.add(name);
    await store.endAll(userId);
    await expect.poll(keysLeft).toEqual([`generation:${userId}`]);
  });

  it('is no entry of expired sessions in the indexes of a user with many', async () => {
    for (let i = 0; i < 130; i++)
      await deployment.stores[1]?.start(newSession(userId), NO_GENERATION, atMost(0));
    const entries = () =>
      Promise.all([
        admin.zCard(`sessions:${userId}`),
        admin.zCard(`started:${userId}`),
        admin.hLen(`tokens:${userId}`),
      ]);
    expect(await entries()).toEqual([130, 130, 130]);
    time += LIFE_MS + 1000;
    // It would go if the indexes were made anew.
    await admin.hSet(`tokens:${userId}`, 'mark', '');
    // Each login removes at most 100.
    const first = newSession(userId);
    expect(await deployment.stores[1]?.start(first, NO_GENERATION, atMost(2))).toEqual([]);
    expect(await entries()).toEqual([31, 31, 32]);
    await admin.hDel(`tokens:${userId}`, 'mark');
    expect((await store.list(userId, 100)).map(({ id }) => id)).toEqual([first.id]);
    time += 1;
    expect(await deployment.stores[1]?.start(newSession(userId), NO_GENERATION, atMost(1))).toEqual([
      first.id,
    ]);
    // Few are in no index of their start.
    expect(await entries()).toEqual([1, 0, 0]);
  });

  it('is the name of the generation alone after logins were blocked, with its time to live', async () => {
    for (let i = 0; i < 3; i++) await store.start(newSession(userId), NO_GENERATION, atMost(0));
    const blocked = await store.blockLogins(userId, NO_GENERATION);
    expect(await keysLeft()).toEqual([`generation:${userId}`]);
    const ttl = await admin.pTTL(`generation:${userId}`);
    expect(ttl).toBeGreaterThan(GENERATION_TTL_MS / 2);
    expect(ttl).toBeLessThanOrEqual(GENERATION_TTL_MS);

    const session = newSession(userId);
    await store.start(session, blocked?.generation ?? '', atMost(1));
    expect(await admin.pTTL(`generation:${userId}`)).toBeGreaterThan(GENERATION_TTL_MS / 2);
    expect(await keysLeft()).toHaveLength(4);
    await store.end(userId, session.id);
    expect(await keysLeft()).toEqual([`generation:${userId}`]);
  });

  it('is nothing of a start that was refused', async () => {
    await store.blockLogins(userId, NO_GENERATION);
    await store.start(newSession(userId), NO_GENERATION, atMost(1));
    expect(await keysLeft()).toEqual([`generation:${userId}`]);
  });

  it('expires with the token, all of it', async () => {
    const session = newSession(userId, 30);
    await store.start(session, NO_GENERATION, atMost(1));
    await expect.poll(() => store.isAllowed(tokenOf(session))).toBe(false);
    await expect.poll(keysLeft).toEqual([]);
  });

  it('does not count an expired session against the limit or as ended', async () => {
    const long = newSession(userId);
    const short = newSession(userId, 30);
    await store.start(long, NO_GENERATION, atMost(2));
    await store.start(short, NO_GENERATION, atMost(2));
    await expect.poll(() => store.isAllowed(tokenOf(short))).toBe(false);
    time += 1030;
    const latest = newSession(userId);
    expect(await store.start(latest, NO_GENERATION, atMost(2))).toEqual([]);
    expect(await admin.zCard(`sessions:${userId}`)).toBe(2);
    expect(await store.isAllowed(tokenOf(long))).toBe(true);
  });

  it('is no index that grows with every session there ever was', async () => {
    const kept = newSession(userId);
    const short = newSession(userId, 30);
    await store.start(kept, NO_GENERATION, atMost(0));
    await store.start(short, NO_GENERATION, atMost(0));
    await expect.poll(() => store.isAllowed(tokenOf(short))).toBe(false);
    time += 1030;
    const latest = newSession(userId);
    await store.start(latest, NO_GENERATION, atMost(0));
    const index = await admin.zRange(`sessions:${userId}`, 0, -1);
    expect(index.sort()).toEqual([kept.id, latest.id].sort());
  });

  it.each([1, 3])('is exactly %i tokens and sessions after 1,000 simultaneous starts', async limit => {
    const sessions = Array.from({ length: 1000 }, () => newSession(userId));
    await Promise.all(
      sessions.map((session, i) => {
        for (const name of [session.id, session.tokenInfo.jti]) traces.add(name);
        return deployment.stores[i % deployment.stores.length]?.start(session, NO_GENERATION, atMost(limit));
      }),
    );
    const left = await keysLeft();
    const alive = sessions.filter(({ tokenInfo }) => left.includes(`jwt:${userId}:${tokenInfo.jti}`));
    expect(alive).toHaveLength(limit);
    expect(left).toEqual(
      [
        ...alive.flatMap(({ id, tokenInfo }) => [
          `jwt:${userId}:${tokenInfo.jti}`,
          `session:${userId}:${id}`,
        ]),
        `sessions:${userId}`,
      ].sort(),
    );
    const index = await admin.zRange(`sessions:${userId}`, 0, -1);
    expect(index.sort()).toEqual(alive.map(({ id }) => id).sort());
    await expectTimesToLive();
  });
});
