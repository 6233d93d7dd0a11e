import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthClient } from '../../client/index.ts';
import { signatureHeaders, signatureKey } from '../../signing/mac.ts';
import { backends, faultsOf, type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';

const key = (letter: string) => letter.repeat(40);
const CLIENTS = {
  billing: {
    current: key('b'),
    previous: key('p'),
    routes: ['POST /auth/introspect', 'DELETE /auth/sessions/:id'],
  },
  'web.app': { current: key('w') },
};

describe.each(backends)('keys of clients on %s stores', backend => {
  let app: TestApp;
  let user: RegisteredUser;
  let sent = 0;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true', SIGNATURE_KEYS: JSON.stringify(CLIENTS) });
    user = await app.register();
  });
  afterAll(() => app.close());

  /** Sends a request signed with this key, said to be of this client. */
  function call(
    path: string,
    body: object,
    signedWith: string,
    clientId?: string,
    more: Record<string, string> = {},
  ) {
    const text = JSON.stringify(body);
    // Other times than those of the harness, so that no two requests are the same.
    const timestamp = app.clock.now() + 31_000 + (sent++ % 20_000);
    const headers = {
      ...signatureHeaders(signatureKey(signedWith), { method: 'POST', path, body: text, timestamp }),
      ...(clientId !== undefined && { 'X-Client-Id': clientId }),
      ...more,
    };
    return app.call('POST', path, { body: text, sign: false, headers });
  }
  const login = (signedWith: string, clientId?: string) =>
    call('/auth/login', { email: user.email, password: user.password }, signedWith, clientId);
  const outcome = async (answer: ReturnType<typeof login>) => {
    const { status, body } = await answer;
    return body.code ?? status;
  };

  it('sign for the client that X-Client-Id names, and for the default one without it', async () => {
    expect(await outcome(login(app.env.SIGNATURE_KEY))).toBe(200);
    expect(await outcome(login(app.env.SIGNATURE_KEY, 'default'))).toBe(200);
    expect(await outcome(login(key('w'), 'web.app'))).toBe(200);
    for (const good of [key('b'), key('p')])
      expect(await outcome(call('/auth/introspect', { token: 'x' }, good, 'billing'))).toBe(200);
  });

  it.each([
    ['another client’s key', () => login(key('w'), 'billing')],
    ['the default key', () => login(app.env.SIGNATURE_KEY, 'web.app')],
    ['its own key without its id', () => login(key('w'))],
    ['a key of nobody', () => login(key('x'), 'web.app')],
    ['an id that nobody has', () => login(key('w'), 'nobody')],
    ['an id that every object has', () => login(key('w'), 'constructor')],
  ])('refuse %s', async (_, act) => {
    expect(await outcome(act())).toBe('signature_mismatch');
  });

  it.each(['', ' ', 'a b', 'a/b', 'ä', 'x'.repeat(65), 'web.app,billing'])('refuse the id "%s"', async id => {
    const answer = await login(key('w'), encodeURI(id) === id ? id : encodeURI(id));
    expect([answer.status, answer.body.code]).toEqual([401, 'signature_malformed']);
  });

  it('refuse a captured request under another id, and a second time under its own', async () => {
    const text = JSON.stringify({ email: user.email, password: user.password });
    const signed = signatureHeaders(signatureKey(key('w')), {
      method: 'POST',
      path: '/auth/login',
      body: text,
      timestamp: app.clock.now() + 55_000,
    });
    const send = (id?: string) =>
      app.call('POST', '/auth/login', {
        body: text,
        sign: false,
        headers: { ...signed, ...(id && { 'X-Client-Id': id }) },
      });
    expect(await outcome(send())).toBe('signature_mismatch');
    expect(await outcome(send('billing'))).toBe('signature_mismatch');
    expect(await outcome(send('web.app'))).toBe(200);
    expect(await outcome(send('web.app'))).toBe('signature_replayed');
  });

  it('let a client call its own routes only, under both paths', async () => {
    const token = await app.login(user);
    expect(await outcome(login(key('b'), 'billing'))).toBe('insufficient_role');
    const introspect = (path: string) => outcome(call(path, { token }, key('b'), 'billing'));
    expect(await introspect('/auth/introspect')).toBe(200);
    expect(await introspect('/api/auth/introspect')).toBe(200);
    expect(
      await outcome(call('/auth/logout-all', {}, key('b'), 'billing', { Authorization: `Bearer ${token}` })),
    ).toBe('insufficient_role');
    // Nothing was changed by the refusals.
    expect((await app.call('GET', '/auth/profile', { token })).status).toBe(200);
  });

  it('are in the audit trail, the log and the metrics', async () => {
    const answer = await login(key('w'), 'web.app');
    const { id } = answer.body.session;
    const rows = () =>
      app.stores.db.query("SELECT detail FROM audit_log WHERE session_id = ? AND event = 'session.started'", [
        id,
      ]);
    await expect.poll(rows).toHaveLength(1);
    expect(JSON.parse(String((await rows())[0]?.detail))).toEqual({
      device_name: null,
      client_id: 'web.app',
    });
    expect(app.logged()).toContain('"client_id":"web.app"');
    const metrics = await app.metrics.text();
    expect(metrics).toMatch(/auth_signed_requests_total\{client="web\.app"\} [1-9]/);
    expect(metrics).toMatch(/auth_signed_requests_total\{client="default"\} [1-9]/);
    expect(metrics).not.toContain('nobody');
    expect(app.logged()).not.toContain(key('w'));
  });

  it('go when their entry goes, and touch no other client', async () => {
    const { billing } = CLIENTS;
    const without = await startTestApp(backend, {
      ...app.settings,
      SQLITE_PATH: `${app.env.SQLITE_PATH}.2`,
      DB_NAME: `${app.env.DB_NAME}_2`,
      SIGNATURE_KEYS: JSON.stringify({ billing }),
    });
    try {
      const text = JSON.stringify({ token: 'x' });
      const ask = (secret: string, id: string) =>
        without.call('POST', '/auth/introspect', {
          body: text,
          sign: false,
          headers: {
            ...signatureHeaders(signatureKey(secret), {
              method: 'POST',
              path: '/auth/introspect',
              body: text,
              timestamp: without.clock.now() + sent++,
            }),
            'X-Client-Id': id,
          },
        });
      expect(await outcome(ask(key('w'), 'web.app'))).toBe('signature_mismatch');
      expect(await outcome(ask(key('b'), 'billing'))).toBe(200);
    } finally {
      await without.close();
    }
  });

  it('are a choice of the client library', async () => {
    const now = app.clock.now;
    const client = (clientId: string, signatureKey: string) =>
      createAuthClient({ baseUrl: app.origin, signatureKey, clientId, now });
    app.clock.advance(1000);
    expect((await client('web.app', key('w')).login(user)).user.id).toBe(user.id);
    await expect(client('web.app', key('b')).login(user)).rejects.toMatchObject({
      code: 'signature_mismatch',
    });
    await expect(client('billing', key('b')).login(user)).rejects.toMatchObject({
      code: 'insufficient_role',
    });
  });
});

