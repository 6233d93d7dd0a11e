import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import express, { type Express } from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { parseEnv } from '../../config/env.ts';
import { ApiError, type ErrorCode, errorTable } from '../../errors.ts';
import { handleErrors } from '../../middlewares/handleErrors.ts';
import { noStore } from '../../middlewares/noStore.ts';
import { requestId } from '../../middlewares/requestId.ts';
import { signatureHeaders, signatureKey } from '../../signing/mac.ts';
import type { Database } from '../../stores/db.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics } from '../../telemetry/metrics.ts';
import { backends, noMailer, startTestApp, type TestApp, testSettings } from '../support/harness.ts';
import type { Response } from '../support/http.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const statuses: Record<number, ErrorCode[]> = {
  400: ['malformed_json', 'malformed_request'],
  401: [
    'signature_missing',
    'signature_malformed',
    'signature_expired',
    'signature_mismatch',
    'signature_replayed',
    'token_missing',
    'token_invalid',
    'token_expired',
    'token_revoked',
    'invalid_credentials',
  ],
  403: ['mfa_required', 'email_unverified', 'insufficient_role'],
  404: ['not_found'],
  405: ['method_not_allowed'],
  408: ['request_timeout'],
  409: ['email_taken', 'mfa_already_enabled'],
  413: ['payload_too_large'],
  415: ['unsupported_media_type'],
  422: ['validation_failed'],
  429: ['rate_limited', 'account_locked'],
  431: ['headers_too_large'],
  500: ['internal_error'],
  503: ['store_unavailable', 'overloaded', 'shutting_down'],
};

/** What is looked at of an answer, whoever fetched it. */
interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown>;
}

/** Problem details (RFC 9457) with all that goes with their status, and nothing besides. */
function expectProblem(answer: Answer, status: number, code: string, ...more: string[]): void {
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(Object.keys(answer.body).sort()).toEqual(
    ['type', 'title', 'status', 'code', 'detail', 'request_id', ...more].sort(),
  );
  expect(answer.body).toMatchObject({
    type: `/docs/errors#${code}`,
    title: expect.stringMatching(/^[A-Z].+[^.]$/),
    status,
    detail: expect.stringMatching(/^[A-Z].+\.$/),
    request_id: answer.headers['x-request-id'],
  });
  expect(answer.body.detail).not.toContain(answer.body.title);
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.headers['www-authenticate']).toEqual(
    status === 401 ? expect.stringMatching(/^(Bearer|HMAC-SHA256) realm="auth"/) : undefined,
  );
  expect(answer.headers['retry-after']).toEqual(
    [429, 503].includes(status) ? expect.stringMatching(/^[1-9]\d*$/) : undefined,
  );
}

function expectSafe({ headers }: Answer): void {
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'x-request-id': expect.stringMatching(UUID),
    'x-content-type-options': 'nosniff',
    'x-frame-options': expect.any(String),
    'content-security-policy': expect.stringContaining("default-src 'self'"),
    'strict-transport-security': expect.stringMatching(/^max-age=[1-9]/),
    'referrer-policy': 'no-referrer',
  });
  expect(headers).not.toHaveProperty('x-powered-by');
  expect(headers).not.toHaveProperty('server');
  expect(headers).not.toHaveProperty('etag');
}

describe('the table of errors', () => {
  it.each(
    Object.entries(statuses).flatMap(([status, codes]) => codes.map(code => [code, Number(status)] as const)),
  )('gives %s the status %i', (code, status) => {
    expect(errorTable[code].status).toBe(status);
  });

  it.each(Object.keys(errorTable) as ErrorCode[])(
    'tells for %s what to do next, in other words than the title',
    code => {
      const { title, detail } = errorTable[code];
      expect(detail).toMatch(/^[A-Z].+\.$/);
      expect(detail).not.toContain(title);
    },
  );

  it.each(Object.keys(errorTable) as ErrorCode[])('%s is answered as problem details', async code => {
    const { status, title } = errorTable[code];
    const app = express();
    app.use(requestId(), noStore());
    app.use(() => {
      throw new ApiError(code, { detail: 'Said to the reader.', cause: new Error('said to nobody') });
    });
    app.use(handleErrors(createLogger('silent')));
    const answer = await request(app).get('/');
    expectProblem(answer, status, code);
    expect(answer.body).toMatchObject({ title, detail: 'Said to the reader.' });
    expect(answer.text).not.toContain('said to nobody');
  });
});

