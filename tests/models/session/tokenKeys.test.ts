import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { KeyFileEntry } from '../../../config/keySets.ts';
import {
  backends,
  faultsOf,
  type RegisteredUser,
  type Settings,
  startTestApp,
  type TestApp,
} from '../../support/harness.ts';
import { keyEntry, keyFile } from '../../support/tokenKeys.ts';

const es = keyEntry('es-1', 'ES256');
const rs = keyEntry('rs-1', 'RS256');
const hs = keyEntry('hs-1', 'HS256');
const is = (entry: KeyFileEntry, state: KeyFileEntry['state']) => ({ ...entry, state });

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (token: string, index: number) =>
  JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString());

/** The secret or the private key. */
const secretOf = (entry: KeyFileEntry) => (entry.alg === 'HS256' ? entry.secret : entry.private_key);

function publicPem(entry: KeyFileEntry): string {
  return createPublicKey(createPrivateKey(secretOf(entry)))
    .export({ type: 'spki', format: 'pem' })
    .toString();
}

/** The claims of a genuine token under another header, signed as that says. */
function forged(token: string, header: object, key: string, alg: 'HS256' | 'ES256' | 'RS256'): string {
  const input = `${part(header)}.${token.split('.')[1]}`;
  const signature =
    alg === 'HS256'
      ? createHmac('sha256', key).update(input).digest()
      : sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

describe.each(backends)('JWT_KEYS on %s stores', backend => {
  let app: TestApp;
  let user: RegisteredUser;
  afterEach(() => app.close());

  async function start(settings: Settings = {}): Promise<void> {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true', ...settings });
    user = await app.register();
  }
  const outcome = async (token: string) => {
    const { status, body } = await app.call('GET', '/auth/profile', { token });
    return body.code ?? status;
  };

  it.each([es, rs, hs])('sign and verify with $alg, and name the key', async entry => {
    await start({ JWT_KEYS: keyFile(entry) });
    const token = await app.login(user);
    expect(decoded(token, 0)).toEqual({ alg: entry.alg, typ: 'JWT', kid: entry.kid });
    expect(await outcome(token)).toBe(200);
    expect((await app.call('POST', '/auth/logout', { token })).status).toBe(204);
    expect(await outcome(token)).toBe('token_revoked');
  });

  it('are followed from JWT_SECRET to a key and to the next one without the loss of a token', async () => {
    await start();
    const bySecret = await app.login(user);
    app.reload({ JWT_KEYS: keyFile(is(es, 'next')) });
    const stillBySecret = await app.login(user);
    expect(decoded(stillBySecret, 0)).toEqual({ alg: 'HS256', typ: 'JWT' });
    app.reload({ JWT_KEYS: keyFile(es, is(rs, 'next')) });
    const byFirst = await app.login(user);
    app.reload({ JWT_KEYS: keyFile(is(es, 'retired'), rs) });
    const bySecond = await app.login(user);
    expect([decoded(byFirst, 0).kid, decoded(bySecond, 0).kid]).toEqual(['es-1', 'rs-1']);
    for (const token of [bySecret, stillBySecret, byFirst, bySecond]) expect(await outcome(token)).toBe(200);
  });

  it('refuse the tokens of a key that was taken away, also those that were just verified', async () => {
    await start({ JWT_KEYS: keyFile(es) });
    const token = await app.login(user);
    expect(await outcome(token)).toBe(200);
    app.reload({ JWT_KEYS: keyFile(rs) });
    expect(await outcome(token)).toBe('token_invalid');
  });

  it('hold for refreshes: the same session, its next token under the new key', async () => {
    await start({ JWT_KEYS: keyFile(es) });
    const login = await app.call('POST', '/auth/login', {
      body: { email: user.email, password: user.password },
    });
    app.reload({ JWT_KEYS: keyFile(is(es, 'retired'), rs) });
    const { status, body } = await app.call('POST', '/auth/refresh', {
      body: { refresh_token: login.body.refresh_token },
    });
    expect([status, decoded(body.access_token, 0).kid, body.session.id]).toEqual([
      ...[200, 'rs-1', login.body.session.id],
    ]);
    expect(await outcome(login.body.access_token)).toBe('token_revoked');
  });

  it('refuse whatever does not name one of them with its own algorithm', async () => {
    await start({ JWT_KEYS: keyFile(es, is(rs, 'retired'), is(hs, 'next')) });
    const token = await app.login(user);
    const header = { alg: 'HS256', typ: 'JWT' };
    const [esKey, rsKey, hsKey] = [secretOf(es), secretOf(rs), secretOf(hs)];
    const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const foreignKey = foreign.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const forgeries: [string, string][] = [
      ['a file as kid', forged(token, { ...header, kid: '/dev/null' }, '', 'HS256')],
      ['a path as kid', forged(token, { ...header, kid: '../../../dev/null' }, '', 'HS256')],
      [
        'a URL as kid',
        forged(token, { ...header, kid: `${app.origin}/.well-known/jwks.json` }, 'x', 'HS256'),
      ],
      ['a name that every object has', forged(token, { ...header, kid: 'constructor' }, 'x', 'HS256')],
      ['kid undefined by text', forged(token, { ...header, kid: 'undefined' }, app.env.JWT_SECRET, 'HS256')],
      ['kid null', forged(token, { ...header, kid: null }, app.env.JWT_SECRET, 'HS256')],
      ['kid in a list', forged(token, { ...header, kid: ['hs-1'] }, hsKey, 'HS256')],
      ['kid empty', forged(token, { ...header, kid: '' }, app.env.JWT_SECRET, 'HS256')],
      ['a public key as secret', forged(token, { ...header, kid: 'es-1' }, publicPem(es), 'HS256')],
      ['an RSA public key as secret', forged(token, { ...header, kid: 'rs-1' }, publicPem(rs), 'HS256')],
      ['a public key as secret, without kid', forged(token, header, publicPem(es), 'HS256')],
      ['JWT_SECRET under a kid', forged(token, { ...header, kid: 'hs-1' }, app.env.JWT_SECRET, 'HS256')],
      ['a secret of another key', forged(token, header, hsKey, 'HS256')],
      [
        'the algorithm of another key',
        forged(token, { alg: 'RS256', typ: 'JWT', kid: 'es-1' }, rsKey, 'RS256'),
      ],
      ['a key pair without kid', forged(token, { alg: 'ES256', typ: 'JWT' }, esKey, 'ES256')],
      ['a foreign pair', forged(token, { alg: 'ES256', typ: 'JWT', kid: 'es-1' }, foreignKey, 'ES256')],
      [
        'a key that comes along',
        forged(
          token,
          { alg: 'ES256', typ: 'JWT', kid: 'es-1', jwk: foreign.publicKey.export({ format: 'jwk' }) },
          foreignKey,
          'ES256',
        ),
      ],
      [
        'an address of keys',
        forged(token, { alg: 'ES256', typ: 'JWT', kid: 'es-1', jku: 'https://example.com' }, esKey, 'ES256'),
      ],
      ['alg none', `${part({ alg: 'none', typ: 'JWT', kid: 'es-1' })}.${token.split('.')[1]}.AA`],
    ];
    for (const [name, forgery] of forgeries)
      expect([name, await outcome(forgery)]).toEqual([name, 'token_invalid']);
    // What the forgeries began with is good, and so is a token under the next or the retired key.
    expect(await outcome(token)).toBe(200);
    expect(await outcome(forged(token, { ...header, kid: 'hs-1' }, hsKey, 'HS256'))).toBe(200);
    expect(await outcome(forged(token, { alg: 'RS256', typ: 'JWT', kid: 'rs-1' }, rsKey, 'RS256'))).toBe(200);
  });

  it('are published: the public parts of pairs only, to be kept for 5 minutes', async () => {
    await start({ JWT_KEYS: keyFile(is(es, 'next'), rs, is(hs, 'retired')) });
    const { status, headers, body } = await app.call('GET', '/.well-known/jwks.json');
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      ...[200, expect.stringMatching(/^application\/jwk-set\+json/), 'public, max-age=300'],
    ]);
    expect(body).toEqual({
      keys: [
        {
          kty: 'EC',
          crv: 'P-256',
          x: expect.any(String),
          y: expect.any(String),
          kid: 'es-1',
          alg: 'ES256',
          use: 'sig',
        },
        { kty: 'RSA', n: expect.any(String), e: 'AQAB', kid: 'rs-1', alg: 'RS256', use: 'sig' },
      ],
    });
    const post = await app.call('POST', '/.well-known/jwks.json');
    expect([post.status, post.body.code, post.headers.allow]).toEqual([
      405,
      'method_not_allowed',
      'GET, HEAD, OPTIONS',
    ]);
    app.reload({ JWT_KEYS: keyFile(hs) });
    expect((await app.call('GET', '/.well-known/jwks.json')).body).toEqual({ keys: [] });
  });
});

