import { createInbox, type NatsConnection, RequestError } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreError } from '../../errors.ts';
import { createResponder, QUEUE_GROUP, VERIFY_SUBJECT } from '../../nats/responder.ts';
import { type NatsEngine, startNats } from '../../scripts/engines/nats.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { backends, type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';
import { answering, hasNats, metric, natsClient, natsServer, verify } from '../support/nats.ts';

describe.skipIf(!hasNats).each(backends)('token checks over NATS, on %s stores', backend => {
  let server: NatsEngine;
  let app: TestApp;
  let user: RegisteredUser;
  beforeAll(async () => {
    server = await startNats();
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true', NATS_URL: server.url });
    user = await app.register();
    await answering(app, server);
  });
  afterAll(async () => {
    await app?.close();
    await server?.stop();
  });

  const overHttp = async (token: string) =>
    (await app.call('POST', '/auth/introspect', { body: { token } })).body;

  it('gives the verdict of POST /auth/introspect, of every token', async () => {
    const client = await natsClient(server);
    const active = await app.login(user);
    const revoked = await app.login(user);
    await app.call('POST', '/auth/logout', { token: revoked });
    const [header = '', payload = '', signature = ''] = active.split('.');
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`;
    const tampered = `${header}.${payload}.${signature.split('').reverse().join('')}`;
    for (const token of [active, revoked, unsigned, tampered, '', 'x', 'é'.repeat(1000), `${active} `]) {
      const response = await verify(client, JSON.stringify({ token }));
      expect(response).toEqual(await overHttp(token));
      expect(response).toHaveProperty('active', token === active);
    }
    expect(await verify(client, JSON.stringify({ token: active }))).toEqual({
      active: true,
      sub: String(user.id),
      jti: expect.any(String),
      sid: expect.any(String),
      iat: expect.any(Number),
      exp: expect.any(Number),
      iss: app.env.JWT_ISSUER,
      aud: app.env.JWT_AUDIENCE,
      token_type: 'Bearer',
    });

    app.clock.advance(app.env.JWT_EXPIRES_IN * 1000 + 1000);
    expect(await verify(client, JSON.stringify({ token: active }))).toEqual({ active: false });
  });

  it('is not active for anything malformed or too large', async () => {
    const client = await natsClient(server);
    const token = await app.login(user);
    const padded = JSON.stringify({ token, padding: 'x'.repeat(8192) });
    for (const request of [
      '',
      'null',
      '[]',
      '{}',
      '"text"',
      token,
      '{"token":1}',
      `{"token":["${token}"]}`,
      `{"token":"${token}"`,
      padded,
      Uint8Array.from([0x7b, 0xff, 0x7d]),
    ]) {
      expect([request, await verify(client, request)]).toEqual([request, { active: false }]);
    }
    expect(await verify(client, JSON.stringify({ token, padding: 'x'.repeat(4000) }))).toMatchObject({
      active: true,
    });
  });

  it('answers each request once, however many processes share the work', async () => {
    const client = await natsClient(server);
    const second = await startTestApp('embedded', { NATS_URL: server.url });
    await answering(second, server);
    const token = await app.login(user);
    let answers = 0;
    const inbox = createInbox();
    client.subscribe(inbox, { callback: () => void answers++ });
    const counts = async () =>
      Promise.all(
        [app, second].map(each => metric(each, 'auth_nats_verifications_total{result="inactive"}')),
      );
    const [before = 0, otherBefore = 0] = await counts();
    for (let i = 0; i < 200; i++)
      client.publish('auth.token.verify', JSON.stringify({ token: `${token}x` }), { reply: inbox });
    await expect.poll(() => answers).toBe(200);
    const [first = 0, other = 0] = await counts();
    expect(first - before + other - otherBefore).toBe(200);
    expect(Math.min(first - before, other - otherBefore)).toBeGreaterThan(0);

    // The rest goes to the process that is left.
    await second.close();
    for (let i = 0; i < 20; i++)
      expect(await verify(client, JSON.stringify({ token }))).toMatchObject({ active: true });
    expect(answers).toBe(200);
  });

  it('says nothing of a token while the store is down', async () => {
    if (backend === 'embedded') return;
    const ownServer = await natsServer();
    const client = await natsClient(ownServer);
    const broken = await startTestApp(backend, { NATS_URL: ownServer.url, REDIS_TIMEOUT_MS: '1000' });
    await answering(broken, ownServer);
    const token = await broken.login(await broken.register());
    expect(await verify(client, JSON.stringify({ token }))).toMatchObject({ active: true });
    await broken.stores.redis?.close();
    expect(await verify(client, JSON.stringify({ token }))).toEqual({
      error: { code: 'store_unavailable', status: 503, retry_after: 1 },
    });
    expect(broken.logged()).not.toContain(token);
    await broken.close();
  });
});

describe.skipIf(!hasNats)('the responder', () => {
  async function responding(
    introspect: Parameters<typeof createResponder>[0]['introspect'],
    maxRunning?: number,
  ) {
    const server = await natsServer();
    const [connection, client] = [await natsClient(server), await natsClient(server)];
    const results: string[] = [];
    const responder = createResponder({
      introspect,
      log: createLogger('silent'),
      onAnswer: result => results.push(result),
      ...(maxRunning && { maxRunning }),
    });
    responder.subscribe(connection);
    await connection.flush();
    return { responder, client, connection, results };
  }

  const ask = (client: NatsConnection) => verify(client, '{"token":"x"}');

  const noResponders = (client: NatsConnection) =>
    client.request(VERIFY_SUBJECT, '', { timeout: 10_000 }).then(
      () => false,
      error => error instanceof RequestError && error.isNoResponders(),
    );

  it('bounds the simultaneous checks and gives every request its response', async () => {
    const held: (() => void)[] = [];
    const { client, results } = await responding(
      () => new Promise(resolve => held.push(() => resolve(null))),
      3,
    );
    const answers = Array.from({ length: 5 }, () => ask(client));
    await expect.poll(() => results.length).toBe(2);
    for (const release of held) release();
    expect(results).toEqual(['overloaded', 'overloaded']);
    const all = await Promise.all(answers);
    expect(all.filter(answer => JSON.stringify(answer) === '{"active":false}')).toHaveLength(3);
    expect(all).toContainEqual({ error: { code: 'overloaded', status: 503, retry_after: 1 } });
  });

  it('is never inactive because of an error', async () => {
    const errors = [new StoreError('Redis does not respond.', new Error('secret')), new Error('secret')];
    const { client } = await responding(async () => {
      throw errors.shift();
    });
    expect(await ask(client)).toEqual({ error: { code: 'store_unavailable', status: 503, retry_after: 1 } });
    expect(await ask(client)).toEqual({ error: { code: 'internal_error', status: 500 } });
  });

  it('finishes what it has begun when it stops, and takes nothing more', async () => {
    let release = () => {};
    const begun = new Promise<void>(resolve => {
      release = resolve;
    });
    let calls = 0;
    const { responder, client } = await responding(async () => {
      calls++;
      await begun;
      return null;
    });
    const first = ask(client);
    await expect.poll(() => calls).toBe(1);
    const stopped = responder.stop();
    await expect.poll(() => noResponders(client)).toBe(true);
    release();
    expect(await first).toEqual({ active: false });
    await stopped;
    expect(calls).toBe(1);
  });

  it('is one of a queue group', () =>
    expect([VERIFY_SUBJECT, QUEUE_GROUP]).toEqual(['auth.token.verify', 'auth-api']));
});
