import { createHash, createHmac, createSecretKey, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { verifySignature } from 'http-message-sig';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthClient } from '../../client/index.ts';
import { type MessageParts, signatureBase } from '../../signing/messageSignature.ts';
import { digestMatches, verifyMessage } from '../../signing/verifyMessage.ts';
import { backends, type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';
import { talk } from '../support/rawHttp.ts';

const key = (letter: string) => letter.repeat(40);
const CLIENTS = {
  web: { current: key('w'), previous: key('v') },
  billing: { current: key('b'), routes: ['POST /auth/introspect'] },
};
const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('base64');
const digestOf = (body: string) => `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;

type Headers = Record<string, string>;

describe.each(backends)('RFC 9421 on %s stores', backend => {
  let app: TestApp;
  let user: RegisteredUser;
  let credentials: string;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true', SIGNATURE_KEYS: JSON.stringify(CLIENTS) });
    user = await app.register();
    credentials = JSON.stringify({ email: user.email, password: user.password });
  });
  afterAll(() => app.close());

  /** The headers of a login, signed after `change` and sent as `sent` says. */
  function signed(change: Partial<MessageParts> = {}, secret = key('w'), body = credentials): Headers {
    const contentDigest = digestOf(body);
    const { base, signatureInput } = signatureBase({
      method: 'POST',
      authority: new URL(app.origin).host,
      path: '/auth/login',
      contentType: 'application/json',
      contentDigest,
      created: Math.floor(app.clock.now() / 1000),
      nonce: randomUUID(),
      keyid: 'web',
      ...change,
    });
    return {
      'Content-Type': 'application/json',
      'Content-Digest': contentDigest,
      'Signature-Input': signatureInput,
      Signature: `sig1=:${hmac(secret, base)}:`,
    };
  }
  /** Sends it as it is; `lines` come after the headers. */
  async function send(
    headers: Headers,
    { body = credentials, target = '/auth/login', lines = [] as string[] } = {},
  ) {
    const { host, port } = new URL(app.origin);
    const all = {
      Host: host,
      Connection: 'close',
      'Content-Length': String(Buffer.byteLength(body)),
      ...headers,
    };
    const head = [...Object.entries(all).map(([name, value]) => `${name}: ${value}`), ...lines];
    const message = `POST ${target} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body}`;
    const { answers } = await talk(Number(port), message);
    const { code } = (answers[0]?.body ?? {}) as { code?: string };
    return code ?? answers[0]?.status;
  }

  it('accepts a signature of a client’s current or previous key', async () => {
    expect(await send(signed())).toBe(200);
    expect(await send(signed({}, key('v')))).toBe(200);
    expect(await send(signed({ keyid: 'default' }, app.env.SIGNATURE_KEY))).toBe(200);
  });

  it('accepts it once, also from many connections at the same time', async () => {
    const headers = signed();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(headers)));
    expect(answers.filter(answer => answer === 200)).toHaveLength(1);
    expect(answers.filter(answer => answer === 'signature_replayed')).toHaveLength(9);
  });

  it('alone decides where it is sent', async () => {
    const plain = () => app.sign('POST', '/auth/login', credentials);
    expect(await send({ ...signed(), 'X-Signature': 'f'.repeat(64), 'X-Timestamp': '1' })).toBe(200);
    const { Signature: _, ...inputOnly } = signed();
    expect(await send({ ...inputOnly, ...plain() })).toBe('signature_malformed');
    const { 'Signature-Input': __, ...signatureOnly } = signed();
    expect(await send({ ...signatureOnly, ...plain() })).toBe('signature_malformed');
    expect(await send({ ...signed({}, key('x')), ...plain() })).toBe('signature_mismatch');
  });

  it.each<[string, () => Headers]>([
    ['another key', () => signed({}, key('x'))],
    ['the key of another client', () => signed({ keyid: 'billing' })],
    ['a client that there is not', () => signed({ keyid: 'nobody' })],
    ['a client that every object has', () => signed({ keyid: 'constructor' })],
    ['another method', () => signed({ method: 'PUT' })],
    ['another host', () => signed({ authority: 'example.com' })],
    ['another path', () => signed({ path: '/auth/register' })],
    ['another query', () => signed({ query: '?a=1' })],
    ['another body', () => ({ ...signed(), 'Content-Digest': digestOf('{}') })],
    [
      'the digest of another body',
      () => ({ ...signed({ contentDigest: digestOf('{}') }), 'Content-Digest': digestOf('{}') }),
    ],
    ['another content type', () => ({ ...signed(), 'Content-Type': 'application/json; charset=utf-8' })],
    ['another nonce', () => ({ ...signed(), 'Signature-Input': signed()['Signature-Input'] ?? '' })],
    ['a short signature', () => ({ ...signed(), Signature: 'sig1=:AAAA:' })],
    ['an empty signature', () => ({ ...signed(), Signature: 'sig1=::' })],
  ])('refuses %s', async (_name, headers) => {
    expect(await send(headers())).toBe('signature_mismatch');
  });

  it('refuses another query or body than the signed one', async () => {
    expect(await send(signed(), { target: '/auth/login?x=1' })).toBe('signature_mismatch');
    expect(await send(signed(), { body: credentials.replace('{', '{ ') })).toBe('signature_mismatch');
  });

  const input = (change: (text: string) => string) => () => {
    const headers = signed();
    return { ...headers, 'Signature-Input': change(headers['Signature-Input'] ?? '') };
  };
  it.each<[string, () => Headers]>([
    [
      'another label',
      () => {
        const { 'Signature-Input': text = '', Signature = '', ...others } = signed();
        return {
          ...others,
          'Signature-Input': text.replace('sig1', 'sig2'),
          Signature: Signature.replace('sig1', 'sig2'),
        };
      },
    ],
    [
      'two labels',
      () => {
        const headers = signed();
        const two = (text = '') => `sig0${text.slice(4)}, ${text}`;
        return {
          ...headers,
          'Signature-Input': two(headers['Signature-Input']),
          Signature: two(headers.Signature),
        };
      },
    ],
    ['a label twice', input(text => `${text}, ${text}`)],
    ['no component', input(text => text.replace(/\(.*\)/, '()'))],
    ['a component too few', input(text => text.replace(' "@query"', ''))],
    ['a body that is not covered', input(text => text.replace(' "content-digest"', ''))],
    ['a component twice', input(text => text.replace('("@method"', '("@method" "@method"'))],
    ['a component too many', input(text => text.replace('("@method"', '("@method" "host"'))],
    ['a parameter of a component', input(text => text.replace('"content-type"', '"content-type";sf'))],
    ['an unknown component', input(text => text.replace('"@query"', '"@quark"'))],
    ['no created', input(text => text.replace(/;created=\d+/, ''))],
    ['created as text', input(text => text.replace(/created=(\d+)/, 'created="$1"'))],
    ['created with a fraction', input(text => text.replace(/created=(\d+)/, 'created=$1.5'))],
    ['created below zero', input(text => text.replace('created=', 'created=-'))],
    ['no nonce', input(text => text.replace(/;nonce="[^"]+"/, ''))],
    ['a short nonce', input(text => text.replace(/nonce="[^"]+"/, 'nonce="short"'))],
    ['no keyid', input(text => text.replace(/;keyid="[^"]+"/, ''))],
    ['a keyid that is a path', input(text => text.replace('"web"', '"../web"'))],
    ['no tag', input(text => text.replace(/;tag="[^"]+"/, ''))],
    ['the tag of another API', input(text => text.replace(/tag="[^"]+"/, 'tag="another"'))],
    ['another algorithm', input(text => `${text};alg="ed25519"`)],
    ['an unknown parameter', input(text => `${text};expires=9999999999`)],
    ['no structured field', input(() => 'sig1')],
    ['a header too long', input(text => text.replace('(', `(${' '.repeat(3000)}`))],
    ['parentheses', input(() => '('.repeat(2000))],
    [
      'a digest that is not understood',
      () => ({ ...signed({ contentDigest: 'md5=:AA==:' }), 'Content-Digest': 'md5=:AA==:' }),
    ],
    ['an Authorization that is not covered', () => ({ ...signed(), Authorization: 'Bearer x' })],
  ])('refuses %s', async (_name, headers) => {
    expect(await send(headers())).toBe('signature_malformed');
  });

  it.each(['Signature', 'Signature-Input', 'Content-Type', 'Content-Digest'])(
    'refuses two lines of %s',
    async name => {
      const headers = signed();
      expect(await send(headers, { lines: [`${name}: ${headers[name]}`] })).toBe('signature_malformed');
    },
  );

  it.each(['Content-Type', 'Authorization', 'Signature-Input', 'Signature', 'Content-Digest'])(
    'refuses %s with many spaces before the library reads it',
    async name => {
      const spaced = (spaces: number) => send({ ...signed(), [name]: `a${' '.repeat(spaces)}b` });
      expect(await spaced(32)).toBe('signature_malformed');
      expect(await spaced(15_000)).toBe('signature_malformed');
    },
  );

  it('accepts a few spaces, and any in headers that it does not cover', async () => {
    const contentType = `application/json${' '.repeat(31)}; charset=utf-8`;
    const other = { Cookie: `a=b;${' '.repeat(10_000)}c=d`, 'User-Agent': 'Zoë' };
    expect(await send({ ...signed({ contentType }), ...other, 'Content-Type': contentType })).toBe(200);
    const more = contentType.replace(';', ' ;');
    expect(await send({ ...signed({ contentType: more }), 'Content-Type': more })).toBe(
      'signature_malformed',
    );
  });

  it('refuses a signature out of time', async () => {
    const at = (ms: number) => send(signed({ created: Math.floor((app.clock.now() + ms) / 1000) }));
    expect(await at(-62_000)).toBe('signature_expired');
    expect(await at(62_000)).toBe('signature_expired');
    for (const ms of [-50_000, 50_000]) expect(await at(ms)).toBe(200);
  });

  it('lets a client call its own routes only', async () => {
    expect(await send(signed({ keyid: 'billing' }, key('b')))).toBe('insufficient_role');
  });

  it('is spoken by the client library, with and without a token', async () => {
    const client = createAuthClient({
      baseUrl: app.origin,
      signatureKey: key('w'),
      clientId: 'web',
      signatureScheme: 'rfc9421',
      now: app.clock.now,
    });
    expect((await client.login(user)).user.id).toBe(user.id);
    expect((await client.updateProfile({ name: 'Ada K.' })).user.name).toBe('Ada K.');
    await client.logout();
    expect(client.signedIn).toBe(false);
  });

  it('holds every character of a request', async () => {
    const headers = signed();
    const text = JSON.stringify({ ...headers, body: credentials });
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom('0', 'x', '"', ' '), async (at, other) => {
        const changed = text.slice(0, at) + other + text.slice(at + 1);
        fc.pre(changed !== text);
        let parsed: Headers;
        try {
          parsed = JSON.parse(changed);
        } catch {
          return;
        }
        const { body = '', ...others } = parsed;
        fc.pre(
          JSON.stringify({ ...others, body }) !== text &&
            Object.keys(others).every(name => /^[\w-]+$/.test(name)),
        );
        const answer = await send(others, { body });
        expect(answer).not.toBe(200);
        expect(answer).not.toBe(500);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the vectors of RFC 9421 and RFC 9530', () => {
  it('B.2.5: hmac-sha256', async () => {
    const secret = Buffer.from(
      'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==',
      'base64',
    );
    const message = {
      kind: 'request',
      method: 'POST',
      targetUri: 'http://example.com/foo?param=Value&Pet=dog',
      fields: [
        { name: 'host', value: 'example.com' },
        { name: 'date', value: 'Tue, 20 Apr 2021 02:07:55 GMT' },
        { name: 'content-type', value: 'application/json' },
        {
          name: 'signature-input',
          value: 'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
        },
        { name: 'signature', value: 'sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:' },
      ],
    } as const;
    const { label } = await verifySignature(message, {
      policy: { algorithms: ['hmac-sha256'], requiredComponents: ['date'], requiredParameters: ['created'] },
      resolveVerifier: () => ({
        algorithm: 'hmac-sha256',
        verify: (data, signature) =>
          createHmac('sha256', secret).update(data).digest().equals(Buffer.from(signature)),
      }),
    });
    expect(label).toBe('sig-b25');
  });

  it('Content-Digest of {"hello": "world"} and a line feed', () => {
    const body = Buffer.from('{"hello": "world"}\n');
    const sha256 = 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:';
    const sha512 =
      'sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:';
    for (const header of [sha256, sha512, `${sha256}, ${sha512}`])
      expect(digestMatches(header, body)).toBe(true);
    expect(digestMatches(sha256, Buffer.from('{"hello": "world"}'))).toBe(false);
    expect(digestMatches(`${sha256}, ${sha512.replace('YMA', 'YMB')}`, body)).toBe(false);
    for (const header of ['', 'x', 'sha-256=abc', 'md5=:AA==:'])
      expect(digestMatches(header, body)).toBeNull();
  });

  it('the base of a request is what the library verifies', async () => {
    const secret = createSecretKey('k'.repeat(32), 'utf8');
    const { base, signatureInput } = signatureBase({
      ...{
        method: 'DELETE',
        authority: 'API.example.com',
        path: '/auth/sessions/1',
        authorization: 'Bearer x',
      },
      ...{ created: 1, nonce: 'n'.repeat(16), keyid: 'default' },
    });
    expect(base).toBe(
      '"@method": DELETE\n"@authority": api.example.com\n"@path": /auth/sessions/1\n"@query": ?\n"authorization": Bearer x\n' +
        '"@signature-params": ("@method" "@authority" "@path" "@query" "authorization");created=1;nonce="nnnnnnnnnnnnnnnn";keyid="default";tag="express-auth-api"',
    );
    const mac = createHmac('sha256', secret).update(base).digest();
    const rawHeaders = [
      'Host',
      'api.example.com',
      'Authorization',
      'Bearer x',
      'Signature-Input',
      signatureInput,
      'Signature',
      `sig1=:${mac.toString('base64')}:`,
    ];
    const message = { method: 'DELETE', target: '/auth/sessions/1', host: 'api.example.com', rawHeaders };
    expect(await verifyMessage(message, () => [secret])).toEqual({
      outcome: 'verified',
      mac: mac.toString('hex'),
    });
  });
});
