import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from 'redis';
import { afterEach, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { type AllowlistOptions, requireAuth } from '../../client/express.ts';
import { guardedService } from '../support/guardedService.ts';
import { hasRealStores, type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';
import { keyEntry, keyFile } from '../support/tokenKeys.ts';

const es = keyEntry('es-1', 'ES256');
const rs = keyEntry('rs-1', 'RS256');

describe('requireAuth({ jwks })', () => {
  let app: TestApp;
  let user: RegisteredUser;
  beforeEach(async () => {
    app = await startTestApp('embedded', { CONCURRENT_LOGIN: 'true', JWT_KEYS: keyFile(es) });
    user = await app.register();
  });
  afterEach(() => app.close());

  const service = (jwks: object = {}) => guardedService({ jwks: { baseUrl: app.origin, ...jwks } });

  it.each([es, rs])('accepts a token of $alg and says whose it is', async entry => {
    app.reload({ JWT_KEYS: keyFile(entry) });
    const token = await app.login(user);
    const {
      sub: _,
      sid: sessionId,
      jti,
      iat,
      exp,
    } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const { status, body } = await (await service()).call(`Bearer ${token}`);
    expect([status, body]).toEqual([
      200,
      { userId: user.id, jti, sessionId, iat, exp, roles: [], amr: ['pwd'] },
    ]);
  });

  it('asks for the keys once, and again for a token of a new key', async () => {
    let asked = 0;
    const { outcome } = await service({
      baseUrl: await keySetServer(() => {
        asked++;
        return fetch(`${app.origin}/.well-known/jwks.json`).then(response => response.json());
      }),
    });
    const token = await app.login(user);
    for (let i = 0; i < 5; i++) expect(await outcome(token)).toBe(user.id);
    expect(asked).toBe(1);
    for (let i = 0; i < 5; i++) expect(await outcome('x.y.z')).toBe('token_invalid');
    expect(asked).toBe(1);
  });

  it('refuses tokens of other keys, algorithms, issuers and audiences, and what is no token', async () => {
    const { outcome, call, onError } = await service();
    const other = await startTestApp('embedded', { JWT_KEYS: keyFile(keyEntry('es-1', 'ES256')) });
    const unpublished = await startTestApp('embedded', { JWT_KEYS: keyFile(keyEntry('es-2', 'ES256')) });
    const bySecret = await startTestApp('embedded');
    const same = { JWT_KEYS: keyFile(es) };
    const issuer = await startTestApp('embedded', { ...same, JWT_ISSUER: 'another' });
    const audience = await startTestApp('embedded', { ...same, JWT_AUDIENCE: 'another' });
    for (const forger of [other, unpublished, bySecret, issuer, audience]) {
      expect(await outcome(await forger.login(await forger.register()))).toBe('token_invalid');
      await forger.close();
    }
    for (const text of ['x', 'x.y.z', '..']) expect(await outcome(text)).toBe('token_invalid');
    expect((await call()).body.code).toBe('token_missing');
    expect(onError).not.toHaveBeenCalled();
    expect(await outcome(await app.login(user))).toBe(user.id);
  });

  it('refuses an expired token', async () => {
    const earlier = await startTestApp('embedded', { JWT_KEYS: keyFile(es), SIGNATURE_REPLAY: 'off' });
    earlier.clock.advance(-3_700_000);
    const expired = await earlier.login(await earlier.register());
    await earlier.close();
    expect(await (await service()).outcome(expired)).toBe('token_invalid');
  });

  it('uses no key of another use or algorithm', async () => {
    const token = await app.login(user);
    const { body } = await app.call('GET', '/.well-known/jwks.json');
    const outcomeWith = async (change: object) => {
      const [key] = body.keys;
      const baseUrl = await keySetServer(async () => ({ keys: [{ ...key, ...change }] }));
      return (await service({ baseUrl })).outcome(token);
    };
    expect(await outcomeWith({})).toBe(user.id);
    expect(await outcomeWith({ use: 'enc' })).toBe('token_invalid');
    expect(await outcomeWith({ alg: 'ES384' })).toBe('token_invalid');
    expect(await outcomeWith({ key_ops: ['encrypt'] })).toBe('token_invalid');
    expect(await outcomeWith({ kid: 'another' })).toBe('token_invalid');
  });

  it.each<[string, () => Promise<string>]>([
    ['is not there', async () => 'http://127.0.0.1:1'],
    ['is another site', () => keySetServer(async () => ({ hello: 'world' }))],
    ['does not respond in time', () => keySetServer(() => new Promise(() => {}))],
  ])('is 503, and lets nobody in, when the API %s', async (_name, baseUrl) => {
    const token = await app.login(user);
    const { call, handled, onError } = await service({ baseUrl: await baseUrl(), timeoutMs: 100 });
    const { status, headers, body } = await call(`Bearer ${token}`);
    expect([status, headers.get('retry-after'), body.code]).toEqual([503, '1', 'store_unavailable']);
    expect(handled).toEqual([]);
    expect(onError).toHaveBeenCalledOnce();
  });

  it('accepts a revoked token until it expires: it sees no allowlist', async () => {
    const token = await app.login(user);
    const { outcome } = await service();
    await app.call('POST', '/auth/logout', { token });
    expect(await outcome(token)).toBe(user.id);
  });

  it('needs its options', () => {
    expect(() => requireAuth({ jwks: { baseUrl: '' } })).toThrow(TypeError);
    const redis = {} as AllowlistOptions;
    expect(() => requireAuth({ jwks: { baseUrl: app.origin }, redis })).toThrow(TypeError);
  });
});

describe.skipIf(!hasRealStores)('requireAuth({ jwks, redis })', () => {
  let app: TestApp;
  let user: RegisteredUser;
  let client: ReturnType<typeof createClient>;
  beforeEach(async () => {
    app = await startTestApp('real', { CONCURRENT_LOGIN: 'true', JWT_KEYS: keyFile(es) });
    user = await app.register();
    client = createClient({ url: inject('engines').redisUrl ?? '' });
    client.on('error', () => {});
    await client.connect();
  });
  afterEach(async () => {
    client.destroy();
    await app.close();
  });
  const service = (redis: Partial<AllowlistOptions> = {}) =>
    guardedService({ jwks: { baseUrl: app.origin }, redis: { client, ...redis } });

  it('sees a logout, a refresh and a password change at the next request', async () => {
    const { outcome } = await service();
    const [left, replaced, other] = [await app.login(user), await app.login(user), await app.login(user)];
    for (const token of [left, replaced, other]) expect(await outcome(token)).toBe(user.id);
    await app.call('POST', '/auth/logout', { token: left });
    expect(await outcome(left)).toBe('token_invalid');
    const body = { current_password: user.password, new_password: 'another correct horse' };
    expect((await app.call('POST', '/auth/change-password', { token: replaced, body })).status).toBe(200);
    for (const token of [replaced, other]) expect(await outcome(token)).toBe('token_invalid');
  });

  it('reads the keys of a cluster, which have a hash tag', async () => {
    const asked: string[] = [];
    const { outcome } = await service({
      isCluster: true,
      client: {
        get: async key => {
          asked.push(key);
          return 'allow';
        },
      },
    });
    expect(await outcome(await app.login(user))).toBe(user.id);
    expect(asked).toEqual([expect.stringMatching(new RegExp(`^jwt:\\{${user.id}\\}:[0-9a-f-]{36}$`))]);
  });

  it('accepts nothing but the value that the API writes', async () => {
    for (const value of [null, '', 'deny', 'ALLOW']) {
      const { outcome } = await service({ client: { get: async () => value } });
      expect(await outcome(await app.login(user))).toBe('token_invalid');
    }
  });

  it.each<[string, () => AllowlistOptions['client']]>([
    ['fails', () => ({ get: async () => Promise.reject(new Error('down')) })],
    ['does not answer', () => ({ get: () => new Promise(() => {}) })],
    ['is not connected', () => createClient({ url: 'redis://127.0.0.1:1' })],
  ])('is 503, and lets nobody in, when Redis %s', async (_name, broken) => {
    const token = await app.login(user);
    const { call, handled, onError } = await service({ client: broken(), timeoutMs: 50 });
    expect((await call(`Bearer ${token}`)).body.code).toBe('store_unavailable');
    expect(handled).toEqual([]);
    expect(onError).toHaveBeenCalledOnce();
  });
});

/** Serves a key set, until the test ends. */
async function keySetServer(keySet: () => Promise<unknown>): Promise<string> {
  const server = createServer(async (_req, res) => res.end(JSON.stringify(await keySet())));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
