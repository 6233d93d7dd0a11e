import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type IntrospectOptions,
  type RequireAuthOptions,
  requireAuth,
  requireRole,
} from '../../client/express.ts';
import { guardedService } from '../support/guardedService.ts';
import { backends, type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';
import { client } from '../support/session.models.ts';

type Introspect = Partial<IntrospectOptions>;

describe.each(backends)('requireAuth, with an API on %s stores', backend => {
  let app: TestApp;
  let user: RegisteredUser;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true' });
    user = await app.register();
  });
  afterAll(() => app.close());

  /** A service of somebody else; the API's clock stands still, so its requests are signed with that time. */
  function service(introspect: Introspect = {}, api = app) {
    return guardedService({
      introspect: { baseUrl: api.origin, signatureKey: api.env.SIGNATURE_KEY, ...introspect },
    });
  }

  it('accepts an active token and says whose it is', async () => {
    const token = await app.login(user);
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const { call } = await service();
    const { sub: _, sid: sessionId, jti, iat, exp } = claims;
    for (const scheme of ['Bearer', 'bearer', 'BEARER ']) {
      const { status, body } = await call(`${scheme} ${token}`);
      expect([status, body]).toEqual([
        200,
        { userId: user.id, jti, sessionId, iat, exp, roles: [], amr: [] },
      ]);
    }
  });

  it('refuses everything else with 401, and a revoked token with the next request', async () => {
    const token = await app.login(user);
    const { call, handled, onError } = await service();
    expect((await call(`Bearer ${token}`)).status).toBe(200);
    await app.call('POST', '/auth/logout', { token });
    for (const header of [
      undefined,
      '',
      'Basic eDp5',
      'Bearer',
      'Bearer ',
      'Bearer x y',
      `Bearer ${'x'.repeat(5000)}`,
    ]) {
      const { status, headers, body } = await call(header);
      expect([header, status, body.code]).toEqual([header, 401, header ? 'token_invalid' : 'token_missing']);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer realm="auth"/);
      expect(headers.get('cache-control')).toBe('no-store');
    }
    for (const bad of [token, 'x.y.z', `${token}x`]) expect((await call(`Bearer ${bad}`)).status).toBe(401);
    expect(handled).toHaveLength(1);
    expect(onError).not.toHaveBeenCalled();
  });

  it('lets requireRole see the current roles', async () => {
    const editor = await app.register();
    const { models } = app;
    const setRoles = (...roles: string[]) => models.roles.set(editor.id, () => roles, client);
    await setRoles('editor');
    const introspect = { baseUrl: app.origin, signatureKey: app.env.SIGNATURE_KEY };
    const { outcome, handled } = await guardedService({ introspect }, requireRole('editor'));
    const token = await app.login(editor);
    expect(await outcome(token)).toBe(editor.id);
    expect(await outcome(await app.login(user))).toBe('insufficient_role');
    await setRoles('reader');
    expect(await outcome(token)).toBe('token_invalid');
    expect(await outcome(await app.login(editor))).toBe('insufficient_role');
    expect(handled).toHaveLength(1);
  });

  it('keeps each of many callers apart', async () => {
    const users = await Promise.all(Array.from({ length: 5 }, () => app.register()));
    const tokens = await Promise.all(users.map(each => app.login(each)));
    const { call } = await service();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => call(`Bearer ${tokens[i % tokens.length]}`)),
    );
    expect(answers.map(({ body }) => body.userId)).toEqual(
      answers.map((_, i) => users[i % users.length]?.id),
    );
  });

  it.each<[string, () => Introspect]>([
    ['is not there', () => ({ baseUrl: 'http://127.0.0.1:1' })],
    ['has another key', () => ({ signatureKey: 'not the key' })],
    ['is another site', () => ({ fetch: async () => new Response('<html>', { status: 200 }) })],
    ['does not respond in time', () => ({ timeoutMs: 50, fetch: (_, init) => hang(init?.signal ?? null) })],
  ])('is 503, and lets nobody in, when the API %s', async (_, introspect) => {
    const token = await app.login(user);
    const { call, handled, onError } = await service(introspect());
    const { status, headers, body } = await call(`Bearer ${token}`);
    expect([status, headers.get('retry-after'), body.code]).toEqual([503, '1', 'store_unavailable']);
    expect(JSON.stringify(body)).not.toContain('signature');
    expect(handled).toEqual([]);
    expect(onError).toHaveBeenCalledOnce();
  });

  it('is 503 while the stores of the API do not respond', async () => {
    if (backend === 'embedded') return;
    const broken = await startTestApp(backend);
    const token = await broken.login(await broken.register());
    const { call, handled } = await service({}, broken);
    expect((await call(`Bearer ${token}`)).status).toBe(200);
    await broken.stores.redis?.close();
    expect((await call(`Bearer ${token}`)).body.code).toBe('store_unavailable');
    expect(handled).toHaveLength(1);
    await broken.close();
  });

  it('needs its options', () => {
    const { origin: baseUrl } = app;
    expect(() => requireAuth({ introspect: { baseUrl, signatureKey: '' } })).toThrow(TypeError);
    expect(() => requireAuth({ introspect: { baseUrl: '', signatureKey: 'x' } })).toThrow(TypeError);
    for (const options of [{}, { introspect: { baseUrl, signatureKey: 'x' }, jwks: { baseUrl } }])
      expect(() => requireAuth(options as unknown as RequireAuthOptions)).toThrow(
        'needs one of introspect, nats and jwks',
      );
  });
});

function hang(signal: AbortSignal | null): Promise<Response> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
}
