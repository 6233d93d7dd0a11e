import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActivityReader } from '../../models/audit/activity.sql.ts';
import { backends, startTestApp, type TestApp } from '../support/harness.ts';

interface Event {
  event: string;
  time: string;
  session_id?: string;
}

describe.each(backends)('activity on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true' });
  });
  afterAll(() => app.close());

  const activity = (token: string, query = '', path = '/auth/activity') =>
    app.call('GET', `${path}${query}`, { token });
  const names = (events: Event[]) => events.map(({ event }) => event);

  /** Someone with so many rows, which are written behind the requests. */
  async function active(logins: number) {
    const user = await app.register();
    const tokens: string[] = [];
    for (let i = 0; i < logins; i++) {
      app.clock.advance(1000);
      tokens.push(await app.login(user));
    }
    const token = tokens.at(-1) ?? '';
    await expect.poll(async () => (await activity(token, '?limit=100')).body.events.length).toBe(1 + logins);
    return { user, token };
  }

  it('refuses a long query, and never reads names that it does not know', async () => {
    const token = await app.login(await app.register());
    const long = await activity(token, `?${'a&'.repeat(7500)}`);
    expect(long.status).toBe(422);
    expect(long.body.errors).toEqual([{ path: '', message: 'the query must have at most 2048 characters' }]);
    expect((await activity(token, `?limit=1${'&a'.repeat(1000)}`)).status).toBe(200);
    expect((await activity(token, '?limit=1&limit=1')).status).toBe(422);
  });

  it('is the user’s own, newest first, with what a user may see', async () => {
    const { user } = await active(1);
    const other = await active(2);
    await app.call('POST', '/auth/login', {
      body: { email: user.email, password: 'wrong horse' },
      headers: { 'User-Agent': 'a phone' },
    });
    const token = await app.login(user);
    await expect.poll(async () => (await activity(token)).body.events.length).toBe(4);
    const { status, body } = await activity(token, '', '/api/auth/activity');
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['events']);
    expect(names(body.events)).toEqual([
      'session.started',
      'login.failed',
      'session.started',
      'account.registered',
    ]);
    const [started, failed] = body.events;
    expect(failed).toEqual({
      event: 'login.failed',
      time: new Date(app.clock.now()).toISOString(),
      ip: '127.0.0.1',
      user_agent: 'a phone',
      reason: 'wrong_password',
    });
    expect(Object.keys(started).sort()).toEqual(
      ['event', 'ip', 'reason', 'session_id', 'time', 'user_agent'].sort(),
    );
    expect((await activity(other.token)).body.events).toHaveLength(3);
  });

  it('knows the user agents of the logins before each login, whatever came after it', async () => {
    const user = await app.register();
    const agents = ['a laptop', 'a phone', 'a tablet'];
    const sessionIds: string[] = [];
    for (const agent of agents) {
      const body = { email: user.email, password: user.password };
      const login = await app.call('POST', '/auth/login', { body, headers: { 'User-Agent': agent } });
      sessionIds.push(login.body.session.id);
    }
    const { userAgentsBefore } = createActivityReader(app.stores.db);
    const before = async (sessionId: string) => (await userAgentsBefore(user.id, sessionId)).sort();
    // A login without a row yet is the latest.
    await expect.poll(() => before(randomUUID())).toEqual(agents);
    expect(await Promise.all(sessionIds.map(before))).toEqual([[], ['a laptop'], ['a laptop', 'a phone']]);
  });

  it('comes in pages that leave nothing out while more happens', async () => {
    const { user, token } = await active(24);
    const all: Event[] = (await activity(token, '?limit=100')).body.events;
    const first = await activity(token);
    expect(first.body.events).toHaveLength(20);
    await app.login(user);
    const second = await activity(token, `?cursor=${first.body.next}`);
    expect(second.body.next).toBeUndefined();
    expect([...first.body.events, ...second.body.events]).toEqual(all);

    const paged: Event[] = [];
    let query = `?cursor=${first.body.next}&limit=2`;
    for (;;) {
      const { body } = await activity(token, query);
      paged.push(...body.events);
      if (!body.next) break;
      query = `?limit=2&cursor=${body.next}&more=ignored`;
    }
    expect(paged).toEqual(second.body.events);
    expect((await activity(token, '?limit=1')).body.events).toHaveLength(1);
  });

  it('shows nothing of anybody else, whatever the cursor', async () => {
    const mine = await active(2);
    const theirs = await active(3);
    const { next } = (await activity(theirs.token, '?limit=1')).body;
    for (const cursor of [next, next.replace(/.$/, '0').replace(/^./, 'f'), '0'.repeat(8)]) {
      const { status, body } = await activity(mine.token, `?cursor=${cursor}`);
      expect([status, body.code, body.errors[0].path]).toEqual([422, 'validation_failed', 'cursor']);
    }
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=', 'limit'],
    ['limit=5&limit=5', 'limit'],
    ['limit=05', 'limit'],
    ['limit=%00', 'limit'],
    ['cursor=', 'cursor'],
    ["cursor=' OR 1=1", 'cursor'],
    ['cursor=a&cursor=b', 'cursor'],
    ['limit=x&cursor=x', 'limit', 'cursor'],
  ])('refuses ?%s', async (query, ...paths) => {
    const token = await app.login(await app.register());
    const { status, body } = await activity(token, `?${query.replaceAll(' ', '%20')}`);
    expect([status, body.code]).toEqual([422, 'validation_failed']);
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(paths);
  });

  it('needs a token', async () => {
    expect((await app.call('GET', '/auth/activity')).body.code).toBe('token_missing');
    expect((await app.call('POST', '/auth/activity', { body: {} })).status).toBe(405);
  });
});
