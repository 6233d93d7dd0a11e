import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type RequireAuthOptions, requireAuth } from '../../client/express.ts';
import { type GapReason, natsVerifier, watchSessions } from '../../client/nats.ts';
import { type NatsEngine, startNats } from '../../scripts/engines/nats.ts';
import { eventually } from '../support/eventually.ts';
import { type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';
import { answering, hasNats, natsClient, natsServer } from '../support/nats.ts';

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe.skipIf(!hasNats)('requireAuth over NATS', () => {
  let server: NatsEngine;
  let app: TestApp;
  let user: RegisteredUser;
  beforeAll(async () => {
    server = await startNats();
    app = await startTestApp('embedded', { CONCURRENT_LOGIN: 'true', NATS_URL: server.url });
    user = await app.register();
    await answering(app, server);
  });
  afterAll(async () => {
    await app?.close();
    await server?.stop();
  });

  async function service(options: RequireAuthOptions) {
    const onError = vi.fn();
    const listening = express()
      .use(requireAuth({ ...options, onError }))
      .get('/orders', (req, res) => void res.json(req.auth))
      .listen(0, '127.0.0.1');
    onTestFinished(() => void listening.close());
    await once(listening, 'listening');
    const { port } = listening.address() as AddressInfo;
    const call = async (authorization?: string) => {
      const headers = { Connection: 'close', ...(authorization && { Authorization: authorization }) };
      const response = await fetch(`http://127.0.0.1:${port}/orders`, { headers });
      const body = (await response.json()) as { code?: string };
      return { status: response.status, retryAfter: response.headers.get('retry-after'), body };
    };
    return { call, onError };
  }

  it('accepts an active token, and refuses it after the logout', async () => {
    const { call, onError } = await service({ nats: { connection: await natsClient(server) } });
    const token = await app.login(user);
    const { sid, jti, iat, exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const caller = { userId: user.id, sessionId: sid, jti, iat, exp, roles: [], amr: [] };
    expect(await call(`Bearer ${token}`)).toMatchObject({ status: 200, body: caller });
    await app.call('POST', '/auth/logout', { token });
    expect(await call(`Bearer ${token}`)).toMatchObject({ status: 401, body: { code: 'token_invalid' } });
    expect(await call()).toMatchObject({ status: 401, body: { code: 'token_missing' } });
    expect(onError).not.toHaveBeenCalled();
  });

  it.each<[string, unknown]>([
    ['the store is down', { error: { code: 'store_unavailable', status: 503, retry_after: 7 } }],
    ['the answer is no verdict', {}],
    ['the answer is null', null],
  ])('is 503 when %s', async (_, answer) => {
    const { call, onError } = await service({
      nats: { connection: { request: async () => ({ data: bytes(answer) }) } },
    });
    const { status, retryAfter, body } = await call('Bearer x');
    expect([status, body.code, onError.mock.calls.length]).toEqual([503, 'store_unavailable', 1]);
    expect(retryAfter).toBe(JSON.stringify(answer).includes('7') ? '7' : '1');
  });

  it('is 503 while nobody answers, and while NATS is away', async () => {
    const empty = await natsServer();
    const { call } = await service({ nats: { connection: await natsClient(empty), timeoutMs: 100 } });
    expect(await call('Bearer x')).toMatchObject({ status: 503, body: { code: 'store_unavailable' } });
    empty.kill('SIGSTOP');
    expect(await call('Bearer x')).toMatchObject({ status: 503, body: { code: 'store_unavailable' } });
  });

  it('sends one check at a time after many failures, and all again after a success', async () => {
    let sent = 0;
    let isUp = false;
    const verify = natsVerifier({
      connection: {
        async request() {
          sent++;
          await new Promise(resolve => setImmediate(resolve));
          if (!isUp) throw new Error('no answer');
          return { data: bytes({ active: false }) };
        },
      },
    });
    const many = () => Promise.allSettled(Array.from({ length: 50 }, () => verify('x')));
    await many();
    expect(sent).toBe(50);
    await many();
    expect(sent).toBe(51);
    isUp = true;
    expect(await verify('x')).toBeNull();
    await many();
    expect(sent).toBe(102);
  });

  it('needs exactly one form', () => {
    const connection = { request: async () => ({ data: bytes({}) }) };
    const introspect = { baseUrl: 'http://127.0.0.1:1', signatureKey: 'x' };
    for (const options of [
      {},
      { nats: { connection }, introspect },
      { nats: {} },
      { nats: { connection }, jwks: introspect },
      { nats: { connection }, redis: { client: {} } },
    ])
      expect(() => requireAuth(options as unknown as RequireAuthOptions)).toThrow(TypeError);
  });
});

describe('watchSessions', () => {
  type Callback = (error: Error | null, message: { data: Uint8Array }) => void;

  function watching(silenceMs?: number) {
    const callbacks = new Map<string, Callback>();
    const ended: unknown[] = [];
    const gaps: GapReason[] = [];
    let tellStatus = (_: { type: string }) => {};
    const watch = watchSessions(
      {
        subscribe(subject, { callback }) {
          callbacks.set(subject, callback);
          return { unsubscribe: () => callbacks.delete(subject) };
        },
        async *status() {
          for (;;) yield await new Promise<{ type: string }>(resolve => (tellStatus = resolve));
        },
      },
      {
        onEnded: each => ended.push(each),
        onGap: reason => gaps.push(reason),
        ...(silenceMs && { silenceMs }),
      },
    );
    onTestFinished(() => watch.stop());
    const raw = (subject: string, error: Error | null, data = bytes({})) =>
      callbacks.get(subject)?.(error, { data });
    return {
      ended,
      gaps,
      watch,
      callbacks,
      raw,
      status: (type: string) => tellStatus({ type }),
      tell: (name: string, message: object) =>
        raw(
          `auth.${name}`,
          null,
          bytes({ source: 'a', user_id: 1, session_id: 's', reason: 'logout', ...message }),
        ),
    };
  }

  it('tells ended sessions, and no gap while the numbers go on', () => {
    const { tell, ended, gaps } = watching();
    tell('events.position', { seq: 0 });
    tell('session.started', { seq: 1 });
    tell('session.ended', { seq: 2 });
    tell('user.password_changed', { seq: 3 });
    tell('refresh.reused', { seq: 4 });
    tell('events.position', { seq: 4 });
    tell('session.ended', { seq: 1, source: 'b', session_id: 't' });
    tell('events.position', { seq: 4, closed: true });
    expect(ended).toEqual([
      { userId: 1, sessionId: 's', reason: 'logout' },
      { userId: 1, sessionId: 't', reason: 'logout' },
    ]);
    expect(gaps).toEqual([]);
  });

  it.each<[string, [string, object][]]>([
    [
      'an event is missing',
      [
        ['session.started', { seq: 1 }],
        ['session.ended', { seq: 3 }],
      ],
    ],
    [
      'a position is ahead',
      [
        ['session.started', { seq: 1 }],
        ['events.position', { seq: 2 }],
      ],
    ],
    ['a new process has begun without us', [['events.position', { seq: 5 }]]],
    [
      'one of two processes has a gap',
      [
        ['session.started', { seq: 1 }],
        ['session.started', { seq: 1, source: 'b' }],
        ['session.started', { seq: 2 }],
        ['session.started', { seq: 3, source: 'b' }],
      ],
    ],
    ['a message is not readable', [['session.ended', { seq: 'x' }]]],
  ])('tells one gap when %s', (_, messages) => {
    const { tell, gaps } = watching();
    for (const [name, message] of messages) tell(name, message);
    expect(gaps).toEqual(['missed']);
    tell('events.position', { seq: 3 });
    tell('events.position', { seq: 3 });
    expect(gaps.length).toBeLessThanOrEqual(2);
  });

  it('tells a gap when it was disconnected, when it may not listen, and when the API is silent', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { tell, gaps, raw, status, watch, callbacks } = watching(1000);
    await Promise.resolve();
    status('reconnect');
    await eventually(() => expect(gaps).toEqual(['disconnected']));
    raw('auth.session.ended', new Error('not permitted'));
    expect(gaps.splice(0)).toEqual(['disconnected', 'refused']);
    tell('events.position', { seq: 0 });
    vi.advanceTimersByTime(1000);
    expect(gaps).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(gaps).toEqual(['silent']);
    // A process that has said goodbye is not missed while another is heard.
    tell('events.position', { seq: 0, source: 'b' });
    tell('events.position', { seq: 0, closed: true });
    vi.advanceTimersByTime(900);
    tell('events.position', { seq: 0, source: 'b' });
    vi.advanceTimersByTime(900);
    expect(gaps).toEqual(['silent']);
    watch.stop();
    expect(callbacks.size).toBe(0);
    vi.advanceTimersByTime(10_000);
    expect(gaps).toEqual(['silent']);
  });

  it.skipIf(!hasNats)('sees through a real connection what an API says', async () => {
    const server = await natsServer();
    const connection = await natsClient(server);
    const ended: string[] = [];
    const gaps: GapReason[] = [];
    const watch = watchSessions(connection, {
      onEnded: ({ sessionId }) => ended.push(sessionId),
      onGap: reason => gaps.push(reason),
    });
    onTestFinished(() => watch.stop());
    await connection.flush();
    const app = await startTestApp('embedded', { NATS_URL: server.url });
    onTestFinished(() => app.close());
    await answering(app, server);
    const user = await app.register();
    const { body } = await app.call('POST', '/auth/login', { body: user });
    await app.call('POST', '/auth/logout', { token: body.access_token });
    await expect.poll(() => ended).toEqual([body.session.id]);
    expect(gaps).toEqual([]);
    await server.restart();
    await expect.poll(() => gaps).toContain('disconnected');
  });
});