describe('SIGNATURE_KEYS', () => {
  const faults = (value: string, more: Record<string, string> = {}) =>
    faultsOf({ JWT_SECRET: 'j'.repeat(32), SIGNATURE_KEY: 's'.repeat(32), SIGNATURE_KEYS: value, ...more });

  it.each([
    'x',
    '[]',
    '{"a":"key"}',
    '{"a":{}}',
    '{"a b":{"current":"x"}}',
    '{"default":{"current":"x"}}',
    '{"a":{"current":"x","extra":1}}',
    '{"a":{"current":"x","routes":["GET /auth/profile"]}}',
    '{"a":{"current":"x","routes":["POST /elsewhere"]}}',
  ])('%s is refused at the start', value => {
    expect(faults(value)).toEqual([expect.stringMatching(/^SIGNATURE_KEYS must be JSON such as/)]);
  });

  it('must not give one key to two clients', () => {
    const one = { current: key('1') };
    expect(faults(JSON.stringify({ a: one, b: one }))).toEqual([
      expect.stringContaining('SIGNATURE_KEYS a current and SIGNATURE_KEYS b current are the same key'),
    ]);
    expect(faults(JSON.stringify({ a: { current: 's'.repeat(32) } }))).toEqual([
      expect.stringContaining('SIGNATURE_KEY and SIGNATURE_KEYS a current are the same key'),
    ]);
  });

  it('must be strong in production', () => {
    const production = { NODE_ENV: 'production', ALLOW_EMBEDDED: 'true' };
    expect(faults(JSON.stringify({ a: { current: 'short', previous: 'changeme' } }), production)).toEqual([
      expect.stringContaining('SIGNATURE_KEYS a current is shorter than 32 bytes'),
      expect.stringContaining('SIGNATURE_KEYS a previous is missing or a known example value'),
    ]);
    expect(faults(JSON.stringify({ a: { current: 'j'.repeat(32) } }), production)).toEqual([
      expect.stringContaining('A key of SIGNATURE_KEYS is JWT_SECRET'),
    ]);
  });
});
