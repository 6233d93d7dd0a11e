import { createHmac, generateKeyPairSync, randomUUID, sign as signWithKey } from 'node:crypto';
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  backends,
  hasRealStores,
  type RegisteredUser,
  startTestApp,
  type TestApp,
} from '../support/harness.ts';

type Claims = Record<string, unknown>;
type Code = 'token_missing' | 'token_invalid' | 'token_expired' | 'token_revoked';
type Headers = Record<string, string | string[]>;

/** A part of a token: a text as it is, anything else as JSON. */
function part(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

const HS256 = { alg: 'HS256', typ: 'JWT' };

function withMac(secret: string, payload: unknown, header: unknown = HS256, hash = 'sha256'): string {
  const input = `${part(header)}.${part(payload)}`;
  return `${input}.${createHmac(hash, secret).update(input).digest('base64url')}`;
}

function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

describe.each(backends)('the token guard on %s stores', backend => {
  let app: TestApp;
  let user: RegisteredUser;
  /** Allowed and genuine: what a forger starts from. Tests that end it take one of another user. */
  let token: string;
  let claims: Claims;
  const agent = new Agent({ keepAlive: true });

  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true' });
    user = await app.register();
    token = await app.login(user);
    claims = claimsOf(token);
  });
  afterAll(async () => {
    agent.destroy();
    await app.close();
  });

  const secret = () => app.env.JWT_SECRET;
  const seconds = () => Math.floor(app.clock.now() / 1000);
  const rows = () => app.stores.db.query('SELECT * FROM users ORDER BY id');

  /** Genuine but for the claims that are changed; undefined leaves one out. */
  const withClaims = (changed: Claims) => withMac(secret(), { ...claims, ...changed });

  /** Supertest would send a doubled header as one. */
  function send(method: string, path: string, body: string, headers: Headers) {
    const signature = method === 'GET' ? {} : app.sign(method, path, body);
    return new Promise<{ status: number; code: string; challenge: string | undefined }>((resolve, reject) => {
      const sent = { 'Content-Type': 'application/json', ...signature, ...headers };
      const { hostname, port } = new URL(app.origin);
      const message = request({ hostname, port, method, path, headers: sent, agent }, async response => {
        const chunks = [];
        for await (const chunk of response) chunks.push(chunk);
        const text = Buffer.concat(chunks).toString();
        resolve({
          status: response.statusCode ?? 0,
          code: text === '' ? '' : JSON.parse(text).code,
          challenge: response.headers['www-authenticate'],
        });
      });
      message.on('error', reject).end(body);
    });
  }

  const guarded: [string, string, () => object][] = [
    ['GET', '/auth/profile', () => ({})],
    ['PATCH', '/auth/profile', () => ({ name: 'Mallory' })],
    [
      'POST',
      '/api/auth/change-password',
      () => ({ current_password: user.password, new_password: 'owned by Mallory' }),
    ],
    ['POST', '/auth/logout', () => ({})],
  ];

  async function expectRefusedHeaders(headers: Headers, code: Code): Promise<void> {
    const before = await rows();
    for (const [method, path, body] of guarded) {
      const answer = await send(method, path, method === 'GET' ? '' : JSON.stringify(body()), headers);
      expect([method, path, answer]).toEqual([
        method,
        path,
        {
          status: 401,
          code,
          challenge:
            code === 'token_missing' ? 'Bearer realm="auth"' : 'Bearer realm="auth", error="invalid_token"',
        },
      ]);
    }
    expect(await rows()).toEqual(before);
  }

  async function expectRefused(forged: string, code: Code): Promise<void> {
    await expectRefusedHeaders({ Authorization: `Bearer ${forged}` }, code);
    expect((await app.call('GET', '/auth/profile', { token })).status).toBe(200);
  }

  it('accepts a token made here by hand, when nothing is wrong with it', async () => {
    expect(withClaims({})).toBe(token);
    expect((await app.call('GET', '/auth/profile', { token: withClaims({}) })).body.user.id).toBe(user.id);
  });

  describe('the algorithm', () => {
    it.each(['none', 'None', 'NONE', 'nOnE'])('refuses %s, with whatever for a MAC', async alg => {
      const header = part({ alg, typ: 'JWT' });
      const [, payload, mac] = token.split('.');
      for (const forged of [`${header}.${payload}.`, `${header}.${payload}`, `${header}.${payload}.${mac}`])
        await expectRefused(forged, 'token_invalid');
    });

    it.each([
      ['HS384', 'sha384'],
      ['HS512', 'sha512'],
      ['HS512', 'sha256'],
      ['HS256', 'sha512'],
      ['HS1', 'sha1'],
      ['hs256', 'sha256'],
    ])('refuses %s with a MAC of %s under the right secret', async (alg, hash) => {
      await expectRefused(withMac(secret(), claims, { alg, typ: 'JWT' }, hash), 'token_invalid');
    });

    it.each([
      ['RS256', rsa.privateKey],
      ['ES256', ec.privateKey],
    ])('refuses %s with a key pair of the sender, sent along or not', async (alg, key) => {
      const jwk = (alg === 'RS256' ? rsa : ec).publicKey.export({ format: 'jwk' });
      for (const header of [
        { alg, typ: 'JWT' },
        { alg, typ: 'JWT', jwk },
      ]) {
        const input = `${part(header)}.${part(claims)}`;
        const signature = signWithKey('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
        await expectRefused(`${input}.${signature.toString('base64url')}`, 'token_invalid');
      }
    });

    it.each<[string, () => string]>([
      ['another secret', () => 'another secret'],
      ['an empty secret', () => ''],
      ['the key of the signatures', () => app.env.SIGNATURE_KEY],
      ['the secret as bytes', () => Buffer.from(app.env.JWT_SECRET, 'hex').toString('latin1')],
      ['a public key', () => rsa.publicKey.export({ format: 'pem', type: 'spki' }).toString()],
    ])('refuses a MAC under %s', async (_name, other) => {
      await expectRefused(withMac(other(), claims), 'token_invalid');
    });
  });

  describe('the header', () => {
    it.each<[string, unknown]>([
      ['without alg', { typ: 'JWT' }],
      ['with alg in a list', { ...HS256, alg: ['HS256'] }],
      ['with alg null', { ...HS256, alg: null }],
      ['without typ', { alg: 'HS256' }],
      ['with typ at+jwt', { ...HS256, typ: 'at+jwt' }],
      ['with typ refresh', { ...HS256, typ: 'refresh' }],
      ['with typ in lower case', { ...HS256, typ: 'jwt' }],
      ['with typ of another type', { ...HS256, typ: 1 }],
      ['with crit', { ...HS256, crit: ['exp'] }],
      ['with an unknown crit', { ...HS256, crit: ['x'], x: 1 }],
      ['with b64', { ...HS256, b64: false }],
      ['with zip', { ...HS256, zip: 'DEF' }],
      ['with kid', { ...HS256, kid: '../../dev/null' }],
      ['with jwk', { ...HS256, jwk: { kty: 'oct', k: '' } }],
      ['with jku', { ...HS256, jku: 'https://example.com/keys' }],
      ['with x5u', { ...HS256, x5u: 'https://example.com/key' }],
      ['that is null', null],
      ['that is a list', [HS256]],
      ['that is a text', '"HS256"'],
      ['that is no JSON', '{'],
    ])('refuses one %s', async (_name, header) => {
      await expectRefused(withMac(secret(), claims, header), 'token_invalid');
    });
  });

  describe('the claims', () => {
    it.each<[string, Claims]>([
      ['no iss', { iss: undefined }],
      ['another iss', { iss: 'somebody-else' }],
      ['iss with a slash after it', { iss: 'express-auth-api/' }],
      ['iss in a list', { iss: ['express-auth-api'] }],
      ['no aud', { aud: undefined }],
      ['another aud', { aud: 'somebody-else' }],
      ['an empty list for aud', { aud: [] }],
      ['others for aud', { aud: ['somebody', 'else'] }],
      ['no exp', { exp: undefined }],
      ['exp null', { exp: null }],
      ['exp 1e30', { exp: 1e30 }],
      ['exp past what a number can count', { exp: 2 ** 53 }],
      ['exp as text', { exp: '9999999999' }],
      ['exp in a list', { exp: [9_999_999_999] }],
      ['exp as an object', { exp: {} }],
      ['exp true', { exp: true }],
      ['exp with a fraction', { exp: 9_999_999_999.5 }],
      ['no iat', { iat: undefined }],
      ['iat as text', { iat: '1' }],
      ['iat in a list', { iat: [1] }],
      ['iat with a fraction', { iat: 1.5 }],
      ['iat below zero', { iat: -1 }],
      ['nbf as text', { nbf: '1' }],
      ['no jti', { jti: undefined }],
      ['jti null', { jti: null }],
      ['jti empty', { jti: '' }],
      ['jti as an object', { jti: { $ne: null } }],
      ['jti as a number', { jti: 1 }],
      ['jti no UUID', { jti: 'abc' }],
      ['jti a pattern', { jti: '*' }],
      ['no sub', { sub: undefined }],
      ['sub null', { sub: null }],
      ['sub empty', { sub: '' }],
      ['sub true', { sub: true }],
      ['sub as an object', { sub: {} }],
      ['sub 0', { sub: '0' }],
      ['sub below zero', { sub: '-1' }],
      ['sub with a fraction', { sub: '1.5' }],
      ['sub with an exponent', { sub: '1e3' }],
      ['sub in hex', { sub: '0x1' }],
      ['sub past what a number can count', { sub: '99999999999999999' }],
      ['sub of full-width digits', { sub: '１' }],
      ['sub a pattern', { sub: '*' }],
      ['sub a name', { sub: 'constructor' }],
      ['no sid', { sid: undefined }],
      ['sid null', { sid: null }],
      ['sid empty', { sid: '' }],
      ['sid no UUID', { sid: '../x' }],
      ['sid as an object', { sid: {} }],
    ])('refuses %s', async (_name, changed) => {
      await expectRefused(withClaims(changed), 'token_invalid');
    });

    it.each<[string, () => Claims]>([
      ['iat more than a minute ahead', () => ({ iat: seconds() + 61 })],
      ['nbf ahead', () => ({ nbf: seconds() + 1 })],
      ['exp with a fraction, soon', () => ({ exp: seconds() + 100.5 })],
      ['jti in a list', () => ({ jti: [claims.jti] })],
      ['jti with a line feed after it', () => ({ jti: `${claims.jti}\n` })],
      ['jti with more of a key after it', () => ({ jti: `${claims.jti}:x` })],
      ['sub as a number', () => ({ sub: user.id })],
      ['sub in a list', () => ({ sub: [String(user.id)] })],
      ['sub with a leading zero', () => ({ sub: `0${user.id}` })],
      ['sub with a plus', () => ({ sub: `+${user.id}` })],
      ['sub with a space', () => ({ sub: ` ${user.id}` })],
      ['sub with a line feed', () => ({ sub: `${user.id}\n` })],
      ['sub with a fraction of zero', () => ({ sub: `${user.id}.0` })],
      ['sid in a list', () => ({ sid: [claims.sid] })],
      ['sid with a line feed after it', () => ({ sid: `${claims.sid}\n` })],
    ])('refuses %s', async (_name, changed) => {
      await expectRefused(withClaims(changed()), 'token_invalid');
    });

    it.each<[string, unknown]>([
      ['null', null],
      ['a list', []],
      ['a text', '"text"'],
      ['a number', 1],
      ['true', true],
      ['an empty object', {}],
      ['no JSON', 'text'],
      ['nothing', ''],
    ])('refuses %s in their place', async (_name, payload) => {
      await expectRefused(withMac(secret(), payload), 'token_invalid');
    });

    it('refuses a list of them', async () => {
      await expectRefused(withMac(secret(), [claims]), 'token_invalid');
    });

    it.each([
      ['now', 0],
      ['a second ago', -1],
      ['in 1970', -Infinity],
    ])('refuses a token that expired %s', async (_name, ago) => {
      const exp = Math.max(0, seconds() + ago);
      await expectRefused(withClaims({ iat: 0, exp }), 'token_expired');
    });

    it('refuses an expired token under a wrong secret as a wrong one', async () => {
      await expectRefused(withMac('another secret', { ...claims, exp: 1 }), 'token_invalid');
    });
  });

  describe('the allowlist', () => {
    it('refuses what was never issued, however well it is signed', async () => {
      await expectRefused(withClaims({ jti: randomUUID(), sid: randomUUID() }), 'token_revoked');
      await expectRefused(withClaims({ jti: randomUUID() }), 'token_revoked');
    });

    it.each(['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'])(
      'refuses the jti %s',
      async jti => {
        await expectRefused(withClaims({ jti }), 'token_revoked');
      },
    );

    it('refuses its own jti in upper case', async () => {
      const jti = String(claims.jti).toUpperCase();
      await expectRefused(withClaims({ jti }), 'token_revoked');
    });

    it('refuses the jti of another user', async () => {
      const other = claimsOf(await app.login(await app.register()));
      await expectRefused(withClaims({ jti: other.jti }), 'token_revoked');
      await expectRefused(withClaims({ jti: other.jti, sid: other.sid }), 'token_revoked');
    });

    it('refuses another user who brings this jti', async () => {
      const other = await app.register();
      await expectRefused(withClaims({ sub: String(other.id) }), 'token_revoked');
    });

    it('refuses a user who does not exist', async () => {
      await expectRefused(withClaims({ sub: '999999999999999' }), 'token_revoked');
    });

    it('refuses a token after its logout, for good', async () => {
      const user = await app.register();
      const token = await app.login(user);
      expect((await app.call('POST', '/auth/logout', { token })).status).toBe(204);
      await expectRefusedHeaders({ Authorization: `Bearer ${token}` }, 'token_revoked');
      const next = await app.login(user);
      await expectRefusedHeaders({ Authorization: `Bearer ${token}` }, 'token_revoked');
      expect((await app.call('GET', '/auth/profile', { token: next })).status).toBe(200);
    });

    it('refuses every earlier token after a change of the password, the one that changed it too', async () => {
      const user = await app.register();
      const token = await app.login(user);
      const other = await app.login(user);
      const body = { current_password: user.password, new_password: 'a new password' };
      expect((await app.call('POST', '/auth/change-password', { token: other, body })).status).toBe(200);
      for (const dead of [token, other])
        await expectRefusedHeaders({ Authorization: `Bearer ${dead}` }, 'token_revoked');
    });

    it('refuses the token of an account that is gone', async () => {
      const user = await app.register();
      const token = await app.login(user);
      await app.stores.db.run('DELETE FROM users WHERE id = ?', [user.id]);
      for (const [method, path, body] of guarded.slice(0, 3)) {
        const text = method === 'GET' ? '' : JSON.stringify(body());
        const answer = await send(method, path, text, { Authorization: `Bearer ${token}` });
        expect([method, path, answer.status, answer.code]).toEqual([method, path, 401, 'token_revoked']);
      }
    });
  });

  describe('a token that was tampered with', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const flipped = (character = '') => alphabet[alphabet.indexOf(character) ^ 1] ?? '';
    const lastBit = (text: string) => text.slice(0, -1) + flipped(text.at(-1));
    const firstBit = (text: string) => flipped(text[0]) + text.slice(1);
    const toHex = (text: string) => Buffer.from(text, 'base64url').toString('hex');

    it.each<[string, (header: string, payload: string, mac: string) => string]>([
      ['without its MAC', (header, payload) => `${header}.${payload}.`],
      ['of two parts', (header, payload) => `${header}.${payload}`],
      ['of four parts', (header, payload, mac) => `${header}.${payload}.${mac}.${mac}`],
      ['with a dot after it', (header, payload, mac) => `${header}.${payload}.${mac}.`],
      ['with a dot before it', (header, payload, mac) => `.${header}.${payload}.${mac}`],
      ['without header', (_header, payload, mac) => `.${payload}.${mac}`],
      ['without payload', (header, _payload, mac) => `${header}..${mac}`],
      ['with its parts in another order', (header, payload, mac) => `${payload}.${header}.${mac}`],
      ['with padding', (header, payload, mac) => `${header}.${payload}.${mac}=`],
      ['with half of its MAC', (header, payload, mac) => `${header}.${payload}.${mac.slice(0, 21)}`],
      ['with a character less', (header, payload, mac) => `${header}.${payload}.${mac.slice(0, -1)}`],
      ['with a character more', (header, payload, mac) => `${header}.${payload}.${mac}A`],
      ['with other unused bits at its end', (header, payload, mac) => `${header}.${payload}.${lastBit(mac)}`],
      ['with its MAC in hex', (header, payload, mac) => `${header}.${payload}.${toHex(mac)}`],
      ['with a space in it', (header, payload, mac) => `${header}. ${payload}.${mac}`],
      [
        'with another character in its MAC',
        (header, payload, mac) => `${header}.${payload}.${firstBit(mac)}`,
      ],
      [
        'with another character in its header',
        (header, payload, mac) => `${firstBit(header)}.${payload}.${mac}`,
      ],
      [
        'with another character in its payload',
        (header, payload, mac) => `${header}.${lastBit(payload)}.${mac}`,
      ],
    ])('is refused %s', async (_name, tamper) => {
      const [header = '', payload = '', mac = ''] = token.split('.');
      await expectRefused(tamper(header, payload, mac), 'token_invalid');
    });

    it('is refused with the claims of another user', async () => {
      const other = (await app.login(await app.register())).split('.');
      const [header, payload, mac] = token.split('.');
      await expectRefused(`${header}.${other[1]}.${mac}`, 'token_invalid');
      await expectRefused(`${header}.${payload}.${other[2]}`, 'token_invalid');
    });

    it('is refused with a claim added', async () => {
      const [header, , mac] = token.split('.');
      await expectRefused(`${header}.${part({ ...claims, admin: true })}.${mac}`, 'token_invalid');
    });

    it('is refused when it is longer than any token, though its MAC is right', async () => {
      await expectRefused(withClaims({ padding: 'x'.repeat(4000) }), 'token_invalid');
    });
  });

  describe('the Authorization header', () => {
    it.each<[string, (token: string) => Headers]>([
      ['none', () => ({})],
      ['an empty one', () => ({ Authorization: '' })],
      ['the token alone', token => ({ Authorization: token })],
      ['another scheme', token => ({ Authorization: `Token ${token}` })],
      ['a scheme that begins with Bearer', token => ({ Authorization: `BearerX ${token}` })],
      ['a colon after the scheme', token => ({ Authorization: `Bearer:${token}` })],
      ['no space after the scheme', token => ({ Authorization: `Bearer${token}` })],
      ['Basic', token => ({ Authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` })],
      ['Basic before Bearer in one line', token => ({ Authorization: `Basic eDp5, Bearer ${token}` })],
      ['Basic before Bearer in two lines', token => ({ Authorization: ['Basic eDp5', `Bearer ${token}`] })],
      ['another header', token => ({ 'X-Access-Token': token, 'Proxy-Authorization': `Bearer ${token}` })],
      ['a cookie', token => ({ Cookie: `access_token=${token}; token=${token}` })],
    ])('refuses %s as a missing token', async (_name, headers) => {
      await expectRefusedHeaders(headers(token), 'token_missing');
    });

    it.each<[string, (token: string) => Headers]>([
      ['the scheme alone', () => ({ Authorization: 'Bearer' })],
      ['undefined', () => ({ Authorization: 'Bearer undefined' })],
      ['null', () => ({ Authorization: 'Bearer null' })],
      ['more after the token', token => ({ Authorization: `Bearer ${token} x` })],
      ['a comma after the token', token => ({ Authorization: `Bearer ${token},` })],
      ['a semicolon after the token', token => ({ Authorization: `Bearer ${token};` })],
      ['a no-break space after the token', token => ({ Authorization: `Bearer ${token}\u00a0` })],
      ['quotes', token => ({ Authorization: `Bearer "${token}"` })],
      ['the scheme twice', token => ({ Authorization: `Bearer Bearer ${token}` })],
      ['a list in one line', token => ({ Authorization: `Bearer ${token}, Bearer ${token}` })],
      ['the same header twice', token => ({ Authorization: [`Bearer ${token}`, `Bearer ${token}`] })],
      ['a second, wrong one', token => ({ Authorization: [`Bearer ${token}`, 'Bearer x.y.z'] })],
      ['a first, wrong one', token => ({ Authorization: ['Bearer x.y.z', `Bearer ${token}`] })],
      ['Bearer before Basic', token => ({ Authorization: [`Bearer ${token}`, 'Basic eDp5'] })],
      ['more than 4096 characters', token => ({ Authorization: `Bearer ${' '.repeat(4096)}${token}` })],
    ])('refuses %s as an invalid token', async (_name, headers) => {
      await expectRefusedHeaders(headers(token), 'token_invalid');
    });

    it.each(['bearer', 'BEARER'])('accepts the scheme written %s', async scheme => {
      const answer = await send('GET', '/auth/profile', '', { Authorization: `${scheme} ${token}` });
      expect(answer.status).toBe(200);
    });

    it('refuses a token in the query or in the body', async () => {
      const shown = await app.call('GET', `/auth/profile?access_token=${token}&token=${token}`);
      expect([shown.status, shown.body.code]).toEqual([401, 'token_missing']);
      const body = { name: 'Mallory', access_token: token, token };
      const renamed = await app.call('PATCH', '/auth/profile', { body });
      expect([renamed.status, renamed.body.code]).toEqual([401, 'token_missing']);
    });
  });
});

describe.each(backends)('the token guard with CONCURRENT_LOGIN=false on %s stores', backend => {
  it('refuses the token of the login before', async () => {
    const app = await startTestApp(backend, { CONCURRENT_LOGIN: 'false' });
    try {
      const user = await app.register();
      const [first, second] = [await app.login(user), await app.login(user)];
      const answer = await app.call('GET', '/auth/profile', { token: first });
      expect([answer.status, answer.body.code]).toEqual([401, 'token_revoked']);
      expect((await app.call('GET', '/auth/profile', { token: second })).status).toBe(200);
    } finally {
      await app.close();
    }
  });
});

describe.skipIf(!hasRealStores)('the token guard without Redis', () => {
  it('lets nobody in, and does not call the token wrong', async () => {
    const app = await startTestApp('real', { REDIS_TIMEOUT_MS: '1000' });
    try {
      const token = await app.login(await app.register());
      await app.stores.redis?.close();
      const answer = await app.call('GET', '/auth/profile', { token });
      expect([answer.status, answer.body.code]).toEqual([503, 'store_unavailable']);
      expect(answer.headers['retry-after']).toBe('1');
    } finally {
      await app.close();
    }
  });
});
