import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { backends, type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';
import { APP_URL, callbackOf, createUserAgent, providerSettings } from '../support/oidc.ts';
import { type RunningProvider, startOidcProvider } from '../support/oidcProvider.ts';
import { totp } from '../support/totp.ts';

describe.each(backends)('sign-in with a provider on %s stores', backend => {
  let provider: RunningProvider;
  let other: RunningProvider;
  let app: TestApp;
  let agent: ReturnType<typeof createUserAgent>;
  let number = 0;
  beforeAll(async () => {
    [provider, other] = await Promise.all([startOidcProvider(), startOidcProvider()]);
    other.claimsInIdToken = false;
    const OIDC_PROVIDERS = providerSettings({ local: provider, other });
    app = await startTestApp(backend, { APP_URL, OIDC_PROVIDERS });
    provider.serve([callbackOf(app, 'local'), callbackOf(app, 'local').replace('/auth', '/api/auth')]);
    other.serve([callbackOf(app, 'other')]);
  });
  afterAll(async () => {
    await app?.close();
    await provider?.stop();
    await other?.stop();
  });
  beforeEach(() => {
    agent = createUserAgent(app);
  });

  /** A new user of the provider, whom it logs in next. */
  function newcomer(claims: object = {}, at = provider): { sub: string; email: string } {
    const sub = `user-${++number}`;
    const email = `${sub}.${Math.random().toString(36).slice(2)}@example.com`;
    at.users[sub] = { email, email_verified: true, name: 'Ada', ...claims };
    at.loggedIn = sub;
    return { sub, email };
  }

  async function logIn(as = agent): Promise<{ token: string; user: { id: number; email: string } }> {
    const { status, body } = await as.token(await as.signIn('local'));
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    return { token: body.access_token, user: body.user };
  }

  /** Begins to link for the user of the token. */
  async function startLink(token: string, body: object, name = 'local'): Promise<string> {
    const response = await agent.call('POST', `/auth/oidc/${name}/link`, { token, body });
    if (response.status !== 200) throw new Error(`link was ${response.status} ${response.text}`);
    return response.body.authorization_url;
  }

  async function link(token: string, body: object, name = 'local'): Promise<URL> {
    return agent.callback(await agent.visit(await startLink(token, body, name)));
  }

  const identitiesOf = async (token: string) =>
    (await app.call('GET', '/auth/oidc/identities', { token })).body.identities;

  const unlink = (token: string, id: number) => app.call('DELETE', `/auth/oidc/identities/${id}`, { token });

  async function passwordOf(userId: number) {
    const [row] = await app.stores.db.query('SELECT password FROM users WHERE id = ?', [userId]);
    return row?.password;
  }

  /** The rows of the audit trail about a user, once so many are there. */
  async function auditOf(userId: number | null, event: string, count = 1) {
    const where = userId === null ? 'user_id IS NULL AND 0 < ?' : 'user_id = ?';
    const sql = `SELECT event, reason, detail FROM audit_log WHERE ${where} AND event = ? ORDER BY id`;
    const read = () => app.stores.db.query(sql, [userId ?? 1, event]);
    await expect.poll(async () => (await read()).length).toBeGreaterThanOrEqual(count);
    return read();
  }

  it('lists the providers', async () => {
    const response = await app.call('GET', '/auth/oidc');
    expect(response.body).toEqual({ providers: [{ name: 'local' }, { name: 'other' }] });
  });

  it('makes an account without a password at the first login, and finds it at the next', async () => {
    const { email } = newcomer({ name: '  Ada\u0007 L  ' });
    const page = await agent.signIn('local', `${APP_URL}/welcome?lang=en#top`);
    expect(page.href).toMatch(/^http:\/\/127\.0\.0\.1:9\/app\/welcome\?lang=en&code=[\w-]{43}#top$/);
    const { status, body } = await agent.token(page, { device_name: 'Laptop' });
    expect([status, body.user.email, body.user.name]).toEqual([200, email, 'Ada  L']);
    expect(await passwordOf(body.user.id)).toBeNull();
    expect((await app.call('GET', '/auth/profile', { token: body.access_token })).status).toBe(200);

    const again = await logIn(createUserAgent(app));
    expect(again.user.id).toBe(body.user.id);
    expect((await app.call('GET', '/auth/profile', { token: body.access_token })).body.code).toBe(
      'token_revoked', // CONCURRENT_LOGIN=false
    );
    const [registered] = await auditOf(body.user.id, 'account.registered');
    expect(JSON.parse(String(registered?.detail))).toEqual({ provider: 'local' });
    const [started] = await auditOf(body.user.id, 'session.started');
    expect(started?.reason).toBe('login');
    expect(JSON.parse(String(started?.detail))).toEqual({ device_name: 'Laptop', provider: 'local' });
    expect(app.mails.filter(({ to }) => to === email)).toEqual([]); // the address is verified already
  });

  it('asks the UserInfo endpoint for what the ID token does not have', async () => {
    const { email } = newcomer({}, other);
    const { body } = await agent.token(await agent.signIn('other'));
    expect(body.user.email).toBe(email);
  });

  it('works under /api/auth with cookies of its own', async () => {
    newcomer();
    const begun = await agent.call('GET', '/api/auth/oidc/local/start');
    expect(String(begun.headers['set-cookie'])).toContain('Path=/api/auth/oidc;');
    const page = await agent.callback(await agent.visit(String(begun.headers.location)));
    const body = { code: page.searchParams.get('code') };
    expect((await agent.call('POST', '/auth/oidc/token', { body })).status).toBe(401);
    expect((await agent.call('POST', '/api/auth/oidc/token', { body })).status).toBe(200);
  });

  it('keeps nothing secret in a URL, a log or a store', async () => {
    newcomer();
    const begun = await agent.call('GET', '/auth/oidc/local/start');
    const [cookie = ''] = ([] as string[]).concat(begun.headers['set-cookie'] ?? []);
    expect(cookie).toMatch(
      /^oidc_[0-9a-f]{16}=[\w.-]+; Max-Age=600; Path=\/auth\/oidc; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
    expect(begun.headers['referrer-policy']).toBe('no-referrer');
    expect(begun.text).toBe('');
    const url = new URL(String(begun.headers.location));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: provider.client.client_id,
      response_type: 'code',
      redirect_uri: callbackOf(app, 'local'),
      scope: 'openid email profile',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });

    const returned = await agent.call('GET', agent.pathOf(await agent.visit(url.href)));
    expect([returned.headers['referrer-policy'], returned.text]).toEqual(['no-referrer', '']);
    const page = new URL(String(returned.headers.location));
    const { body } = await agent.token(page);
    expect([...page.searchParams.keys()]).toEqual(['code']);
    const secrets = [
      ...[page.searchParams.get('code'), url.searchParams.get('state'), url.searchParams.get('nonce')],
      ...[body.access_token, provider.client.client_secret],
    ];
    for (const secret of secrets) expect(app.logged()).not.toContain(secret);
  });

  describe('an unknown identity', () => {
    it('is never linked silently to the account that has its address', async () => {
      const user = await app.register();
      newcomer({ email: user.email.toUpperCase() });
      const response = await agent.token(await agent.signIn('local'));
      expect([response.status, response.body.code]).toEqual([409, 'link_required']);
      const token = await app.login(user);
      expect(await identitiesOf(token)).toEqual([]);
      expect(await auditOf(null, 'login.failed')).toContainEqual(
        expect.objectContaining({ reason: 'link_required' }),
      );
    });

    it.each([
      ['is not verified', { email_verified: false }],
      ['is said to be verified by a text', { email_verified: 'true' }],
      ['is missing', { email: undefined }],
      ['is no address', { email: 'ada' }],
      ['is too long', { email: `${'a'.repeat(60)}@${'b'.repeat(60)}.com` }],
    ])('is refused when its address %s, whether somebody has the address or not', async (_, claims) => {
      for (const taken of [false, true]) {
        const { email } = newcomer(claims);
        if (taken) await app.register({ email });
        const response = await agent.token(await agent.signIn('local'));
        expect([response.status, response.body.code]).toEqual([403, 'email_unverified']);
      }
    });

    it('makes one account when it logs in ten times at once', async () => {
      for (let round = 0; round < 5; round++) {
        const { email } = newcomer();
        const agents = Array.from({ length: 10 }, () => createUserAgent(app));
        const pages = await Promise.all(agents.map(each => each.signIn('local')));
        const responses = await Promise.all(
          agents.map((each, i) => each.token(pages[i] ?? new URL(APP_URL))),
        );
        expect(responses.map(({ status }) => status)).toEqual(Array(10).fill(200));
        expect(new Set(responses.map(({ body }) => body.user.id)).size).toBe(1);
        const rows = await app.stores.db.query('SELECT id, password FROM users WHERE email = ?', [email]);
        expect(rows).toEqual([{ id: responses[0]?.body.user.id, password: null }]);
        const sessions = await Promise.all(
          responses.map(({ body }) => app.call('GET', '/auth/profile', { token: body.access_token })),
        );
        expect(sessions.filter(({ status }) => status === 200)).toHaveLength(1); // CONCURRENT_LOGIN=false
      }
    });

    it('continues where a process stopped in the middle of the first login', async () => {
      const { email } = newcomer();
      const page = await agent.signIn('local');
      const { db } = app.stores;
      const { run } = db;
      const stopBefore = (statement: string) => {
        db.run = async (sql, values) => {
          if (sql.startsWith(statement)) throw new Error('the process stops');
          return run(sql, values);
        };
      };
      let next = page;
      for (const statement of [
        'REPLACE INTO verified_emails',
        'INSERT INTO identities',
        'UPDATE users SET password',
      ]) {
        stopBefore(statement);
        expect((await agent.token(next)).status).toBe(500);
        db.run = run;
        next = await agent.signIn('local');
      }
      const { body } = await agent.token(next);
      expect(body.user.email).toBe(email);
      expect(await passwordOf(body.user.id)).toBeNull();
      const rows = await db.query('SELECT id FROM users WHERE email = ?', [email]);
      expect(rows).toHaveLength(1);
    });

    it('gets a name that the database can hold', async () => {
      const { email } = newcomer({ name: undefined });
      expect((await agent.token(await agent.signIn('local'))).body.user.name).toBe(email);
      newcomer({ name: '📱'.repeat(200) });
      expect((await agent.token(await agent.signIn('local'))).body.user.name).toBe('📱'.repeat(100));
    });
  });

  it('tells subjects apart to the last byte', async () => {
    const ids = [];
    for (const sub of ['Case', 'case', 'case ', 'c'.repeat(255)]) {
      provider.users[sub] = { email: `${Buffer.from(sub).toString('hex').slice(0, 40)}@example.com` };
      Object.assign(provider.users[sub] ?? {}, { email_verified: true });
      provider.loggedIn = sub;
      ids.push((await logIn(createUserAgent(app))).user.id);
    }
    expect(new Set(ids).size).toBe(4);
  });

  it('asks for the second factor, which an unlinked identity cannot pass', async () => {
    const user = await app.register();
    await app.verifyEmail(user);
    let token = await app.login(user);
    newcomer();
    expect((await link(token, { password: user.password })).searchParams.get('linked')).toBe('local');
    const { secret } = (
      await app.call('POST', '/auth/mfa/totp', { token, body: { password: user.password } })
    ).body;
    const nextCode = () => {
      app.clock.advance(30_000);
      return totp(secret, app.clock.now());
    };
    await app.call('POST', '/auth/mfa/totp/confirm', { token, body: { code: nextCode() } });

    const refused = await agent.token(await agent.signIn('local'), { device_name: 'Phone' });
    expect([refused.status, refused.body.code]).toEqual([403, 'mfa_required']);
    const { mfa_token } = refused.body;
    const body = { mfa_token, code: nextCode() };
    const response = await app.call('POST', '/auth/login/mfa', { body });
    expect([response.status, response.body.user.id]).toEqual([200, user.id]);
    token = response.body.access_token;
    const [, started] = await auditOf(user.id, 'session.started', 2);
    expect(JSON.parse(String(started?.detail))).toEqual({ device_name: 'Phone', provider: 'local' });

    const { mfa_token: late } = (await agent.token(await agent.signIn('local'))).body;
    const [identity] = await identitiesOf(token);
    expect((await unlink(token, identity.id)).status).toBe(204);
    const tooLate = await app.call('POST', '/auth/login/mfa', {
      body: { mfa_token: late, code: nextCode() },
    });
    expect([tooLate.status, tooLate.body.code]).toEqual([401, 'token_invalid']);
  });

  describe('linking', () => {
    let user: RegisteredUser;
    let token: string;
    beforeEach(async () => {
      user = await app.register();
      token = await app.login(user);
    });

    it('adds a login to the account, tells the owner, and can be taken back', async () => {
      newcomer();
      const page = await link(token, { password: user.password, return_to: '/app/settings' });
      expect(page.href).toBe('http://127.0.0.1:9/app/settings?linked=local');
      const [identity, ...more] = await identitiesOf(token);
      expect([identity.provider, more]).toEqual(['local', []]);
      expect(new Date(identity.linked_at).getTime()).toBe(app.clock.now());
      const login = await logIn();
      expect(login.user.id).toBe(user.id);

      expect((await unlink(login.token, identity.id)).status).toBe(204);
      expect((await unlink(login.token, identity.id)).status).toBe(404);
      const response = await agent.token(await agent.signIn('local'));
      expect([response.status, response.body.user?.id]).not.toEqual([200, user.id]);
      const subjects = () => app.mails.filter(({ to }) => to === user.email).map(({ subject }) => subject);
      await expect
        .poll(subjects)
        .toEqual(
          expect.arrayContaining(['A sign-in with local was added', 'A sign-in with local was removed']),
        );
      await auditOf(user.id, 'identity.linked');
      await auditOf(user.id, 'identity.unlinked');
    });

    it('needs the password', async () => {
      newcomer();
      for (const body of [{}, { password: 'wrong' }]) {
        const response = await agent.call('POST', '/auth/oidc/local/link', { token, body });
        expect([response.status, response.body.code]).toEqual([401, 'invalid_credentials']);
      }
      expect(await auditOf(user.id, 'identity.link_failed', 2)).toHaveLength(2);
    });

    it('needs a login of the last ten minutes where there is no password', async () => {
      newcomer();
      const login = await logIn();
      newcomer();
      app.clock.advance(600_000);
      expect((await link(login.token, {})).searchParams.get('linked')).toBe('local');
      app.clock.advance(1);
      const response = await agent.call('POST', '/auth/oidc/local/link', { token: login.token, body: {} });
      expect([response.status, response.body.code]).toEqual([401, 'invalid_credentials']);
    });

    it.each([
      ['a logout', () => app.call('POST', '/auth/logout', { token })],
      [
        'a password change',
        () =>
          app.call('POST', '/auth/change-password', {
            token,
            body: { current_password: user.password, new_password: 'another horse battery' },
          }),
      ],
    ])('is void after %s', async (_, end) => {
      newcomer();
      const callback = await agent.visit(await startLink(token, { password: user.password }));
      await end();
      const write = vi.spyOn(app.stores.db, 'run');
      expect((await agent.callback(callback)).search).toBe('?error=token_revoked');
      const written = write.mock.calls.map(([sql]) => sql).filter(sql => sql.includes('identities'));
      write.mockRestore();
      expect(written).toEqual([]); // not even for a moment
      expect(await app.stores.db.query('SELECT id FROM identities WHERE user_id = ?', [user.id])).toEqual([]);
    });

    it('is void when the session ends at the moment of the link', async () => {
      newcomer();
      const callback = await agent.visit(await startLink(token, { password: user.password }));
      const { db } = app.stores;
      const { run } = db;
      db.run = async (sql, values) => {
        const result = await run(sql, values);
        if (sql.startsWith('INSERT INTO identities')) await app.call('POST', '/auth/logout', { token });
        return result;
      };
      const page = await agent.callback(callback).finally(() => {
        db.run = run;
      });
      expect(page.search).toBe('?error=token_revoked');
      expect(await db.query('SELECT id FROM identities WHERE user_id = ?', [user.id])).toEqual([]);
    });

    it('does not take the identity of another account', async () => {
      newcomer();
      await link(token, { password: user.password });
      const thief = await app.register();
      const stolen = await app.login(thief);
      const page = await link(stolen, { password: thief.password });
      expect(page.search).toBe('?error=link_required');
      expect((await logIn()).user.id).toBe(user.id);
    });

    it('does nothing the second time', async () => {
      newcomer();
      for (const _ of ['first', 'second'])
        expect((await link(token, { password: user.password })).search).toBe('?linked=local');
      expect(await identitiesOf(token)).toHaveLength(1);
    });

    it('stops at 20 identities', async () => {
      for (let i = 0; i < 20; i++) {
        await app.stores.db.run(
          "INSERT INTO identities (provider, subject, user_id, linked_at) VALUES ('local', ?, ?, '2026-01-01 00:00:00')",
          [`many-${user.id}-${i}`, user.id],
        );
      }
      newcomer();
      expect((await link(token, { password: user.password })).search).toBe('?error=link_required');
    });

    it('is no way to another user’s identity', async () => {
      newcomer();
      const login = await logIn();
      const [identity] = await identitiesOf(login.token);
      for (const id of [identity.id, 0, 'x', '1e3', '99999999999'])
        expect((await unlink(token, id)).status).toBe(404);
      expect(await identitiesOf(login.token)).toHaveLength(1);
    });
  });

  describe('the last way to log in', () => {
    it('cannot be removed, until there is a password', async () => {
      const { email } = newcomer();
      const login = await logIn();
      const [identity] = await identitiesOf(login.token);
      const refused = await unlink(login.token, identity.id);
      expect([refused.status, refused.body.code]).toEqual([409, 'link_required']);

      // What asks for a password says that there is none.
      const body = { current_password: 'x', new_password: 'correct horse battery' };
      const change = await app.call('POST', '/auth/change-password', { token: login.token, body });
      expect([change.status, change.body.detail]).toEqual([401, expect.stringContaining('forgot-password')]);
      const close = await app.call('DELETE', '/auth/account', {
        token: login.token,
        body: { password: 'x' },
      });
      expect([close.status, close.body.code]).toEqual([401, 'invalid_credentials']);

      await app.call('POST', '/auth/forgot-password', { body: { email } });
      const mail = () => app.mails.find(one => one.to === email && one.subject === 'Reset your password');
      await expect.poll(mail).toBeDefined();
      const link = /token=([\w-]+)/.exec(mail()?.text ?? '')?.[1];
      const reset = { token: link, new_password: 'correct horse battery' };
      expect((await app.call('POST', '/auth/reset-password', { body: reset })).status).toBe(204);
      expect((await app.call('POST', '/auth/reset-password', { body: reset })).status).toBe(422);
      expect((await app.call('GET', '/auth/profile', { token: login.token })).status).toBe(401);

      const token = await app.login({ email, password: 'correct horse battery' });
      expect(await identitiesOf(token)).toHaveLength(1); // a reset leaves them
      expect((await unlink(token, identity.id)).status).toBe(204);
    });

    it('cannot be removed by two requests at once', async () => {
      for (let round = 0; round < 20; round++) {
        newcomer();
        const { token, user } = await logIn(createUserAgent(app));
        await app.stores.db.run(
          "INSERT INTO identities (provider, subject, user_id, linked_at) VALUES ('local', ?, ?, '2026-01-01 00:00:00')",
          [`second-${user.id}`, user.id],
        );
        const found: { id: number }[] = await identitiesOf(token);
        const responses = await Promise.all(found.map(({ id }) => unlink(token, id)));
        expect(responses.map(({ status }) => status).sort()).toEqual([204, 409]);
        expect(await identitiesOf(token)).toHaveLength(1);
      }
    });
  });

  it('forgets the identities of a closed account, and makes a new account', async () => {
    const { email } = newcomer();
    const user = await app.register();
    let token = await app.login(user);
    await link(token, { password: user.password });
    token = (await logIn()).token;
    await app.call('DELETE', '/auth/account', { token, body: { password: user.password } });
    expect(await app.stores.db.query('SELECT id FROM identities WHERE user_id = ?', [user.id])).toEqual([]);
    const login = await logIn();
    expect(login.user).toMatchObject({ email });
    expect(login.user.id).not.toBe(user.id);
  });

  it('does not log in to an account that is closed but not erased yet', async () => {
    newcomer();
    const first = await logIn();
    await app.stores.db.run('UPDATE users SET name = NULL, email = NULL WHERE id = ?', [first.user.id]);
    expect((await logIn()).user.id).not.toBe(first.user.id);
  });
});

describe('the settings of sessions', () => {
  it('hold for a sign-in: verification, and the limit of sessions', async () => {
    const provider = await startOidcProvider();
    const app = await startTestApp('embedded', {
      APP_URL,
      OIDC_PROVIDERS: providerSettings({ local: provider }),
      REQUIRE_EMAIL_VERIFICATION: 'true',
      CONCURRENT_LOGIN_POLICY: 'deny',
    });
    try {
      provider.serve([callbackOf(app, 'local')]);
      provider.users.ada = { email: 'ada@example.com', email_verified: true };
      provider.loggedIn = 'ada';
      const agent = createUserAgent(app);
      const { body } = await agent.token(await agent.signIn('local'));
      const second = await agent.token(await agent.signIn('local'));
      expect([second.status, second.body.code]).toEqual([409, 'session_limit']);

      await app.call('POST', '/auth/logout', { token: body.access_token });
      await app.stores.db.run('DELETE FROM verified_emails');
      const third = await agent.token(await agent.signIn('local'));
      expect([third.status, third.body.code]).toEqual([403, 'email_unverified']);
    } finally {
      await app.close();
      await provider.stop();
    }
  });

  it('without providers, there are none', async () => {
    const app = await startTestApp('embedded');
    try {
      expect((await app.call('GET', '/auth/oidc')).body).toEqual({ providers: [] });
      for (const path of ['start', 'callback?state=x']) {
        const response = await app.call('GET', `/auth/oidc/google/${path}`);
        expect([response.status, response.body.code]).toEqual([404, 'not_found']);
      }
    } finally {
      await app.close();
    }
  });

  it('count a sign-in against the limit of the address', async () => {
    const app = await startTestApp('embedded', { RATE_LIMIT: 'on', RATE_LIMIT_MAX: '3' });
    try {
      const paths = ['/auth/oidc/a/start', '/auth/oidc/a/callback?state=x', '/auth/oidc/a/start'];
      for (const path of paths) expect((await app.call('GET', path)).status).toBe(404);
      for (const path of paths) expect((await app.call('GET', path)).status).toBe(429);
      expect((await app.call('GET', '/auth/oidc')).status).toBe(200);
    } finally {
      await app.close();
    }
  });
});
