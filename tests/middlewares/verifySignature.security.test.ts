import { randomBytes } from 'node:crypto';
import { Agent, createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import express, { type Express } from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp } from '../../app.ts';
import { parseEnv } from '../../config/env.ts';
import { ApiError } from '../../errors.ts';
import { handleErrors } from '../../middlewares/handleErrors.ts';
import { verifySignature } from '../../middlewares/verifySignature.ts';
import { createMemoryReplayStore } from '../../models/limits/replay.memory.ts';
import type { ReplayStore } from '../../models/limits/replay.model.ts';
import { createRedisReplayStore } from '../../models/limits/replay.redis.ts';
import { createSigningClients } from '../../signing/clients.ts';
import { mac, signatureHeaders, signatureKey } from '../../signing/mac.ts';
import { openSqlite } from '../../stores/sqlite.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics } from '../../telemetry/metrics.ts';
import {
  backends,
  hasRealStores,
  noMailer,
  type RegisteredUser,
  startTestApp,
  type TestApp,
  testSettings,
} from '../support/harness.ts';

/** Keeps connections open, so that not each of the requests opens one. */
const agent = new Agent({ keepAlive: true });
afterAll(() => agent.destroy());

const LIMIT_MS = 60_000;
const MAX_BODY_BYTES = 100 * 1024;
/** A body that is not signed as sent is parsed up to this size. */
const MAX_PARSED_BYTES = 8 * 1024;
const BODY = '{"a":"b"}';

interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: { code?: string; server_time?: number; string_to_sign?: string };
}

/** Sends just these headers, lists as lines of their own, and the path as it is: supertest would tidy both. */
function send(origin: string, sent: Sent): Promise<Answer> {
  return exchange(origin, sent, message => message.end(sent.body));
}

/** Sends the headers, waits until the server has looked at them, and sends the body in two halves. */
function sendSlowly(origin: string, sent: Sent & { body: string }, meanwhile: () => void): Promise<Answer> {
  const half = Math.floor(sent.body.length / 2);
  const headers = { ...sent.headers, Expect: '100-continue', 'Content-Length': String(sent.body.length) };
  return exchange(origin, { ...sent, headers }, message => {
    message.on('continue', () => {
      message.write(sent.body.slice(0, half));
      meanwhile();
      message.end(sent.body.slice(half));
    });
  });
}

function exchange(
  origin: string,
  { method = 'POST', path = '/x', headers = {} }: Sent,
  write: (message: ReturnType<typeof request>) => void,
): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const message = request({ hostname, port, method, path, headers, agent }, response => {
      read(response).then(resolve, reject);
    });
    message.on('error', reject);
    write(message);
  });
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const body = response.headers['content-type']?.includes('json') ? JSON.parse(text) : {};
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

type GuardEnv = TestApp['env'];

/** The guard alone before a handler that notes what it gets, on the stores, the key and the clock of a test app. */
interface Guard {
  origin: string;
  handled: { method: string; url: string; query: unknown; body: unknown }[];
  close(): Promise<void>;
}

function replayStoreOf({ stores, clock }: TestApp): ReplayStore {
  return stores.redis ? createRedisReplayStore(stores.redis) : createMemoryReplayStore(clock.now);
}

