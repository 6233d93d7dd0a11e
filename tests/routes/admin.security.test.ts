import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Administrator,
  loginWithCode,
  operator,
  registerAdmin,
  turnOnSecondFactor,
} from '../support/administrator.ts';
import { backends, type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';

const SID = '6b1d2c6e-3c1f-4d4e-9a55-0f3a5c0f7d11';

/** Every endpoint of the admin API, for a user. */
const endpoints: [method: string, path: string, body?: object][] = [
  ['GET', 'users'],
  ['GET', 'users/:id'],
  ['POST', 'users/:id/lock'],
  ['POST', 'users/:id/unlock'],
  ['POST', 'users/:id/reset-password'],
  ['PUT', 'users/:id/roles', { roles: ['admin'] }],
  ['DELETE', 'users/:id/sessions'],
  ['DELETE', `users/:id/sessions/${SID}`],
  ['DELETE', 'users/:id/mfa'],
  ['GET', 'audit'],
  ['GET', 'audit?format=csv'],
];

describe.each(backends)('the guards of the admin API on %s stores', backend => {
  let app: TestApp;
  let admin: Administrator;
  let user: RegisteredUser;
  let before: unknown;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true' });
    admin = await registerAdmin(app);
    user = await app.register();
    await turnOnSecondFactor(app, user);
    before = await state();
  });
  afterAll(() => app.close());

  /** What the endpoints could change of the user. */
  async function state() {
    const { user: details, ...flags } = await app.models.admin.user(user.id, operator);
    const { sessions } = await app.models.admin.sessions(user.id, 100);
    const [links] = await app.stores.db.query('SELECT COUNT(*) AS n FROM account_links WHERE user_id = ?', [
      user.id,
    ]);
    return { email: details.email, flags, sessions: sessions.map(({ id }) => id), links: Number(links?.n) };
  }

  const send = (
    [method, path, body]: (typeof endpoints)[number],
    options: { token?: string; sign?: boolean },
  ) =>
    app.call(method, `/auth/admin/${path.replace(':id', String(user.id))}`, {
      ...options,
      ...(body && { body }),
    });

  describe.each(endpoints)('%s /auth/admin/%s', (...endpoint) => {
    const [method] = endpoint;

    it('needs a token', async () => {
      const { status, body } = await send(endpoint, {});
      expect([status, body.code]).toEqual([401, 'token_missing']);
    });

    if (method !== 'GET') {
      it('needs a signature', async () => {
        const { status, body } = await send(endpoint, { token: admin.token, sign: false });
        expect([status, body.code]).toEqual([401, 'signature_missing']);
      });
    }

    it('needs the role, before the input is looked at', async () => {
      const token = await app.login(await app.register());
      const [, path] = endpoint;
      const { status, body } = await send([method, path, method === 'PUT' ? { roles: 1 } : undefined], {
        token,
      });
      expect([status, body.code]).toEqual([403, 'insufficient_role']);
    });

    it('refuses a role that was taken away a moment ago', async () => {
      const former = await registerAdmin(app);
      await app.models.roles.set(former.id, () => [], operator);
      const { status, body } = await send(endpoint, { token: former.token });
      expect([status, body.code, body.reason]).toEqual([401, 'token_revoked', 'roles_changed']);
    });
  });

  it('refused everything without a change', async () => {
    expect(await state()).toEqual(before);
  });

  it.each(['0', '-1', '1e30', '1.5', '01', 'abc', '%20', '9'.repeat(40), '1%3B', 'NaN', '2147483647'])(
    'take no %s for an id',
    async id => {
      for (const [method, path, body] of endpoints) {
        if (!path.includes(':id')) continue;
        const response = await app.call(method, `/auth/admin/${path.replace(':id', id)}`, {
          token: admin.token,
          ...(body && { body }),
        });
        expect([method, path, response.status, response.body.code]).toEqual([method, path, 404, 'not_found']);
      }
    },
  );

  it.each([
    'users?limit=0',
    'users?limit=101',
    'users?limit=1e2',
    'users?limit=2&limit=3',
    'users?search=',
    `users?search=${'a'.repeat(101)}`,
    'users?search=%00',
    'users?search=a&search=b',
    'users?cursor=',
    'users?cursor=id.-1',
    'users?cursor=address.1',
    'users?search=a&cursor=address.2000000000',
    'users?search=a&cursor=name.1',
    'users?cursor=id.1%20OR%201=1',
    `users?cursor=id.${'9'.repeat(70)}`,
    'audit?user_id=0',
    'audit?user_id=1e30',
    'audit?user_id=x',
    'audit?event=x',
    'audit?event=Login.failed',
    "audit?event=a.b'--",
    'audit?ip=1.2.3',
    'audit?ip=%25',
    'audit?from=yesterday',
    'audit?from=1767254400000',
    'audit?from=2026-02-30',
    'audit?from=1969-12-31',
    'audit?to=9999-12-31T23:59:59-23:00',
    'audit?to=+010000-01-01T00:00:00Z',
    'audit?cursor=1',
    'audit?cursor=9999999999999999.1',
    'audit?cursor=1.0',
    'audit?format=xml',
    'audit?format=csv&limit=0',
  ])('refuse %s', async query => {
    const { status, body } = await app.call('GET', `/auth/admin/${query}`, { token: admin.token });
    expect([status, body.code]).toEqual([422, 'validation_failed']);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('make no administrator over HTTP: %s', async method => {
    const ordinary = await app.register();
    const token = await app.login(ordinary);
    const holders = async () =>
      (await app.models.roles.list()).map(({ userId, role }) => `${userId} ${role}`);
    const earlier = await holders();
    for (const path of [
      'profile',
      'register',
      'login',
      'admin',
      'admin/users',
      `admin/users/${ordinary.id}/roles`,
    ])
      await app.call(method, `/auth/${path}`, {
        token,
        body: { roles: ['admin'], role: 'admin', ...ordinary },
      });
    expect(await holders()).toEqual(earlier);
  });

  it('knows the same paths under /api/auth, and no other methods', async () => {
    const { token } = admin;
    expect((await app.call('GET', '/api/auth/admin/users', { token })).status).toBe(200);
    const { status, headers } = await app.call('PATCH', '/auth/admin/users', { token });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
});

describe.each(backends)('ADMIN_REQUIRE_MFA on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true', ADMIN_REQUIRE_MFA: 'true' });
  });
  afterAll(() => app.close());

  it('refuses a session without a second factor everywhere, and one in which it was only turned on', async () => {
    const admin = await registerAdmin(app);
    const secret = await turnOnSecondFactor(app, admin);
    for (const [method, path, body] of endpoints) {
      const response = await app.call(method, `/auth/admin/${path.replace(':id', String(admin.id))}`, {
        token: admin.token,
        ...(body && { body }),
      });
      expect([path, response.status, response.body.code]).toEqual([path, 403, 'mfa_required_for_admin']);
      expect(response.body.detail).toContain('/auth/mfa/totp');
    }
    const token = await loginWithCode(app, admin, secret);
    expect((await app.call('GET', '/auth/admin/users', { token })).status).toBe(200);
  });

  it('asks for the role first', async () => {
    const token = await app.login(await app.register());
    expect((await app.call('GET', '/auth/admin/users', { token })).body.code).toBe('insufficient_role');
  });
});

it.each([
  [{ NODE_ENV: 'production', ALLOW_EMBEDDED: 'true' }, 403],
  [{ NODE_ENV: 'production', ALLOW_EMBEDDED: 'true', ADMIN_REQUIRE_MFA: 'false' }, 200],
  [{}, 200],
])('%o without a second factor is %i', async (settings, status) => {
  const app = await startTestApp('embedded', settings);
  try {
    const { token } = await registerAdmin(app);
    expect((await app.call('GET', '/auth/admin/users', { token })).status).toBe(status);
  } finally {
    await app.close();
  }
});

it('stands behind the limit of the address', async () => {
  const app = await startTestApp('embedded', { RATE_LIMIT: 'on', RATE_LIMIT_MAX: '4' });
  try {
    const { id, token } = await registerAdmin(app);
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) {
      statuses.push((await app.call('POST', `/auth/admin/users/${id}/unlock`, { token })).status);
    }
    expect(statuses).toEqual([204, 204, 204, 204, 429]);
  } finally {
    await app.close();
  }
});