describe.each(backends)('answers on %s stores', backend => {
  let app: TestApp;
  let user: { email: string; password: string };
  let token: string;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true' });
    user = await app.register();
    token = await app.login(user);
  });
  afterAll(() => app.close());

  /** Supertest would tidy the path and the doubled headers. */
  function sendPlainly(method: string, path: string, headers: Record<string, string | string[]>) {
    const { hostname, port } = new URL(app.origin);
    return new Promise<Answer>((resolve, reject) => {
      const message = httpRequest({ hostname, port, method, path, headers, agent: false }, async response => {
        const chunks = [];
        for await (const chunk of response) chunks.push(chunk);
        const body = JSON.parse(Buffer.concat(chunks).toString());
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
      message.on('error', reject).end();
    });
  }

  const registration = () => ({
    name: 'Ada',
    email: `${randomBytes(6).toString('hex')}@example.com`,
    password: 'correct horse',
  });
  const expired = () => {
    const parts = { method: 'POST', path: '/auth/login', body: '{}', timestamp: app.clock.now() - 60_001 };
    return signatureHeaders(signatureKey(app.env.SIGNATURE_KEY), parts);
  };

  describe('that refuse', () => {
    const refusals: [ErrorCode, () => Promise<Answer>, ...more: string[]][] = [
      ['malformed_json', () => app.call('POST', '/auth/login', { body: '{' })],
      ['malformed_request', () => sendPlainly('POST', '/auth/login#', app.sign('POST', '/auth/login#'))],
      ['signature_missing', () => app.call('POST', '/auth/login', { sign: false })],
      [
        'signature_malformed',
        () => app.call('POST', '/auth/login', { headers: { 'X-Signature': 'x' }, body: {} }),
      ],
      [
        'signature_expired',
        () => app.call('POST', '/auth/login', { body: '{}', sign: false, headers: expired() }),
        'server_time',
      ],
      [
        'signature_mismatch',
        () => app.call('POST', '/auth/login', { headers: { 'X-Signature': '0'.repeat(64) }, body: {} }),
      ],
      [
        'signature_replayed',
        async () => {
          const headers = app.sign('POST', '/auth/login', '{}');
          await app.call('POST', '/auth/login', { body: '{}', sign: false, headers });
          return app.call('POST', '/auth/login', { body: '{}', sign: false, headers });
        },
      ],
      ['token_missing', () => app.call('GET', '/auth/profile')],
      ['token_invalid', () => app.call('GET', '/auth/profile', { token: 'x.y.z' })],
      [
        'token_revoked',
        async () => {
          const ended = await app.login(user);
          await app.call('POST', '/auth/logout', { token: ended });
          return app.call('GET', '/auth/profile', { token: ended });
        },
      ],
      [
        'invalid_credentials',
        () => app.call('POST', '/auth/login', { body: { ...user, password: 'not this one' } }),
      ],
      ['not_found', () => app.call('GET', '/nothing')],
      ['not_found', () => app.call('POST', '/auth/nothing', { body: {} })],
      ['method_not_allowed', () => app.call('DELETE', '/auth/login')],
      ['email_taken', () => app.call('POST', '/auth/register', { body: { ...registration(), ...user } })],
      [
        'payload_too_large',
        () => app.call('POST', '/auth/login', { body: { name: 'x'.repeat(100 * 1024) } }),
      ],
      [
        'unsupported_media_type',
        () => app.call('POST', '/auth/login', { body: {}, headers: { 'Content-Type': 'text/plain' } }),
      ],
      ['validation_failed', () => app.call('POST', '/auth/login', { body: {} }), 'errors'],
    ];

    it.each(refusals)('with %s are problem details', async (code, provoke, ...more) => {
      const answer = await provoke();
      expectProblem(answer, errorTable[code].status, code, ...more);
      expectSafe(answer);
    });

    it('with token_expired are problem details', async () => {
      const short = await startTestApp(backend, { JWT_EXPIRES_IN: '1' });
      const expiring = await short.login(await short.register());
      short.clock.advance(1000);
      const answer = await short.call('GET', '/auth/profile', { token: expiring });
      expectProblem(answer, 401, 'token_expired');
      await short.close();
    });

    it('with store_unavailable are problem details', async () => {
      const broken = await startTestApp(backend);
      await broken.stores.db.run('DROP TABLE users');
      const answer = await broken.call('POST', '/auth/register', { body: registration() });
      expectProblem(answer, 503, 'store_unavailable');
      expectSafe(answer);
      await broken.close();
    });

    it('name what the method may be, with 405', async () => {
      const answer = await app.call('DELETE', '/auth/login');
      expect(answer.headers.allow).toBe('POST, OPTIONS');
    });

    it('name the faults by their path, with 422', async () => {
      const { body } = await app.call('PATCH', '/auth/profile', { token, body: { name: '' } });
      expect(body.errors).toEqual([{ path: 'name', message: expect.stringMatching(/\w/) }]);
    });

    it('name the clock of the server, with signature_expired', async () => {
      const headers = expired();
      const { body } = await app.call('POST', '/auth/login', { body: '{}', sign: false, headers });
      expect(body.server_time).toBe(app.clock.now());
    });

    it.each([
      [
        'signature_missing',
        'POST',
        '/auth/logout',
        'HMAC-SHA256 realm="auth", headers="X-Signature X-Timestamp"',
      ],
      ['token_missing', 'GET', '/auth/profile', 'Bearer realm="auth"'],
    ])('challenge for what is missing, with %s', async (code, method, path, challenge) => {
      const { body, headers } = await app.call(method, path, { sign: false });
      expect([body.code, headers['www-authenticate']]).toEqual([code, challenge]);
    });

    it('have no body when the question was HEAD', async () => {
      const answer = await app.call('HEAD', '/auth/profile');
      expect([answer.status, answer.text ?? '']).toEqual([401, '']);
      expectSafe(answer);
    });
  });

  it.each<[string, number, () => Promise<Response>]>([
    ['a registration', 201, () => app.call('POST', '/auth/register', { body: registration() })],
    ['a login', 200, () => app.call('POST', '/auth/login', { body: user })],
    ['a profile', 200, () => app.call('GET', '/auth/profile', { token })],
    ['the head of a profile', 200, () => app.call('HEAD', '/auth/profile', { token })],
    ['a renaming', 200, () => app.call('PATCH', '/auth/profile', { token, body: { name: 'Ada' } })],
    ['a logout', 204, async () => app.call('POST', '/auth/logout', { token: await app.login(user) })],
    ['OPTIONS', 204, () => app.call('OPTIONS', '/auth/profile')],
    ['liveness', 200, () => app.call('GET', '/health/live')],
    ['readiness', 200, () => app.call('GET', '/health/ready')],
  ])('to %s are not to be kept and give nothing away', async (_name, status, ask) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expectSafe(answer);
  });

  describe('and X-Request-Id', () => {
    it.each(['a', 'A-z_0.9', '7f3c9a52-2f0e-4b0f-9a57-0b6a0a8f6f10', 'x'.repeat(128)])(
      'is taken over when it is %s',
      async id => {
        const answer = await app.call('GET', '/nothing', { headers: { 'X-Request-Id': id } });
        expect([answer.headers['x-request-id'], answer.body.request_id]).toEqual([id, id]);
        await expect.poll(() => app.logged()).toContain(`"request_id":"${id}"`);
      },
    );

    it.each([
      ['empty', ''],
      ['too long', 'x'.repeat(129)],
      ['two words', 'a b'],
      ['words with a tab between', 'a\tb'],
      ['a line feed in percent-encoding', 'a%0d%0ab'],
      ['a line feed as an escape', 'a\\nb'],
      ['JSON', '{"a":1}'],
      ['HTML', '<b>'],
      ['a path', '../a'],
      ['a list', 'a,b'],
      ['not ASCII', '\u00e9'],
      ['a next-line character', 'a\u0085b'],
    ])('is replaced when it is %s', async (_name, id) => {
      const answer = await app.call('GET', '/nothing', { headers: { 'X-Request-Id': id } });
      expect(answer.headers['x-request-id']).toMatch(UUID);
      expect(answer.body.request_id).toBe(answer.headers['x-request-id']);
    });

    it('is replaced when it is sent twice', async () => {
      const { headers } = await sendPlainly('GET', '/nothing', { 'X-Request-Id': ['a', 'b'] });
      expect(headers['x-request-id']).toMatch(UUID);
    });

    it.each([
      ['a folded line', 'a\r\n b'],
      ['a line feed', 'a\nb'],
      ['a carriage return', 'a\rb'],
      ['NUL', 'a\0b'],
    ])('never comes back with %s in it', async (_name, id) => {
      const { hostname, port } = new URL(app.origin);
      const answer = await new Promise<string>((resolve, reject) => {
        let text = '';
        const socket = connect(Number(port), hostname);
        socket.on('data', chunk => {
          text += chunk;
        });
        socket.on('error', reject).on('end', () => resolve(text));
        socket.write(`GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: ${id}\r\n\r\n`);
      });
      expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
      const [, sent] = /^x-request-id: (.*)\r$/im.exec(answer) ?? [];
      if (sent !== undefined) expect(sent).toMatch(UUID);
    });

    it('is another for each request', async () => {
      const ids = [];
      for (let i = 0; i < 3; i++) ids.push((await app.call('GET', '/health/live')).headers['x-request-id']);
      expect(new Set(ids).size).toBe(3);
    });
  });
});

