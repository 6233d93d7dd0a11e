import { createHash, randomBytes } from 'node:crypto';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { CONTEXT_HEADER, signContext } from '../../examples/nats/context.ts';
import { type NatsEngine, startNats } from '../../scripts/engines/nats.ts';
import { bareEnvironment, type RunningProcess, run } from '../support/checkout.ts';
import { eventually } from '../support/eventually.ts';
import { type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';
import { hasNats, metric } from '../support/nats.ts';

const word = () => `w${randomBytes(16).toString('hex')}`;
const passwords = { API_PASSWORD: word(), GATEWAY_PASSWORD: word(), SERVICE_PASSWORD: word() };
const CONTEXT_SECRET = word();

describe.skipIf(!hasNats)('the gateway and the service over NATS', () => {
  let server: NatsEngine;
  let app: TestApp;
  let service: RunningProcess;
  let gateway: RunningProcess;
  let origin: string;
  let user: RegisteredUser;

  beforeAll(async () => {
    for (const [name, value] of Object.entries(passwords)) vi.stubEnv(name, value);
    server = await startNats({ args: ['--config', 'examples/nats/nats-server.conf'] });
    app = await startTestApp('embedded', {
      CONCURRENT_LOGIN: 'true',
      NATS_URL: server.url.replace('//', `//api:${passwords.API_PASSWORD}@`),
    });
    user = await app.register();
    await eventually(async () => expect(await metric(app, 'auth_nats_connected')).toBe(1));
    const env = bareEnvironment({
      ...passwords,
      CONTEXT_SECRET,
      NATS_SERVER: `127.0.0.1:${server.port}`,
      TICK_MS: '50',
      // Longer than a restart of NATS takes.
      IDLE_MS: '4000',
      PORT: '0',
    });
    service = run(process.execPath, ['--import', 'tsx', 'examples/nats/microservice.ts'], { env });
    gateway = run(process.execPath, ['--import', 'tsx', 'examples/nats/gateway.ts'], { env });
    await service.printed('service ready');
    await gateway.printed(/gateway at http\S+\n/);
    origin = /gateway at (\S+)/.exec(gateway.output())?.[1] ?? '';
  });
  afterAll(async () => {
    for (const each of [service, gateway]) {
      each?.killAll('SIGKILL');
      await each?.exited;
    }
    await app?.close();
    await server?.stop();
    vi.unstubAllEnvs();
  });

  const get = (path: string, token: string) =>
    fetch(origin + path, { headers: { Authorization: `Bearer ${token}` } });

  /** A stream of the user; `text` is what came so far, `over` resolves with its end. */
  async function openTicks(token: string) {
    const response = await get('/ticks', token);
    expect(response.status).toBe(200);
    const state = { text: '' };
    const read = async () => {
      for await (const chunk of response.body ?? []) state.text += Buffer.from(chunk);
      return state.text;
    };
    const over = read();
    await expect.poll(() => state.text).toContain('"tick":2');
    return { over, state };
  }

  /** A client with the permissions of one of the two. */
  async function client(name: 'gateway' | 'service'): Promise<NatsConnection> {
    const connection = await connect({
      servers: `127.0.0.1:${server.port}`,
      user: name,
      pass: passwords[name === 'gateway' ? 'GATEWAY_PASSWORD' : 'SERVICE_PASSWORD'],
      inboxPrefix: `_INBOX.${name}`,
    });
    onTestFinished(() => connection.close());
    return connection;
  }

  it('tell the service who calls, and refuse a token that is not active', async () => {
    const token = await app.login(user);
    const response = await get('/orders', token);
    expect([response.status, await response.json()]).toEqual([200, { user: user.id, orders: [{ id: 1 }] }]);
    await app.call('POST', '/auth/logout', { token });
    expect((await get('/orders', token)).status).toBe(401);
    expect((await get('/ticks', token)).status).toBe(401);
    expect((await fetch(`${origin}/orders`)).status).toBe(401);
  });

  it('refuse a message without a context, with a hand-made one, and with one of another message', async () => {
    const connection = await client('gateway');
    const caller = { userId: user.id, sessionId: 'a-session' };
    const ask = async (context: string | null, payload = '{}') => {
      const sent = headers();
      if (context !== null) sent.set(CONTEXT_HEADER, context);
      const options = context === null ? { timeout: 10_000 } : { timeout: 10_000, headers: sent };
      return (await connection.request('orders.list', payload, options)).json();
    };
    const good = signContext(CONTEXT_SECRET, caller, 'orders.list', '{}');
    expect(await ask(good)).toMatchObject({ user: user.id });

    const sha = createHash('sha256').update('{}').digest('base64url');
    const claims = { sub: '1', sid: 'x', aud: 'orders.list', payload_sha256: sha };
    const now = Math.floor(Date.now() / 1000);
    const made = (secret: string, more: object) => jwt.sign({ ...claims, ...more }, secret);
    const plain = JSON.stringify(caller);
    const refused = { error: { code: 'token_invalid', status: 401 } };
    expect(await ask(null)).toEqual({ error: { code: 'token_missing', status: 401 } });
    expect(await ask(made(CONTEXT_SECRET, { exp: now + 30 }))).toMatchObject({ user: 1 });
    for (const context of [
      plain,
      Buffer.from(plain).toString('base64'),
      made('another secret', { exp: now + 30 }),
      jwt.sign({ ...claims, exp: now + 30 }, '', { algorithm: 'none' }),
      made(CONTEXT_SECRET, { exp: now - 1, iat: now - 20 }),
      made(CONTEXT_SECRET, { exp: now + 3600, iat: now - 60 }),
      made(CONTEXT_SECRET, {}),
      await app.login(user),
      signContext(CONTEXT_SECRET, caller, 'ticks.open', '{}'),
      signContext(CONTEXT_SECRET, caller, 'orders.list', '{"all":true}'),
    ])
      expect([context, await ask(context)]).toEqual([context, refused]);
    expect(await ask(good, '{"all":true}')).toEqual(refused);
  });

  it('cannot answer for tokens, nor say that a session ended', async () => {
    for (const name of ['gateway', 'service'] as const) {
      const connection = await client(name);
      const refusals: string[] = [];
      connection.subscribe('auth.token.verify', {
        queue: 'auth-api',
        callback: error => void refusals.push(`${error}`),
      });
      connection.subscribe('auth.token.verify', { callback: error => void refusals.push(`${error}`) });
      void (async () => {
        for await (const status of connection.status())
          if (status.type === 'error') refusals.push(status.error.message);
      })();
      for (const subject of ['auth.session.ended', 'auth.events.position']) connection.publish(subject, '{}');
      await connection.flush();
      await expect.poll(() => refusals.join('\n')).toMatch(/Subscription to "auth\.token\.verify"/);
      for (const subject of ['auth.session.ended', 'auth.events.position'])
        await expect.poll(() => refusals.join('\n')).toContain(`Publish to "${subject}"`);
    }
    const snooping = await client('gateway');
    const refused = new Promise(resolve => {
      snooping.subscribe('_INBOX.service.>', { callback: resolve });
    });
    await snooping.flush();
    expect(String(await refused)).toContain('_INBOX.service.>');
  });

  it('close a live subscription with its session, and no other', async () => {
    const [first, second] = [await app.login(user), await app.login(user)];
    const [ended, lasting] = [await openTicks(first), await openTicks(second)];
    await app.call('POST', '/auth/logout', { token: first });
    expect(await ended.over).toMatch(/data: \{"end":"logout"\}\n\n$/);
    const before = lasting.state.text.length;
    await expect.poll(() => lasting.state.text.length).toBeGreaterThan(before + 100);
    await app.call('POST', '/auth/logout', { token: second });
    await lasting.over;
  });

  it('close it after a restart of NATS, when the session ended meanwhile', async () => {
    const [first, second] = [await app.login(user), await app.login(user)];
    const [ended, lasting] = [await openTicks(first), await openTicks(second)];
    server.kill('SIGKILL');
    await expect.poll(() => metric(app, 'auth_nats_connected')).toBe(0);
    await app.call('POST', '/auth/logout', { token: first });
    await server.restart();
    await service.printed('stream closed: inactive');
    await ended.over;
    const before = lasting.state.text.length;
    await expect.poll(() => lasting.state.text.length).toBeGreaterThan(before + 100);
    await app.call('POST', '/auth/logout', { token: second });
    expect(await lasting.over).toMatch(/"end":"logout"/);
    expect((await get('/orders', await app.login(user))).status).toBe(200);
  });
});