describe('the setting JWT_KEYS', () => {
  const secrets = { JWT_SECRET: 'j'.repeat(32), SIGNATURE_KEY: 's'.repeat(32) };
  const faults = (text: string, more: Record<string, string> = {}) =>
    faultsOf({ ...secrets, JWT_KEYS: text, ...more });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const p384 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });

  it.each([
    ['no JSON', 'x', 'must be the path of a key file'],
    ['a list', '[]', 'must be the path of a key file'],
    ['another algorithm', keyFile({ ...hs, alg: 'HS512' } as never), 'must be the path of a key file'],
    ['a kid that is a path', keyFile({ ...hs, kid: '../x' }), 'must be the path of a key file'],
    ['a short secret', keyFile({ ...hs, secret: 'short' } as never), 'must be the path of a key file'],
    ['a kid twice', keyFile(hs, { ...es, kid: 'hs-1', state: 'next' }), 'has a kid twice'],
    ['two active keys', keyFile(hs, es), 'has two keys that are active'],
    ['two next keys', keyFile(is(hs, 'next'), is(es, 'next')), 'has two keys that are next'],
    ['no key in the PEM', keyFile({ ...es, private_key: 'x' } as never), 'has a key es-1 that is of no use'],
    [
      'a public key',
      keyFile({ ...es, private_key: publicPem(es) } as never),
      'has a key es-1 that is of no use',
    ],
    [
      'an RSA key for ES256',
      keyFile({ ...rs, alg: 'ES256' } as never),
      'ES256 needs a key on the curve P-256',
    ],
    [
      'an EC key for RS256',
      keyFile({ ...es, alg: 'RS256' } as never),
      'RS256 needs an RSA key of at least 2048 bits',
    ],
    [
      'a small RSA key',
      keyFile({ ...rs, private_key: small } as never),
      'RS256 needs an RSA key of at least 2048 bits',
    ],
    ['another curve', keyFile({ ...es, private_key: p384 } as never), 'ES256 needs a key on the curve P-256'],
  ])('cannot be %s', (_name, text, message) => {
    const found = faults(text);
    expect(found).toEqual([expect.stringMatching(/^JWT_KEYS /)]);
    expect(found[0]).toContain(message);
    for (const secret of ['PRIVATE KEY', 'hs-1....']) expect(found[0]).not.toContain(secret);
  });

  it('cannot have a signing key in production, as its clients could make tokens', () => {
    const production = { NODE_ENV: 'production', ALLOW_EMBEDDED: 'true' };
    const shared = { ...hs, secret: secrets.SIGNATURE_KEY } as KeyFileEntry;
    expect(faults(keyFile(shared), production)).toEqual([
      expect.stringContaining('The key hs-1 of JWT_KEYS is also a signing key'),
    ]);
    expect(faults(keyFile(hs), production)).toEqual([]);
  });
});