async function startGuard(
  testApp: TestApp,
  overrides: Partial<GuardEnv> = {},
  replays: ReplayStore = replayStoreOf(testApp),
  notBefore = 0,
): Promise<Guard> {
  const handled: Guard['handled'] = [];
  const app = express();
  const { env, clock } = testApp;
  const settings = { ...env, ...overrides };
  const signingClients = createSigningClients(settings);
  const clients = () => signingClients;
  app.use(verifySignature({ env: settings, clients, replays, now: clock.now, notBefore }));
  app.use(({ method, url, query, body }, res) => {
    handled.push({ method, url, query, body });
    res.json({});
  });
  app.use(handleErrors(createLogger('silent')));
  const server = createServer({ keepAliveTimeout: 0 }, app);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    handled,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

describe.each(backends)('the signature guard on %s stores', backend => {
  let app: TestApp;
  let guard: Guard;
  beforeAll(async () => {
    app = await startTestApp(backend);
    guard = await startGuard(app);
  });
  afterAll(async () => {
    await guard.close();
    await app.close();
  });
  beforeEach(() => {
    guard.handled.length = 0;
  });

  const json = { 'Content-Type': 'application/json' };
  const asLatin1 = (text: string) => Buffer.from(text).toString('latin1');
  const uuid = () => crypto.randomUUID();
  const rows = () => app.stores.db.query('SELECT * FROM users ORDER BY id');

  /** A request that passes, unless something is changed in it. */
  function signed({ method = 'POST', path = '/x', body = '', headers = {} }: Sent & { body?: string } = {}) {
    return { method, path, body, headers: { ...json, ...app.sign(method, path, body), ...headers } };
  }

  function signedAt(timestamp: number | string, { path = '/x', body = BODY } = {}) {
    const key = signatureKey(app.env.SIGNATURE_KEY);
    const headers = signatureHeaders(key, { method: 'POST', path, body, timestamp });
    return { path, body, headers: { ...json, ...headers } };
  }

  function expectRefusal(answer: Answer, status: number, code: string): void {
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(guard.handled).toEqual([]);
  }

  async function expectPassed(answer: Promise<Answer> | Answer): Promise<void> {
    expect(await answer).toMatchObject({ status: 200, body: {} });
    expect(guard.handled).toHaveLength(1);
  }

  it('accepts a request that is signed well, and hands it on', async () => {
    await expectPassed(send(guard.origin, signed({ method: 'PUT', path: '/a/b', body: BODY })));
    expect(guard.handled).toEqual([{ method: 'PUT', url: '/a/b', query: {}, body: { a: 'b' } }]);
  });

  describe('the headers', () => {
    it.each([
      ['neither header', []],
      ['X-Signature alone', ['X-Signature']],
      ['X-Timestamp alone', ['X-Timestamp']],
    ] as const)('refuses %s', async (_name, kept) => {
      const { headers, ...rest } = signed({ body: BODY });
      const some = Object.fromEntries(kept.map(name => [name, headers[name]]));
      const answer = await send(guard.origin, { ...rest, headers: { ...json, ...some } });
      expectRefusal(answer, 401, 'signature_missing');
      expect(answer.headers['www-authenticate']).toMatch(/^HMAC-SHA256 /);
    });

    it.each(['X-Signature', 'X-Timestamp'] as const)('refuses %s sent empty', async name => {
      const sent = signed({ body: BODY, headers: { [name]: '' } });
      expectRefusal(await send(guard.origin, sent), 401, 'signature_malformed');
    });

    it.each(['X-Signature', 'X-Timestamp'] as const)('refuses %s twice, the same both times', async name => {
      const sent = signed({ body: BODY });
      const headers = { ...sent.headers, [name]: [sent.headers[name], sent.headers[name]] };
      expectRefusal(await send(guard.origin, { ...sent, headers }), 401, 'signature_malformed');
    });

    it.each([
      ['X-Signature', 'first'],
      ['X-Signature', 'last'],
      ['X-Timestamp', 'first'],
      ['X-Timestamp', 'last'],
    ] as const)('refuses %s twice, the right one %s', async (name, place) => {
      const sent = signed({ body: BODY });
      const right = sent.headers[name];
      const wrong = name === 'X-Timestamp' ? String(app.clock.now() - 1) : '0'.repeat(64);
      const values = place === 'first' ? [right, wrong] : [wrong, right];
      const answer = await send(guard.origin, { ...sent, headers: { ...sent.headers, [name]: values } });
      expectRefusal(answer, 401, 'signature_malformed');
    });

    it.each(['X-Signature', 'X-Timestamp'] as const)('refuses %s as a list in one line', async name => {
      const sent = signed({ body: BODY });
      const headers = { ...sent.headers, [name]: `${sent.headers[name]}, ${sent.headers[name]}` };
      expectRefusal(await send(guard.origin, { ...sent, headers }), 401, 'signature_malformed');
    });

    it.each<[string, (now: string) => string]>([
      ['of 12 digits', now => now.slice(0, 12)],
      ['of 14 digits', now => `${now}0`],
      ['in seconds', now => now.slice(0, 10)],
      ['with a leading zero', now => `0${now}`],
      ['with a leading zero, of 13 digits', now => `0${now.slice(0, 12)}`],
      ['with a plus', now => `+${now}`],
      ['with a minus', now => `-${now}`],
      ['with a space in it', now => `${now.slice(0, 6)} ${now.slice(6)}`],
      ['with a tab in it', now => `${now.slice(0, 6)}\t${now.slice(6)}`],
      ['with a no-break space after it', now => `${now}\u00a0`],
      ['with a comma after it', now => `${now},`],
      ['with an underscore', now => `${now.slice(0, 6)}_${now.slice(6)}`],
      ['with text after it', now => `${now}ms`],
      ['in hex', now => `0x${Number(now).toString(16)}`],
      ['in octal', now => `0o${Number(now).toString(8)}`],
      ['as a float', now => `${now}.0`],
      ['as a float of 13 characters', now => `${now.slice(0, 11)}.0`],
      ['with an exponent', now => `${now}e0`],
      ['in exponent form', now => Number(now).toExponential()],
      ['as a bigint', now => `${now}n`],
      ['as a date', now => new Date(Number(now)).toISOString()],
      ['that takes over an empty body', now => `{}${now}`],
      ['that takes over the end of a body', now => `}${now}`],
      ['in quotes', now => `"${now}"`],
      ['in full-width digits', now => asLatin1(now.replace(/\d/g, d => String.fromCharCode(0xff10 + +d)))],
      ['in Arabic digits', now => asLatin1(now.replace(/\d/g, d => String.fromCharCode(0x660 + +d)))],
      ['of zeros', () => '0000000000000'],
      ['that is NaN', () => 'NaN'],
      ['that is Infinity', () => 'Infinity'],
      ['that is null', () => 'null'],
    ])('refuses a timestamp %s, though that text is signed', async (_name, write) => {
      const timestamp = write(String(app.clock.now()));
      expectRefusal(await send(guard.origin, signedAt(timestamp)), 401, 'signature_malformed');
    });

    it('refuses a captured signature of an empty object with `{}` moved into the timestamp', async () => {
      const { headers } = signedAt(app.clock.now() - LIMIT_MS * 1000, { body: '{}' });
      const moved = { 'X-Signature': headers['X-Signature'], 'X-Timestamp': `{}${headers['X-Timestamp']}` };
      expectRefusal(await send(guard.origin, { headers: moved }), 401, 'signature_malformed');
    });

    it.each<[string, (signature: string) => string]>([
      ['of 63 digits', signature => signature.slice(1)],
      ['of 65 digits', signature => `${signature}0`],
      ['of 62 digits', signature => signature.slice(2)],
      ['twice as long', signature => signature + signature],
      ['with 0x', signature => `0x${signature}`],
      ['with the name of the algorithm', signature => `sha256=${signature}`],
      ['with a letter that is not hex', signature => `g${signature.slice(1)}`],
      ['with bytes as in a URL', signature => `%${signature.slice(0, 63)}`],
      ['in base64', signature => Buffer.from(signature, 'hex').toString('base64')],
      ['of full-width digits', () => asLatin1('０'.repeat(64))],
    ])('refuses a signature %s', async (_name, write) => {
      const sent = signed({ body: BODY });
      const headers = { ...sent.headers, 'X-Signature': write(sent.headers['X-Signature']) };
      expectRefusal(await send(guard.origin, { ...sent, headers }), 401, 'signature_malformed');
    });

    it('accepts a signature in upper-case hex', async () => {
      const sent = signed({ body: BODY });
      const headers = { ...sent.headers, 'X-Signature': sent.headers['X-Signature'].toUpperCase() };
      await expectPassed(send(guard.origin, { ...sent, headers }));
    });
  });

  describe('the time', () => {
    it.each([
      ['1 ms too old', -LIMIT_MS - 1],
      ['1 ms too far ahead', LIMIT_MS + 1],
      ['a year old', -31_536_000_000],
      ['a year ahead', 31_536_000_000],
    ])('refuses a timestamp %s, and tells its own time', async (_name, offset) => {
      const answer = await send(guard.origin, signedAt(app.clock.now() + offset));
      expectRefusal(answer, 401, 'signature_expired');
      expect(answer.body.server_time).toBe(app.clock.now());
      expect(answer.headers['www-authenticate']).toMatch(/^HMAC-SHA256 /);
    });

    it.each([
      ['old', -LIMIT_MS],
      ['ahead', LIMIT_MS],
    ])('accepts a timestamp just as far %s as the limit', async (_name, offset) => {
      await expectPassed(
        send(guard.origin, signedAt(app.clock.now() + offset, { body: `{"id":"${uuid()}"}` })),
      );
    });

    it('goes by the configured limit', async () => {
      const strict = await startGuard(app, { SIGNATURE_TIMELIMIT: 5 });
      const late = await send(strict.origin, signedAt(app.clock.now() - 6));
      expect([late.status, late.body.code]).toEqual([401, 'signature_expired']);
      expect((await send(strict.origin, signedAt(app.clock.now() - 5))).status).toBe(200);
      await strict.close();
    });

    it('refuses a body that was still on its way when the time ran out', async () => {
      const sent = signedAt(app.clock.now());
      const answer = await sendSlowly(guard.origin, sent, () => app.clock.advance(LIMIT_MS + 1));
      expectRefusal(answer, 401, 'signature_expired');
      expect(answer.body.server_time).toBe(app.clock.now());
    });

    it('accepts a body that ended in the last millisecond', async () => {
      await expectPassed(
        sendSlowly(guard.origin, signedAt(app.clock.now()), () => app.clock.advance(LIMIT_MS)),
      );
    });
  });

  describe('what was not signed', () => {
    it.each<[string, Sent, string?]>([
      ['another method', { method: 'PUT' }],
      ['another path', { path: '/y' }],
      ['the path with a slash after it', { path: '/x/' }],
      ['the path in upper case', { path: '/X' }],
      ['the path in percent-encoding', { path: '/%78' }],
      ['another body', { body: '{"a":"c"}' }],
      ['a member more', { body: '{"a":"b","c":1}' }],
      ['the members in another order', { body: '{"b":1,"a":2}' }, '{"a":2,"b":1}'],
      ['another type of value', { body: '{"a":1}' }],
      ['no body', { body: '' }],
      ['an empty object', { body: '{}' }],
    ])('refuses %s', async (_name, changed, body = BODY) => {
      const answer = await send(guard.origin, { ...signed({ body }), ...changed });
      expectRefusal(answer, 401, 'signature_mismatch');
    });

    it('refuses another timestamp', async () => {
      const sent = signedAt(app.clock.now());
      const headers = { ...sent.headers, 'X-Timestamp': String(app.clock.now() + 1) };
      expectRefusal(await send(guard.origin, { ...sent, headers }), 401, 'signature_mismatch');
    });

    it('refuses a signature of zeros', async () => {
      const sent = signed({ body: BODY, headers: { 'X-Signature': '0'.repeat(64) } });
      expectRefusal(await send(guard.origin, sent), 401, 'signature_mismatch');
    });

    it('refuses a body where the signature is over none', async () => {
      expectRefusal(await send(guard.origin, { ...signed(), body: '{}' }), 401, 'signature_mismatch');
    });

    it.each([
      ['a key of somebody else', () => 'another key'],
      ['an empty key', () => ''],
      ['the key of the tokens', () => app.env.JWT_SECRET],
      ['the key with a line feed after it', () => `${app.env.SIGNATURE_KEY}\n`],
    ])('refuses what is signed with %s', async (_name, key) => {
      const parts = { method: 'POST', path: '/x', body: BODY, timestamp: app.clock.now() };
      const headers = { ...json, ...signatureHeaders(signatureKey(key()), parts) };
      expectRefusal(await send(guard.origin, { body: BODY, headers }), 401, 'signature_mismatch');
    });

    it('drops the query', async () => {
      const sent = signed({ body: BODY });
      await expectPassed(send(guard.origin, { ...sent, path: '/x?admin=1&id[]=2#' }));
      expect(guard.handled).toEqual([{ method: 'POST', url: '/x', query: {}, body: { a: 'b' } }]);
    });

    it('refuses a query that was signed as if it were of the path', async () => {
      const path = '/x?admin=1';
      const parts = { method: 'POST', path, body: BODY, timestamp: app.clock.now() };
      const headers = { ...json, ...signatureHeaders(signatureKey(app.env.SIGNATURE_KEY), parts) };
      expectRefusal(await send(guard.origin, { path, body: BODY, headers }), 401, 'signature_mismatch');
    });

    it.each([
      ['an overflowing number where null was signed', '{"n":1e400}', '{"n":null}'],
      ['a negative zero where zero was signed', '{"n":-0}', '{"n":0}'],
    ])('refuses %s, or hands on what was signed', async (_name, body, signedBody) => {
      await send(guard.origin, { ...signed({ body: signedBody }), body });
      for (const { body } of guard.handled) expect(body).toEqual(JSON.parse(signedBody));
    });
  });

  describe('replays', () => {
    const prettier = (body: string) => JSON.stringify(JSON.parse(body), null, 2);

    async function expectReplayed(first: Sent, changed: Sent): Promise<void> {
      await expectPassed(send(guard.origin, first));
      guard.handled.length = 0;
      const again = await send(guard.origin, { ...first, ...changed });
      expectRefusal(again, 401, 'signature_replayed');
      expect(again.headers['www-authenticate']).toMatch(/^HMAC-SHA256 /);
    }

    it('refuses the same request again', () => expectReplayed(signed({ body: BODY }), {}));

    it('refuses a request without body again', () => expectReplayed(signed(), {}));

    it('refuses a request without body, signed over `{}`, again with that body', () =>
      expectReplayed({ ...signed({ body: '{}' }), body: '' }, { body: '{}' }));

    it('refuses the same request again with a query', () =>
      expectReplayed(signed({ body: BODY }), { path: '/x?nonce=1' }));

    it('refuses the same request again with the hex in upper case', async () => {
      const sent = signed({ body: BODY });
      const headers = { ...sent.headers, 'X-Signature': sent.headers['X-Signature'].toUpperCase() };
      await expectReplayed(sent, { headers });
    });

    it('refuses the same request again with the hex in lower case, after it came in upper case', async () => {
      const sent = signed({ body: BODY });
      const headers = { ...sent.headers, 'X-Signature': sent.headers['X-Signature'].toUpperCase() };
      await expectReplayed({ ...sent, headers }, { headers: sent.headers });
    });

    it('refuses the body in another layout under the same canonical MAC', () =>
      expectReplayed(signed({ body: BODY }), { body: prettier(BODY) }));

    it('refuses the canonical body after it came in another layout', () =>
      expectReplayed({ ...signed({ body: BODY }), body: prettier(BODY) }, { body: BODY }));

    it('refuses the body with its characters written as escapes', () =>
      expectReplayed(signed({ body: BODY }), { body: '{"\\u0061":"\\u0062"}' }));

    it('refuses the body with its number written otherwise', () =>
      expectReplayed(signed({ body: '{"n":100}' }), { body: '{"n":1e2}' }));

    it('refuses a second try of a request that the handler refused', async () => {
      const sent = signed({ path: '/auth/login', body: '{"email":"nobody@example.com"}' });
      expect((await send(app.origin, sent)).status).toBe(422);
      const again = await send(app.origin, sent);
      expect([again.status, again.body.code]).toEqual([401, 'signature_replayed']);
    });

    it('refuses the same request as long as its time is good, and after that', async () => {
      const sent = signedAt(app.clock.now() + LIMIT_MS, { body: `{"id":"${uuid()}"}` });
      await expectPassed(send(guard.origin, sent));
      guard.handled.length = 0;
      app.clock.advance(2 * LIMIT_MS);
      expectRefusal(await send(guard.origin, sent), 401, 'signature_replayed');
      app.clock.advance(1);
      expectRefusal(await send(guard.origin, sent), 401, 'signature_expired');
    });

    it.each([
      ['a time just good yet', -LIMIT_MS, 0],
      ['its own time', 0, LIMIT_MS],
      ['a time far ahead', LIMIT_MS, 2 * LIMIT_MS],
    ])('asks the store to remember the use at %s for longer than it is good', async (_name, offset, left) => {
      const claims: [signature: string, ttlMs: number][] = [];
      const recording: ReplayStore = {
        record: async (signature, ttlMs) => {
          claims.push([signature, ttlMs]);
          return true;
        },
      };
      const recorded = await startGuard(app, {}, recording);
      const sent = signedAt(app.clock.now() + offset);
      expect((await send(recorded.origin, sent)).status).toBe(200);
      expect(claims).toEqual([[sent.headers['X-Signature'], expect.any(Number)]]);
      expect(claims[0]?.[1]).toBeGreaterThan(left);
      await recorded.close();
    });

    it('refuses what was signed before the start, where the uses are forgotten with the process', async () => {
      const startedAt = app.clock.now() - 1000;
      const restarted = await startGuard(app, {}, replayStoreOf(app), startedAt);
      const [before, after] = [signedAt(startedAt - 1, { body: BODY }), signedAt(startedAt, { body: BODY })];
      const refused = await send(restarted.origin, before);
      expectRefusal(refused, 401, 'signature_expired');
      expect(refused.body.server_time).toBe(app.clock.now());
      expect(restarted.handled).toEqual([]);
      expect((await send(restarted.origin, after)).status).toBe(200);
      await restarted.close();
    });

    it('refuses nineteen of twenty copies sent at once', async () => {
      const sent = signed({ body: BODY });
      const answers = await Promise.all(Array.from({ length: 20 }, () => send(guard.origin, sent)));
      const codes = answers.map(({ status, body }) => `${status} ${body.code}`).sort();
      expect(codes).toEqual(['200 undefined', ...Array(19).fill('401 signature_replayed')]);
      expect(guard.handled).toHaveLength(1);
    });

    it('are refused by the store to nineteen of twenty who claim at once', async () => {
      const replays = replayStoreOf(app);
      const signature = randomBytes(32).toString('hex');
      const claims = Array.from({ length: 20 }, () => replays.record(signature, LIMIT_MS));
      expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
    });

    it('refuses nineteen of twenty copies of a registration sent at once', async () => {
      const before = (await rows()).length;
      const user = { name: 'Ada', email: `${uuid()}@example.com`, password: 'correct horse' };
      const sent = signed({ path: '/auth/register', body: JSON.stringify(user) });
      const answers = await Promise.all(Array.from({ length: 20 }, () => send(app.origin, sent)));
      const codes = answers.map(({ status, body }) => `${status} ${body.code}`).sort();
      expect(codes).toEqual(['201 undefined', ...Array(19).fill('401 signature_replayed')]);
      expect(await rows()).toHaveLength(before + 1);
    });

    it('does not take a request with a wrong signature for a use', async () => {
      const sent = signed({ body: BODY });
      expectRefusal(await send(guard.origin, { ...sent, path: '/y' }), 401, 'signature_mismatch');
      await expectPassed(send(guard.origin, sent));
    });

    it('accepts them with SIGNATURE_REPLAY=off, and asks no store', async () => {
      const unasked: ReplayStore = {
        record: async () => {
          throw new Error('asked');
        },
      };
      const lenient = await startGuard(app, { SIGNATURE_REPLAY: 'off' }, unasked);
      const sent = signed({ body: BODY });
      const statuses = [await send(lenient.origin, sent), await send(lenient.origin, sent)];
      expect(statuses.map(({ status }) => status)).toEqual([200, 200]);
      await lenient.close();
    });
  });

  describe('the previous key', () => {
    const PREVIOUS = 'the key that was in use before';

    function signedWith(secret: string, timestamp: number): Sent {
      const parts = { method: 'POST', path: '/x', body: BODY, timestamp };
      return { body: BODY, headers: { ...json, ...signatureHeaders(signatureKey(secret), parts) } };
    }

    it('is refused when it is not configured', async () => {
      const answer = await send(guard.origin, signedWith(PREVIOUS, app.clock.now()));
      expectRefusal(answer, 401, 'signature_mismatch');
    });

    it('is accepted where it is configured, once for each signature, and no third key is', async () => {
      const rotating = await startGuard(app, { SIGNATURE_KEY_PREVIOUS: PREVIOUS });
      const old = signedWith(PREVIOUS, app.clock.now());
      expect((await send(rotating.origin, old)).status).toBe(200);
      expect((await send(rotating.origin, old)).body.code).toBe('signature_replayed');
      expect((await send(rotating.origin, signed({ body: BODY }))).status).toBe(200);
      const third = await send(rotating.origin, signedWith('a third key', app.clock.now()));
      expect([third.status, third.body.code]).toEqual([401, 'signature_mismatch']);
      expect(rotating.handled).toHaveLength(2);
      await rotating.close();
    });
  });

  describe('explanations', () => {
    const prettyBody = '{ "a": "b" }';

    it('are not given by default', async () => {
      const answer = await send(guard.origin, { ...signed({ body: BODY }), path: '/y' });
      expectRefusal(answer, 401, 'signature_mismatch');
      expect(Object.keys(answer.body)).not.toContain('string_to_sign');
    });

    it('hold with SIGNATURE_EXPLAIN the string to sign, never a key or the right MAC', async () => {
      const open = await startGuard(app, {
        SIGNATURE_EXPLAIN: true,
        SIGNATURE_KEY_PREVIOUS: 'the key before',
      });
      const { body, headers } = signed({ body: prettyBody });
      const answer = await send(open.origin, { path: '/y', body, headers });
      expect([answer.status, answer.body.code]).toEqual([401, 'signature_mismatch']);
      const timestamp = headers['X-Timestamp'];
      expect(answer.body.string_to_sign).toBe(`POST/y${prettyBody}${timestamp}`);

      const told = JSON.stringify(answer).toLowerCase();
      for (const secret of [app.env.SIGNATURE_KEY, 'the key before']) {
        expect(told).not.toContain(secret);
        for (const form of [prettyBody, JSON.stringify(JSON.parse(prettyBody))]) {
          const right = mac(signatureKey(secret), { method: 'POST', path: '/y', body: form, timestamp });
          expect(told).not.toContain(right.toString('hex'));
          expect(told).not.toContain(right.toString('base64').toLowerCase());
        }
      }
      expect(open.handled).toEqual([]);
      await open.close();
    });
  });

  describe('the path', () => {
    /** What stands for `/auth/register` to one reader of URLs or another. */
    const spellings = [
      'http://example.com/auth/register',
      'HTTP://example.com/auth/register',
      'http:///auth/register',
      '//auth/register',
      '/auth//register',
      '/auth/register//',
      '///example.com/auth/register',
      '/./auth/register',
      '/auth/./register',
      '/auth/register/.',
      '/auth/x/../register',
      '/../auth/register',
      '/auth/register/..',
      '/auth/%2e/register',
      '/auth/x/%2e%2e/register',
      '/auth/x/.%2E/register',
      '/auth\\register',
      '\\auth\\register',
      '/auth\\register#',
      '/auth%5cregister',
      '/auth%5Cregister',
      '/auth%2fregister',
      '/auth%2Fregister',
      '/%2fauth/register',
      '/auth/register%2f',
      '/auth/register%00',
      '/auth/%00register',
      '/auth/register#',
      '/auth/register#?x=1',
      '/auth/register%',
      '/auth/register%zz',
      '/auth/register{}',
      '/auth/register"',
      '/auth/register|',
      '/auth/register\u00e9',
      '*',
    ];

    it.each(spellings)('refuses %s, signed as it is sent', async path => {
      const answer = await send(guard.origin, signed({ path, body: BODY }));
      expect(answer.status).toBe(400);
      if (answer.headers['content-type']) expect(answer.body.code).toBe('malformed_request');
      expect(guard.handled).toEqual([]);
    });

    it.each(spellings)('registers nobody at %s', async path => {
      const before = await rows();
      const user = { name: 'Ada', email: `${uuid()}@example.com`, password: 'correct horse' };
      const body = JSON.stringify(user);
      const asSent = await send(app.origin, signed({ path, body }));
      const asMeant = await send(app.origin, { ...signed({ path: '/auth/register', body }), path });
      expect([400, 404]).toContain(asSent.status);
      expect([400, 404]).toContain(asMeant.status);
      expect(await rows()).toEqual(before);
    });

    it.each([
      '/AUTH/register',
      '/auth/REGISTER',
      '/API/auth/register',
      '/auth/%72egister',
      '/auth/register;a=1',
    ])('has no route at %s', async path => {
      const answer = await send(app.origin, signed({ path, body: BODY }));
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    });

    it.each(['/auth/a.b', '/..a', '/a../...', '/~!$&()*+,;=:@', "/it's", '/%7b%7D', '/x/'])(
      'accepts %s',
      async path => {
        await expectPassed(send(guard.origin, signed({ path, body: BODY })));
      },
    );
  });

  describe('the media type', () => {
    it.each(['gzip', 'deflate', 'br', 'identity', 'x-gzip', 'gzip, gzip', ''])(
      'refuses Content-Encoding: %s',
      async coding => {
        const sent = signed({ body: BODY, headers: { 'Content-Encoding': coding } });
        expectRefusal(await send(guard.origin, sent), 415, 'unsupported_media_type');
      },
    );

    it('refuses a compressed body signed over what it inflates to', async () => {
      const sent = signed({ body: BODY, headers: { 'Content-Encoding': 'gzip' } });
      const answer = await send(guard.origin, { ...sent, body: gzipSync(BODY) });
      expectRefusal(answer, 415, 'unsupported_media_type');
    });

    it.each([
      '',
      'text/plain',
      'text/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/octet-stream',
      'application/problem+json',
      'application/json-patch+json',
      'application/jsonx',
      'xapplication/json',
      'application / json',
      'application/json, text/plain',
      'text/plain, application/json',
      'text/plain; application/json',
      'application/json; charset=utf-16',
      'application/json; charset=utf-16le',
      'application/json; charset=utf-32',
      'application/json; charset=utf-7',
      'application/json; charset=latin1',
      'application/json; charset=iso-8859-1',
      'application/json; charset=us-ascii',
      'application/json; charset=',
      'application/json; charset=utf-8x',
      'application/json; charset=utf-8; charset=utf-7',
      'application/json; charset="utf-8, utf-7"',
    ])('refuses Content-Type: %s', async type => {
      const sent = signed({ body: BODY, headers: { 'Content-Type': type } });
      expectRefusal(await send(guard.origin, sent), 415, 'unsupported_media_type');
    });

    it('refuses a body without Content-Type', async () => {
      const { headers, ...rest } = signed({ body: BODY });
      const { 'Content-Type': _, ...others } = headers;
      const answer = await send(guard.origin, { ...rest, headers: others });
      expectRefusal(answer, 415, 'unsupported_media_type');
    });

    it('refuses UTF-16 that claims to be UTF-8', async () => {
      const sent = signed({ body: BODY });
      const answer = await send(guard.origin, { ...sent, body: Buffer.from(BODY, 'utf16le') });
      expectRefusal(answer, 400, 'malformed_json');
    });

    it.each([
      'application/json',
      'Application/JSON',
      'application/json;charset=utf-8',
      'application/json; charset=utf-8',
      'application/json; charset=UTF-8',
      'application/json; Charset="Utf-8"',
    ])('accepts Content-Type: %s', async type => {
      await expectPassed(send(guard.origin, signed({ body: BODY, headers: { 'Content-Type': type } })));
    });

    it('accepts a request without body and Content-Type', async () => {
      await expectPassed(send(guard.origin, { headers: app.sign('POST', '/x') }));
      expect(guard.handled[0]?.body).toEqual({});
    });
  });

  describe('the body', () => {
    const nested = (depth: number) => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;
    const nestedArrays = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;

    it.each<[string, string | Buffer]>([
      ['an array', '[{"a":"b"}]'],
      ['an empty array', '[]'],
      ['a string', '"a"'],
      ['a number', '1'],
      ['true', 'true'],
      ['null', 'null'],
      ['white space', ' \n'],
      ['a broken object', '{"a":"b"'],
      ['an object and more', '{"a":"b"}{}'],
      ['an object and digits', '{"a":"b"}1'],
      ['a comma at the end', '{"a":"b",}'],
      ['a comment', '{"a":"b"/**/}'],
      ['single quotes', "{'a':'b'}"],
      ['NaN', '{"a":NaN}'],
      ['a line feed in a string', '{"a":"\n"}'],
      ['NUL', '{"a":"b"}\0'],
      ['a byte order mark', '\ufeff{"a":"b"}'],
      ['a form', 'a=b'],
      ['invalid UTF-8', Buffer.from('7b2261223a22ff227d', 'hex')],
      ['UTF-8 cut short', Buffer.from('7b2261223a22e282227d', 'hex')],
      ['overlong UTF-8', Buffer.from('7b2261223a22c0af227d', 'hex')],
      ['a surrogate in UTF-8', Buffer.from('7b2261223a22eda080227d', 'hex')],
      ['a name twice', '{"a":1,"a":2}'],
      ['a name twice with the same value', '{"a":"b","a":"b"}'],
      ['a name twice, deeper', '{"a":{"b":1,"c":2,"b":3}}'],
      ['a name twice, in an array', '{"a":[{},{"b":1,"b":2}]}'],
      ['a name twice, one with an escape', '{"a":1,"\\u0061":2}'],
      ['a name twice, both with escapes', '{"\\u0061":1,"\\u0061":0,"\\u0061":2}'],
      ['an empty name twice', '{"":1,"":2}'],
      ['a name twice beside strings with colons and quotes', '{"a:":"\\":\\\\","b":":","a:":"{\\"b\\":1}"}'],
      ['a name twice, one of them a number', '{"1":1,"2":2,"1":3}'],
      ['__proto__', '{"__proto__":{"admin":true}}'],
      ['__proto__ deeper', '{"a":[{"b":{"__proto__":null}}]}'],
      ['__proto__ with an escape', '{"\\u005f_proto__":{"admin":true}}'],
      ['objects 33 deep', nested(33)],
      ['arrays 33 deep', nestedArrays(33)],
      ['arrays 50,000 deep', nestedArrays(50_000)],
      ['objects 17,000 deep', nested(17_000)],
      ['brackets 50,000 deep, never closed', `{"a":${'['.repeat(50_000)}`],
    ])('refuses %s', async (_name, body) => {
      // Signed over the bytes, and over the canonical text where there is one.
      const forms = [body.toString('latin1'), body.toString('utf8'), canonicalOf(body)];
      for (const form of forms) {
        const key = signatureKey(app.env.SIGNATURE_KEY);
        const parts = { method: 'POST', path: '/x', body: form, timestamp: app.clock.now() };
        const headers = { ...json, ...signatureHeaders(key, parts) };
        expectRefusal(await send(guard.origin, { body, headers }), 400, 'malformed_json');
      }
    });

    function canonicalOf(body: string | Buffer): string {
      try {
        return JSON.stringify(JSON.parse(body.toString()));
      } catch {
        return body.toString();
      }
    }

    it.each<[string, string]>([
      ['objects 32 deep', nested(32)],
      ['arrays 32 deep', nestedArrays(32)],
      ['the same name in two objects', '{"a":{"a":1},"b":[{"a":2},{"a":3}]}'],
      ['colons, quotes and braces in strings', '{"a:":"\\"b\\":{\\\\","\\\\":"::"}'],
      ['names that every object has', '{"constructor":1,"toString":{"valueOf":2},"hasOwnProperty":3}'],
      ['a lone surrogate as an escape', '{"a":"\\ud800"}'],
      ['a line separator in a string', '{"a":"\u2028\u2029"}'],
      ['white space around it', ' \r\n\t{ "a" : "b" }\n'],
    ])('accepts %s', async (_name, body) => {
      await expectPassed(send(guard.origin, signed({ body })));
      expect(guard.handled[0]?.body).toEqual(JSON.parse(body));
    });

    function bodyOf(bytes: number, filler = 'x'): string {
      const empty = '{"a":""}';
      const count = Math.floor((bytes - empty.length) / Buffer.byteLength(filler));
      const text = filler.repeat(count);
      return `{"a":"${text.padEnd(text.length + bytes - empty.length - Buffer.byteLength(text), 'x')}"}`;
    }

    it.each([
      ['with Content-Length', {}],
      ['in chunks', { 'Transfer-Encoding': 'chunked' }],
    ])('refuses one byte more than 100 KiB, sent %s', async (_name, framing) => {
      for (const filler of ['x', 'é', '\\u0000']) {
        const body = bodyOf(MAX_BODY_BYTES + 1, filler);
        expect(Buffer.byteLength(body)).toBe(MAX_BODY_BYTES + 1);
        expectRefusal(await send(guard.origin, signed({ body, headers: framing })), 413, 'payload_too_large');
      }
    });

    it.each([
      ['with Content-Length', {}],
      ['in chunks', { 'Transfer-Encoding': 'chunked' }],
    ])('accepts exactly 100 KiB, sent %s', async (_name, framing) => {
      const body = bodyOf(MAX_BODY_BYTES, 'é');
      expect(Buffer.byteLength(body)).toBe(MAX_BODY_BYTES);
      await expectPassed(send(guard.origin, signed({ body, headers: framing })));
    });

    it('accepts 100 KiB that is all escapes, or all members', async () => {
      const escapes = bodyOf(MAX_BODY_BYTES, '\\n');
      const members = Array.from({ length: 9000 }, (_, i) => `"${i + 10_000}":{}`);
      for (const body of [escapes, `{${members.join()}}`]) {
        expect((await send(guard.origin, signed({ body }))).status).toBe(200);
      }
    });

    it('is looked at after the headers and the time, before the MAC', async () => {
      const expired = signedAt(app.clock.now() - LIMIT_MS - 1);
      const wrong = { 'X-Signature': 'x', 'X-Timestamp': expired.headers['X-Timestamp'] };
      expectRefusal(await send(guard.origin, { headers: wrong }), 401, 'signature_malformed');
      expectRefusal(await send(guard.origin, { ...expired, path: '//' }), 401, 'signature_expired');
      expectRefusal(await send(guard.origin, { ...signed(), body: '[]' }), 400, 'malformed_json');
    });
  });

  describe('a large body', () => {
    /** Pretty-printed, with this size in bytes. */
    function prettyOf(bytes: number, value: object = {}): string {
      const body = (filler: string) => JSON.stringify({ ...value, text: `"\\ ${filler}` }, null, 2);
      return body(' '.repeat(bytes - body('').length));
    }
    const canonical = (body: string) => JSON.stringify(JSON.parse(body));
    const members = Object.fromEntries(
      Array.from({ length: 1000 }, (_, i) => [`n${i}`, [i / 8, 'é', null, {}]]),
    );

    /** Sends a body that has no right signature, and returns how often it was parsed. */
    async function timesParsed(body: string, status = 401): Promise<number> {
      const parse = vi.spyOn(JSON, 'parse');
      const headers = { 'X-Signature': '0'.repeat(64) };
      try {
        const answer = await send(guard.origin, signed({ body, headers }));
        expect(answer.status).toBe(status);
        return parse.mock.calls.filter(([text]) => text === body).length;
      } finally {
        parse.mockRestore();
      }
    }

    it.each([
      ['100 KiB', MAX_BODY_BYTES],
      ['one byte more than 8 KiB', MAX_PARSED_BYTES + 1],
    ])('of %s that is not signed is not parsed', async (_size, bytes) => {
      expect(await timesParsed(prettyOf(bytes))).toBe(0);
      expect(await timesParsed('['.repeat(bytes))).toBe(0);
    });

    it('of 8 KiB is parsed, so the developer hears of JSON that is malformed', async () => {
      expect(await timesParsed(prettyOf(MAX_PARSED_BYTES))).toBe(1);
      expect(await timesParsed('['.repeat(MAX_PARSED_BYTES), 400)).toBe(1);
    });

    it('of 8 KiB that is nested deeply is not written again, which would compare its levels with each other', async () => {
      const stringify = vi.spyOn(JSON, 'stringify');
      try {
        const body = `{ "deep":${'['.repeat(4000)}${']'.repeat(4000)}}`;
        const headers = { 'X-Signature': '0'.repeat(64) };
        expectRefusal(await send(guard.origin, signed({ body, headers })), 400, 'malformed_json');
        expect(stringify.mock.calls.filter(([value]) => Object.hasOwn(Object(value), 'deep'))).toEqual([]);
      } finally {
        stringify.mockRestore();
      }
    });

    it.each([
      ['one string', prettyOf(MAX_BODY_BYTES)],
      ['many members', JSON.stringify(members, null, 1)],
      ['tabs and line ends', prettyOf(MAX_PARSED_BYTES + 1).replaceAll('\n', '\r\n\t')],
    ])('of %s, signed in the form of JSON.stringify, passes in another layout', async (_name, body) => {
      expect(body.length).toBeGreaterThan(MAX_PARSED_BYTES);
      await expectPassed(send(guard.origin, { ...signed({ body: canonical(body) }), body }));
      expect(guard.handled[0]?.body).toEqual(JSON.parse(body));
    });

    it('passes once, in whatever layouts it comes', async () => {
      const body = prettyOf(MAX_BODY_BYTES);
      const first = signed({ body: canonical(body) });
      await expectPassed(send(guard.origin, { ...first, body }));
      guard.handled.length = 0;
      expectRefusal(await send(guard.origin, first), 401, 'signature_replayed');
    });

    it('passes as it was signed, in whatever form', async () => {
      const body = `{ "n": 1.50, "text": "${'\\u0041'.repeat(3000)}" }`;
      await expectPassed(send(guard.origin, signed({ body })));
    });

    it.each(['1.50', '"\\u00e9"'])(
      'with %s is signed as sent: another form of it is no layout',
      async value => {
        const body = (layout: string, bytes: number) => `{${layout}"a":${value},"b":"${'x'.repeat(bytes)}"}`;
        const large = body(' ', MAX_PARSED_BYTES);
        for (const signedBody of [canonical(large), body('', MAX_PARSED_BYTES)]) {
          const sent = { ...signed({ body: signedBody }), body: large };
          expectRefusal(await send(guard.origin, sent), 401, 'signature_mismatch');
        }
        const small = body(' ', 10);
        await expectPassed(send(guard.origin, { ...signed({ body: canonical(small) }), body: small }));
      },
    );

    it('is malformed where only spaces hold its tokens apart', async () => {
      const body = (n: string) => `{"n":${n},"b":"${'x'.repeat(MAX_PARSED_BYTES)}"}`;
      const sent = { ...signed({ body: body('12') }), body: body('1 2') };
      expectRefusal(await send(guard.origin, sent), 400, 'malformed_json');
    });
  });

  describe('every mutating route', () => {
    const routes = mutatingRoutes();
    let user: RegisteredUser;
    let token: string;
    beforeAll(async () => {
      user = await app.register();
      token = await app.login(user);
    });

    it('is found', () => {
      for (const mount of ['/auth', '/api/auth']) {
        for (const path of ['/register', '/login', '/logout', '/change-password'])
          expect(routes).toContainEqual(['POST', mount + path]);
        expect(routes).toContainEqual(['PATCH', `${mount}/profile`]);
      }
    });

    describe.each(routes)('%s %s', (method, pattern) => {
      it.each([
        ['with nothing but a token', 'signature_missing', { token: true, signature: false }],
        ['with nothing at all', 'signature_missing', { token: false, signature: false }],
        ['with a signature of another path', 'signature_mismatch', { token: true, signature: true }],
      ])('refuses a request %s, and changes nothing', async (_name, code, given) => {
        const before = await rows();
        const body = JSON.stringify({
          name: 'Eve',
          email: pattern.endsWith('/register') ? `${uuid()}@example.com` : user.email,
          password: user.password,
          current_password: user.password,
          new_password: 'a new password',
        });
        const path = pattern.replace(/:\w+/g, uuid());
        const headers = {
          ...json,
          'Content-Length': String(Buffer.byteLength(body)), // which Node leaves out of a DELETE
          ...(given.token && { Authorization: `Bearer ${token}` }),
          ...(given.signature && app.sign(method, '/auth/elsewhere', body)),
        };

        const answer = await send(app.origin, { method, path, headers, body });
        expect([answer.status, answer.body.code]).toEqual([401, code]);
        expect(await rows()).toEqual(before);
        expect((await app.call('GET', '/auth/profile', { token })).status).toBe(200);
      });
    });
  });

  describe('a failing replay store', () => {
    it.each([
      ['is down', new ApiError('store_unavailable'), 503, 'store_unavailable'],
      ['fails otherwise', new TypeError('a bug'), 500, 'internal_error'],
    ])('stops every request when it %s', async (_name, failure, status, code) => {
      const failing: ReplayStore = { record: () => Promise.reject(failure) };
      const shut = await startGuard(app, {}, failing);
      const answer = await send(shut.origin, signed({ body: BODY }));
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      if (status === 503) expect(answer.headers['retry-after']).toBe('1');
      expect(shut.handled).toEqual([]);
      await shut.close();
    });
  });
});

describe.skipIf(!hasRealStores)('the signature guard without Redis', () => {
  it('refuses what it cannot remember, and registers nobody', async () => {
    const app = await startTestApp('real', { REDIS_TIMEOUT_MS: '1000' });
    try {
      await app.stores.redis?.close();
      const body = { name: 'Ada', email: 'ada@example.com', password: 'correct horse' };
      const answer = await app.call('POST', '/auth/register', { body });
      expect([answer.status, answer.body.code]).toEqual([503, 'store_unavailable']);
      expect(answer.headers['retry-after']).toBe('1');
      expect(await app.stores.db.query('SELECT * FROM users')).toEqual([]);
    } finally {
      await app.close();
    }
  });
});

interface Layer {
  rawPath: string | string[];
  handle: { stack?: Layer[] };
  route?: { path: string; methods: Record<string, boolean> };
}

/** Every route of the whole app that may change something, under every path it is mounted at. */
function mutatingRoutes(): [method: string, path: string][] {
  const env = parseEnv(testSettings('embedded'));
  const db = openSqlite(':memory:', 1000);
  const app: Express = createApp({
    env,
    db,
    redis: null,
    log: createLogger('silent'),
    audit: { record() {}, async forget() {} },
    mailer: noMailer,
    metrics: createMetrics(),
    now: Date.now,
    startedAt: 0,
  });
  const { stack } = app.router as unknown as { stack: Layer[] };
  void db.close();
  return walk(stack, '');

  function walk(layers: Layer[], mount: string): [method: string, path: string][] {
    return layers.flatMap(({ route, handle, rawPath }) => {
      if (route) {
        return Object.keys(route.methods)
          .filter(method => !['get', 'head', 'options', '_all'].includes(method))
          .map(method => [method.toUpperCase(), mount + route.path]);
      }
      const { stack } = handle;
      if (!stack) return [];
      return [rawPath].flat().flatMap(path => walk(stack, path === '/' ? mount : mount + path));
    });
  }
}