describe('an unexpected error', () => {
  const secret = 'hunter2 on db-7.internal';

  /** What comes of a login while every query to the database throws. */
  async function login(thrown: unknown): Promise<{ app: Express; answer: Response; lines: string[] }> {
    const env = parseEnv(testSettings('embedded'));
    const now = () => 1_750_912_634_177;
    const lines: string[] = [];
    const sink = new PassThrough().on('data', chunk => lines.push(String(chunk)));
    const fail = () => Promise.reject(thrown);
    const db: Database = { engine: 'sqlite', query: fail, run: fail, close: async () => {} };
    const app = createApp({
      env,
      db,
      redis: null,
      log: createLogger('info', sink),
      audit: { record() {}, async forget() {} },
      mailer: noMailer,
      metrics: createMetrics(),
      now,
      startedAt: 0,
    });

    const body = '{"email":"ada@example.com","password":"correct horse"}';
    const parts = { method: 'POST', path: '/auth/login', body, timestamp: now() };
    const answer = await request(app)
      .post(parts.path)
      .set({
        'Content-Type': 'application/json',
        ...signatureHeaders(signatureKey(env.SIGNATURE_KEY), parts),
      })
      .serialize(text => text)
      .send(body);
    return { app, answer, lines };
  }

  it('is a 500 that says nothing of itself', async () => {
    const { answer } = await login(new TypeError(secret));
    expectProblem(answer, 500, 'internal_error');
    expectSafe(answer);
    expect(answer.body.detail).toBe(errorTable.internal_error.detail);
    const told = JSON.stringify([answer.headers, answer.text]);
    for (const inside of ['hunter2', 'db-7', 'TypeError', 'node_modules', '.ts', '    at '])
      expect(told).not.toContain(inside);
  });

  it('is logged with its stack and the id of the request', async () => {
    const { answer, lines } = await login(new TypeError(secret));
    const logged = lines.map(line => JSON.parse(line)).filter(({ level }) => level >= 50);
    expect(logged).toEqual([
      expect.objectContaining({
        request_id: answer.body.request_id,
        code: 'internal_error',
        err: expect.objectContaining({
          type: 'TypeError',
          message: secret,
          stack: expect.stringMatching(/^TypeError: hunter2 .+\n +at .+answers\.test\.ts/),
        }),
      }),
    ]);
  });

  it.each<[string, unknown]>([
    ['a text', secret],
    ['null', null],
    ['undefined', undefined],
    ['an object', { status: 200, message: secret }],
    ['an error with a status of its own', Object.assign(new Error(secret), { status: 404, expose: true })],
    ['an error with the status 400', Object.assign(new Error(secret), { status: 400 })],
    ['an error with the status 413', Object.assign(new Error(secret), { status: 413 })],
    ['an error with headers', Object.assign(new Error(secret), { headers: { 'X-Leak': secret } })],
  ])('is the same when %s is thrown', async (_name, thrown) => {
    const { answer, lines } = await login(thrown);
    expectProblem(answer, 500, 'internal_error');
    expect(JSON.stringify([answer.headers, answer.text])).not.toContain('hunter2');
    expect(lines.some(line => line.includes('internal_error'))).toBe(true);
  });

  it('does not stop the app', async () => {
    const { app, answer } = await login(new TypeError(secret));
    expect(answer.status).toBe(500);
    expect((await request(app).get('/health/live')).status).toBe(200);
  });
});

