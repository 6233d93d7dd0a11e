import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasRealStores, type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';

/** What a request asks of the stores before its response. */
interface Asked {
  /** Commands and scripts. */
  commands: number;
  /** How often it waits for Redis: commands that are sent side by side wait once. */
  trips: number;
  statements: number;
}

/** No response waits for the rows of the audit trail, or for the removal of what closed accounts have left. */
const BACKGROUND = / (audit_log|erasures) /;

describe.runIf(hasRealStores)('what a request asks of Redis and of the database', () => {
  let app: TestApp;
  let user: RegisteredUser;
  let token: string;
  let second: string;
  let refreshToken: string;
  beforeAll(async () => {
    const noMails = { deliver: null };
    app = await startTestApp('real', { RATE_LIMIT: 'on', CONCURRENT_LOGIN: 'true' }, {}, noMails);
    user = await app.register();
    const { body } = await login();
    token = body.access_token;
    refreshToken = body.refresh_token;
    second = await app.login(user);
    // The first use of a session is written down.
    for (const used of [token, second]) await app.call('GET', '/auth/profile', { token: used });
  });
  afterAll(() => app.close());

  const login = () =>
    app.call('POST', '/auth/login', { body: { email: user.email, password: user.password } });

  async function askedBy(request: () => Promise<{ status: number }>): Promise<Asked> {
    const { db, redis } = app.stores;
    if (!redis) throw new Error('The app has no Redis.');
    const asked: Asked = { commands: 0, trips: 0, statements: 0 };
    let open = 0;
    for (const method of ['run', 'eval'] as const) {
      const send = redis[method] as (...args: unknown[]) => Promise<unknown>;
      vi.spyOn(redis, method).mockImplementation((...args: unknown[]) => {
        asked.commands++;
        if (open++ === 0) asked.trips++;
        return send(...args).finally(() => open--);
      });
    }
    for (const method of ['query', 'run'] as const) {
      const send = db[method] as (...args: unknown[]) => Promise<never>;
      vi.spyOn(db, method).mockImplementation((...args: unknown[]) => {
        if (!BACKGROUND.test(String(args[0]))) asked.statements++;
        return send(...args);
      });
    }
    const { status } = await request();
    expect(status).toBeLessThan(300);
    return { ...asked };
  }

  it.for<[string, () => Promise<{ status: number }>, Asked]>([
    [
      'GET /auth/profile',
      () => app.call('GET', '/auth/profile', { token }),
      { commands: 1, trips: 1, statements: 1 },
    ],
    [
      'GET /auth/verify',
      () => app.call('GET', '/auth/verify', { token }),
      { commands: 1, trips: 1, statements: 1 },
    ],
    [
      'GET /auth/sessions',
      () => app.call('GET', '/auth/sessions', { token }),
      { commands: 2, trips: 2, statements: 0 },
    ],
    ['POST /auth/login', login, { commands: 5, trips: 4, statements: 1 }],
    [
      'POST /auth/refresh',
      () => app.call('POST', '/auth/refresh', { body: { refresh_token: refreshToken } }),
      { commands: 3, trips: 3, statements: 1 },
    ],
    [
      'POST /auth/logout',
      () => app.call('POST', '/auth/logout', { token: second }),
      { commands: 4, trips: 3, statements: 0 },
    ],
  ])('%s', async ([, request, asked]) => {
    expect(await askedBy(request)).toEqual(asked);
  });
});