describe.each(backends)('the log on %s stores', backend => {
  it('holds no password, hash, token, signature, key, body or query of any endpoint', async () => {
    const app = await startTestApp(backend, {
      LOG_LEVEL: 'trace',
      SIGNATURE_EXPLAIN: 'true',
      SIGNATURE_KEY_PREVIOUS: 'the signing key that was in use before',
    });
    const secrets = new Map<string, string>([
      ['JWT_SECRET', app.env.JWT_SECRET],
      ['SIGNATURE_KEY', app.env.SIGNATURE_KEY],
      ['SIGNATURE_KEY_PREVIOUS', 'the signing key that was in use before'],
    ]);
    let calls = 0;
    const secret = (name: string) => {
      const value = `${name}-${randomBytes(9).toString('hex')}`;
      secrets.set(`${name} ${calls}`, value);
      return value;
    };

    /** Signs by itself, so that the signature is known. */
    async function call(method: string, path: string, token?: string, body: object | string = {}) {
      const text = method === 'GET' ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
      const signature = app.sign(method, path, text);
      secrets.set(`signature ${++calls}`, signature['X-Signature']);
      if (token) secrets.set(`token ${calls}`, token);
      const headers = { ...signature, Cookie: `refresh_token=${secret('cookie')}`, 'User-Agent': 'tests' };
      const answer = await app.call(method, `${path}?token=${secret('query')}`, {
        sign: false,
        headers,
        ...(text !== undefined && { body: text }),
        ...(token && { token }),
      });
      if (answer.body.access_token) secrets.set(`access_token ${calls}`, answer.body.access_token);
      return answer;
    }

    try {
      const email = `${randomBytes(6).toString('hex')}@example.com`;
      const [password, next] = [secret('password'), secret('new-password')];
      const register = { name: 'Ada', email, password, password_confirmation: password };
      expect((await call('POST', '/auth/register', undefined, register)).status).toBe(201);
      expect((await call('POST', '/auth/register', undefined, register)).status).toBe(409);
      const mistaken = { ...register, email: 'none', password_confirmation: secret('confirmation') };
      expect((await call('POST', '/auth/register', undefined, mistaken)).status).toBe(422);

      const login = { email, password, device_name: 'tests' };
      const { body } = await call('POST', '/api/auth/login', undefined, login);
      const wrong = { email, password: secret('wrong-password') };
      expect((await call('POST', '/auth/login', undefined, wrong)).status).toBe(401);
      expect((await call('POST', '/auth/login', undefined, `{"password":"${secret('broken')}`)).status).toBe(
        400,
      );
      const forged = `${body.access_token.slice(0, -20)}${'A'.repeat(20)}`;
      expect((await call('GET', '/auth/profile', forged)).status).toBe(401);
      expect((await call('GET', '/auth/profile', body.access_token)).status).toBe(200);
      const renamed = await call('PATCH', '/auth/profile', body.access_token, { name: 'Countess' });
      expect(renamed.status).toBe(200);

      const change = { current_password: password, new_password: next, new_password_confirmation: next };
      const changed = await call('POST', '/auth/change-password', body.access_token, change);
      expect(changed.status).toBe(200);
      expect((await call('POST', '/auth/change-password', body.access_token, change)).status).toBe(401);
      expect((await call('POST', '/auth/logout', changed.body.access_token)).status).toBe(204);
      const unsigned = { sign: false, headers: { 'X-Signature': '0'.repeat(64), 'X-Timestamp': '1' } };
      expect((await app.call('POST', '/auth/login', unsigned)).status).toBe(401);
      const mismatched = await app.call('POST', '/auth/login', {
        headers: { 'X-Signature': 'a'.repeat(64) },
        body: { email, password: secret('mismatched') },
      });
      expect(mismatched.body.string_to_sign).toContain('mismatched-');

      for (const { password } of await app.stores.db.query('SELECT password FROM users'))
        secrets.set('hash', String(password));
      await app.stores.db.run('DROP TABLE users');
      expect((await call('POST', '/auth/login', undefined, login)).status).toBe(503);
      expect((await call('POST', '/auth/register', undefined, register)).status).toBe(503);

      const log = app.logged();
      expect(log.match(/"msg":"request"/g)?.length).toBeGreaterThan(15);
      expect(log).toContain('store_unavailable');
      expect(secrets.size).toBeGreaterThan(40);
      for (const [name, value] of secrets) {
        expect(value.length).toBeGreaterThan(15);
        expect([name, log.includes(value)]).toEqual([name, false]);
        expect([name, log.includes(value.slice(0, 40))]).toEqual([name, false]);
      }
    } finally {
      await app.close();
    }
  });
});
