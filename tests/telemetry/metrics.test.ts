import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import perfHooks from 'node:perf_hooks';
import bcrypt from 'bcrypt';
import { createConnection } from 'mysql2/promise';
import { AggregatorRegistry } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMetricsApp } from '../../app.ts';
import { startRedis } from '../../scripts/engines/redis.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics } from '../../telemetry/metrics.ts';
import {
  backends,
  faultsOf,
  hasRealStores,
  type Settings,
  startTestApp,
  type TestApp,
} from '../support/harness.ts';
import type { Response } from '../support/http.ts';

const TOKEN = 'm'.repeat(32);
/** Waits for a condition, and gives up only when something hangs. */

afterEach(() => {
  vi.restoreAllMocks();
});

async function appWith(settings: Settings = {}, backend: 'embedded' | 'real' = 'embedded'): Promise<TestApp> {
  const app = await startTestApp(backend, settings);
  onTestFinished(() => app.close());
  return app;
}

/** Every series with its value, by `name{labels}` with the labels in the order of the text. */
async function samples(app: TestApp): Promise<Map<string, number>> {
  return parse(await app.metrics.text());
}

function parse(text: string): Map<string, number> {
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'));
  return new Map(lines.map(line => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

/** How much each of the series has grown while the work was done; only those that have. */
async function growth(app: TestApp, name: string, work: () => Promise<unknown>) {
  const before = await samples(app);
  await work();
  // Listeners of `close` and of events run after the client has its answer.
  await expect.poll(async () => (await samples(app)).get('auth_http_requests_in_flight')).toBe(0);
  await new Promise(resolve => setImmediate(resolve));
  const grown = [...(await samples(app))]
    .map(([series, value]) => [series, value - (before.get(series) ?? 0)] as const)
    .filter(([series, by]) => (series === name || series.startsWith(`${name}{`)) && by !== 0);
  return Object.fromEntries(grown);
}

describe.each(backends)('what is counted on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true' });
  });
  afterAll(() => app.close());

  const REQUESTS = 'auth_http_request_duration_seconds_count';
  const request = (route: string, method: string, status: number | string) =>
    `${REQUESTS}{route="${route}",method="${method}",status="${status}"}`;

  it('requests by the pattern of their route, whichever mount they came by', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const grown = await growth(app, REQUESTS, async () => {
      await app.call('GET', '/auth/profile', { token });
      await app.call('GET', '/api/auth/profile/?page=2', { token });
      await app.call('GET', '/api/auth/profile');
      await app.call('DELETE', `/auth/sessions/${randomUUID()}`, { token });
      await app.call('DELETE', '/auth/sessions/%E0%A4%A', { token });
      await app.call('HEAD', '/health/live');
      await app.call('OPTIONS', '/auth/login');
      await app.call('PUT', '/auth/login');
      await app.call('GET', '/auth/nothing');
      await app.call('GET', '/Auth/profile');
      await app.call('PROPFIND', '/health/ready');
      await app.call('GET', '/metrics');
    });
    expect(grown).toEqual({
      [request('/auth/profile', 'GET', 200)]: 2,
      [request('/auth/profile', 'GET', 401)]: 1,
      [request('/auth/sessions/:id', 'DELETE', 404)]: 1,
      [request('/health/live', 'HEAD', 200)]: 1,
      [request('/auth/login', 'OPTIONS', 204)]: 1,
      [request('/auth/login', 'PUT', 405)]: 1,
      [request('unmatched', 'DELETE', 400)]: 1,
      [request('unmatched', 'GET', 404)]: 2,
      [request('/health/ready', 'other', 405)]: 1,
      [request('/metrics', 'GET', 200)]: 1,
    });
  });

  it('requests whose client did not wait for the answer', async () => {
    const grown = await growth(app, REQUESTS, async () => {
      const body = '{"name":"Ada"}';
      const { port } = new URL(app.origin);
      const headers = { ...app.sign('POST', '/auth/register', body), 'Content-Length': body.length };
      const sent = httpRequest({ port, method: 'POST', path: '/auth/register', headers }).on(
        'error',
        () => {},
      );
      sent.write(body.slice(0, 5));
      await expect.poll(async () => (await samples(app)).get('auth_http_requests_in_flight')).toBe(1);
      sent.socket?.resetAndDestroy();
    });
    expect(grown).toEqual({ [request('/auth/register', 'POST', 'aborted')]: 1 });
  });

  it('refusals of what never became a request, too', async () => {
    const work = async () => {
      const { hostname, port } = new URL(app.origin);
      const socket = connect(Number(port), hostname);
      socket.end('GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n').resume();
      await once(socket, 'close');
    };
    expect(await growth(app, 'auth_refusals_total', work)).toEqual({
      'auth_refusals_total{code="malformed_request"}': 1,
    });
  });

  it('refusals by code, and logins by result', async () => {
    const { email, password } = await app.register();
    const work = async () => {
      for (const guess of [password, 'wrong horse', 'battery']) {
        await app.call('POST', '/auth/login', { body: { email, password: guess } });
      }
      await app.call('POST', '/auth/login', { body: { email, password }, sign: false });
      await app.call('POST', '/auth/login', { body: { email } });
    };
    expect(await growth(app, 'auth_refusals_total', work)).toEqual({
      'auth_refusals_total{code="invalid_credentials"}': 2,
      'auth_refusals_total{code="signature_missing"}': 1,
      'auth_refusals_total{code="validation_failed"}': 1,
    });
    expect(await growth(app, 'auth_logins_total', work)).toEqual({
      'auth_logins_total{result="ok"}': 1,
      'auth_logins_total{result="invalid_credentials"}': 2,
    });
  });

  it('a login that failed for no reason of its own', async () => {
    const { email, password } = await app.register();
    const grown = await growth(app, 'auth_logins_total', async () => {
      vi.spyOn(bcrypt, 'compare').mockRejectedValueOnce(new Error('out of memory') as never);
      await app.call('POST', '/auth/login', { body: { email, password } });
    });
    expect(grown).toEqual({ 'auth_logins_total{result="internal_error"}': 1 });
  });

  it('sessions as they start, go on and end, and a token that is reused', async () => {
    const user = await app.register();
    const login = async () => (await app.call('POST', '/auth/login', { body: user })).body;
    const refresh = (refresh_token: string) =>
      app.call('POST', '/auth/refresh', { body: { refresh_token, nonce: randomUUID() } });
    const work = async () => {
      const [first, second] = [await login(), await login()];
      await app.call('POST', '/auth/logout', { token: first.access_token });
      await refresh(second.refresh_token);
      app.clock.advance(11_000);
      await refresh(second.refresh_token);
    };
    expect(await growth(app, 'auth_sessions_started_total', work)).toEqual({
      auth_sessions_started_total: 2,
    });
    expect(await growth(app, 'auth_sessions_refreshed_total', work)).toEqual({
      auth_sessions_refreshed_total: 1,
    });
    expect(await growth(app, 'auth_refresh_reuses_total', work)).toEqual({ auth_refresh_reuses_total: 1 });
    expect(await growth(app, 'auth_sessions_ended_total', work)).toEqual({
      'auth_sessions_ended_total{reason="logout"}': 1,
      'auth_sessions_ended_total{reason="refresh_reuse"}': 1,
    });
  });

  it('what the stores were asked, a duplicate among the answers', async () => {
    const user = await app.register();
    const [database, redis] = ['db_query', 'redis_command'].map(
      name => `auth_${name}_duration_seconds_count`,
    ) as [string, string];
    const taken = () => app.stores.db.run(INSERT, [user.email]).catch(() => {});
    expect(await growth(app, database, taken)).toEqual({ [`${database}{outcome="ok"}`]: expect.any(Number) });
    const wrong = () => app.stores.db.query('SELECT nothing').catch(() => {});
    expect(await growth(app, database, wrong)).toHaveProperty(`${database}{outcome="error"}`, 1);

    const token = await app.login(user);
    const grown = await growth(app, redis, () => app.call('GET', '/auth/profile', { token }));
    expect(Object.keys(grown)).toEqual(backend === 'real' ? [`${redis}{outcome="ok"}`] : []);
  });

  it('what is in flight', async () => {
    const { email, password } = await app.register();
    const { open } = gateCompare();
    const logins = [1, 2].map(() => app.call('POST', '/auth/login', { body: { email, password } }));
    await expect.poll(async () => (await samples(app)).get('auth_http_requests_in_flight')).toBe(2);
    open();
    await Promise.all(logins);
    await expect.poll(async () => (await samples(app)).get('auth_http_requests_in_flight')).toBe(0);
  });

  it('the pool, where there is one', async () => {
    const pool = (now: Map<string, number>) =>
      ['limit', 'open', 'in_use', 'waiting'].map(name => now.get(`auth_db_pool_${name}`));
    if (backend === 'embedded') {
      expect(pool(await samples(app))).toEqual([undefined, undefined, undefined, undefined]);
      return;
    }
    const { DB_HOST: host, DB_PORT: port, DB_USER: user, DB_PASSWORD: password, DB_NAME: database } = app.env;
    const other = await createConnection({ host, port, user, password, database });
    onTestFinished(() => other.destroy());
    await other.query('LOCK TABLES users WRITE');
    const held = Array.from({ length: 12 }, () => app.stores.db.query('SELECT id FROM users LIMIT 1'));
    await expect.poll(() => app.stores.db.pool?.().inUse).toBe(10);
    const text = app.metrics.text();
    await other.query('UNLOCK TABLES');
    await Promise.all(held);
    // The search for closed accounts, the audit trail and the check of the database may wait as well.
    const [limit, open, inUse, waiting] = pool(parse(await text));
    expect([limit, open, inUse]).toEqual([10, 10, 10]);
    expect(waiting).toBeGreaterThanOrEqual(2);
    await expect.poll(async () => pool(await samples(app))).toEqual([10, 10, 0, 0]);
  });

  it('the process: event loop, memory, processor', async () => {
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_cpu_seconds_total']) {
      await expect.poll(async () => (await samples(app)).get(name)).toBeGreaterThan(0);
    }
  });

  it('the event loop only where somebody reads the metrics', async () => {
    const watch = vi.spyOn(perfHooks, 'monitorEventLoopDelay');
    const metrics = createMetrics();
    expect(watch).not.toHaveBeenCalled();
    for (let reads = 0; reads < 2; reads++) await metrics.text();
    expect(watch).toHaveBeenCalledTimes(1);
  });
});

const INSERT = 'INSERT INTO users (email) VALUES (?)';

/** Holds every comparison back until the gate opens. */
function gateCompare(): { open: () => void } {
  let open = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  const compare = bcrypt.compare;
  vi.spyOn(bcrypt, 'compare').mockImplementation(async (password, hash) => {
    await opened;
    return compare(password, hash);
  });
  return { open };
}

describe.each(backends)('a login flood on %s stores', backend => {
  it('lets in what the queue holds, sheds the rest, and holds up nothing else', async () => {
    const app = await appWith(
      // One account would be let in a few at a time.
      { HASH_QUEUE_LIMIT: '20', UV_THREADPOOL_SIZE: '2', CONCURRENT_LOGIN: 'true', LOCKOUT_FAILURES: '0' },
      backend,
    );
    const { email, password } = await app.register();
    const token = await app.login({ email, password });
    const before = await samples(app);

    const { open } = gateCompare();
    const shed: Response[] = [];
    const logins = Array.from({ length: 80 }, async (_, i) => {
      const guess = i % 2 ? password : 'wrong horse';
      const answer = await app.call('POST', '/auth/login', { body: { email, password: guess, nonce: i } });
      if (answer.status === 503) shed.push(answer);
      return { ...answer, guess };
    });
    await expect.poll(() => shed.length).toBe(80 - 21);
    for (const { body, headers } of shed) {
      expect([body.code, headers['retry-after']]).toEqual(['overloaded', '1']);
    }
    expect((await app.call('GET', '/auth/profile', { token })).status).toBe(200);
    expect((await app.call('GET', '/health/ready')).status).toBe(200);

    const during = await samples(app);
    expect(during.get('auth_hash_running')).toBe(1);
    expect(during.get('auth_hash_waiting')).toBe(20);
    expect(during.get('auth_hash_shed_total')).toBe(59);
    open();
    for (const { status, guess } of await Promise.all(logins)) {
      if (status !== 503) expect(status).toBe(guess === password ? 200 : 401);
    }
    const after = await samples(app);
    expect([after.get('auth_hash_running'), after.get('auth_hash_waiting')]).toEqual([0, 0]);
    const more = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    expect(more('auth_hash_wait_seconds_count')).toBe(21);
    expect(more('auth_hash_duration_seconds_count')).toBe(21);
    expect(more('auth_hash_wait_seconds_sum')).toBeGreaterThan(0);
    expect(more('auth_logins_total{result="overloaded"}')).toBe(59);
  });
});

describe('dependencies', () => {
  it.skipIf(!hasRealStores)('are up while they answer, and calls to them are told apart', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const app = await appWith({ REDIS_URL: redis.url, REDIS_TIMEOUT_MS: '500' }, 'real');
    const up = async () => {
      const now = await samples(app);
      return ['database', 'redis'].map(name => now.get(`auth_dependency_up{dependency="${name}"}`));
    };
    expect(await up()).toEqual([1, 1]);

    redis.kill('SIGSTOP');
    const calls = 'auth_redis_command_duration_seconds_count';
    const grown = await growth(app, calls, () => expect.poll(up).toEqual([1, 0]));
    expect(grown).toHaveProperty(`${calls}{outcome="timeout"}`);
    redis.kill('SIGCONT');
    await expect.poll(up).toEqual([1, 1]);
  });

  it('embedded ones are the database alone', async () => {
    const app = await appWith();
    const now = await samples(app);
    const dependencies = [...now.keys()].filter(series => series.startsWith('auth_dependency_up'));
    expect(dependencies).toEqual(['auth_dependency_up{dependency="database"}']);
    await app.stores.db.close();
    const up = async () => (await samples(app)).get('auth_dependency_up{dependency="database"}');
    await expect.poll(up).toBe(0);
  });
});

describe('the number of series', () => {
  it('does not grow with what clients send, and nothing of it is in the text', async () => {
    const app = await appWith();
    const user = await app.register({ name: 'Grace Hopper' });
    const token = await app.login(user);
    const methods = ['GET', 'POST', 'PATCH', 'DELETE', 'PROPFIND', 'MKCOL', 'SEARCH', 'LOCK'];
    const junk = () => randomBytes(6).toString('hex');

    async function hammer(rounds: number): Promise<void> {
      for (let i = 0; i < rounds; i++) {
        for (const method of methods) {
          const paths = [
            `/${junk()}`,
            `/auth/${junk()}`,
            `/auth/sessions/${junk()}`,
            `/api/auth/sessions/${junk()}?${junk()}`,
            `/auth/login/${junk()}`,
            `/metrics/${junk()}`,
            '/auth/profile',
            '/auth/login',
          ];
          const headers = {
            [`X-${junk()}`]: junk(),
            'User-Agent': junk(),
            'X-Request-Id': junk(),
            Host: `${junk()}.example`,
            'X-HTTP-Method-Override': junk(),
          };
          const body = { email: `${junk()}@example.com`, password: junk(), device_name: junk() };
          await Promise.all(
            paths.map(path =>
              app.call(method, path, {
                token: i % 2 ? token : junk(),
                headers,
                ...(method !== 'GET' && { body }),
              }),
            ),
          );
        }
      }
    }

    // Of the others, Node's kinds of garbage collection and of handles come as they come, but there are only a few.
    const own = async () => [...(await samples(app)).keys()].filter(series => series.startsWith('auth_'));
    await hammer(2);
    const before = await own();
    await hammer(4);
    expect(await own()).toEqual(before);
    const text = await app.metrics.text();
    expect([...parse(text).keys()].filter(series => /[0-9a-f]{12}/.test(series))).toEqual([]);
    for (const secret of [user.email, user.name, user.password, token]) expect(text).not.toContain(secret);
    expect(parse(text).size).toBeLessThan(1500);
  });
});

describe('GET /metrics', () => {
  const get = (app: TestApp, headers: Record<string, string> = {}) =>
    app.call('GET', '/metrics', { headers });

  it('is open outside of production', async () => {
    const app = await appWith();
    const { status, headers, text } = await get(app);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect(text).toContain('# TYPE auth_http_request_duration_seconds histogram');
    const head = await app.call('HEAD', '/metrics');
    expect([head.status, head.text ?? '']).toEqual([200, '']);
  });

  it('has no other method', async () => {
    const app = await appWith();
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const { status, body, headers } = await app.call(method, '/metrics');
      expect([status, body.code, headers.allow]).toEqual([405, 'method_not_allowed', 'GET, HEAD, OPTIONS']);
    }
    expect((await app.call('GET', '/metrics/more')).body.code).toBe('not_found');
  });

  it('is not there in production, unless it is asked for', async () => {
    const production = { NODE_ENV: 'production', ALLOW_EMBEDDED: 'true' };
    const app = await appWith(production);
    for (const authorization of ['', 'Bearer ', 'Bearer undefined']) {
      const { status, body } = await get(app, { Authorization: authorization });
      expect([status, body.code]).toEqual([404, 'not_found']);
    }
    const guarded = await appWith({ ...production, METRICS_TOKEN: TOKEN });
    expect((await get(guarded)).status).toBe(401);
    expect((await get(guarded, { Authorization: `Bearer ${TOKEN}` })).status).toBe(200);
  });

  it('asks for METRICS_TOKEN', async () => {
    const app = await appWith({ METRICS_TOKEN: TOKEN });
    expect((await get(app, { Authorization: `bearer ${TOKEN}` })).status).toBe(200);
    const user = await app.register();
    const refused: [string | null, string][] = [
      [null, 'token_missing'],
      ['', 'token_missing'],
      [`Basic ${TOKEN}`, 'token_missing'],
      [TOKEN, 'token_missing'],
      ['Bearer', 'token_invalid'],
      ['Bearer ', 'token_invalid'],
      [`Bearer ${TOKEN}m`, 'token_invalid'],
      [`Bearer ${TOKEN.slice(1)}`, 'token_invalid'],
      [`Bearer ${TOKEN.toUpperCase()}`, 'token_invalid'],
      [`Bearer ${await app.login(user)}`, 'token_invalid'],
      [`Bearer ${'x'.repeat(8000)}`, 'token_invalid'],
    ];
    for (const [authorization, code] of refused) {
      const answer = await app.call(
        'GET',
        '/metrics',
        authorization === null ? {} : { headers: { Authorization: authorization } },
      );
      expect([answer.status, answer.body.code], authorization ?? 'none').toEqual([401, code]);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.headers['www-authenticate']).toContain('Bearer');
      expect(answer.text).not.toContain('auth_http');
    }
    const bearer = `Bearer ${TOKEN}`;
    const twice = httpRequest(`${app.origin}/metrics`, {
      headers: { Authorization: [bearer, bearer] },
    }).end();
    const [answer] = (await once(twice, 'response')) as [IncomingMessage];
    expect(answer.resume().statusCode).toBe(401);
  });

  it('is on METRICS_PORT alone, where one is set', async () => {
    const app = await appWith({ METRICS_PORT: '0', METRICS_TOKEN: TOKEN });
    expect((await get(app, { Authorization: `Bearer ${TOKEN}` })).status).toBe(404);

    const { env, metrics } = app;
    const server = createServer(createMetricsApp({ env, metrics, log: createLogger('silent') }));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close().closeAllConnections());
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const bearer = { headers: { Authorization: `Bearer ${TOKEN}` } };
    expect((await fetch(`${origin}/metrics`)).status).toBe(401);
    const answer = await fetch(`${origin}/metrics`, bearer);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await answer.text()).toContain('auth_dependency_up{dependency="database"} 1');
    for (const path of ['/', '/health/live', '/auth/profile']) {
      expect((await fetch(origin + path, bearer)).status).toBe(404);
    }
  });
});

describe('METRICS_TOKEN', () => {
  const strong = { JWT_SECRET: 'j'.repeat(32), SIGNATURE_KEY: 's'.repeat(32) };
  const production = { ...strong, NODE_ENV: 'production', DB_HOST: 'db', REDIS_URL: 'redis://cache' };

  it('has 32 bytes in production', () => {
    expect(faultsOf({ ...production, METRICS_TOKEN: TOKEN })).toEqual([]);
    const [fault, ...more] = faultsOf({ ...production, METRICS_TOKEN: TOKEN.slice(1) });
    expect(fault).toMatch(/^METRICS_TOKEN is shorter than 32 bytes/);
    expect(more).toEqual([]);
    expect(faultsOf({ ...strong, METRICS_TOKEN: 'short' })).toEqual([]);
  });

  it('is something that a header can carry', () => {
    for (const METRICS_TOKEN of ['with a space in the middle of it, long', `${TOKEN}é`, `${TOKEN}"`]) {
      expect(faultsOf({ ...strong, METRICS_TOKEN })).toHaveLength(1);
    }
  });
});

describe('several processes', () => {
  it('add up', async () => {
    const [one, two] = [createMetrics(), createMetrics()];
    for (const metrics of [one, two]) {
      metrics.requestStarted();
      metrics.requestEnded('GET', '/auth/profile', 200, 0.003);
      metrics.requestStarted();
      metrics.refused('token_missing');
      metrics.watchHashing(() => ({ running: 2, waiting: 7 }));
      metrics.watchPool(() => ({ limit: 10, open: 4, inUse: 3, waiting: 1 }));
    }
    one.watchDependencies({ redis: async () => ({ status: 'up' }) });
    two.watchDependencies({ redis: async () => ({ status: 'down' }) });
    const parts = await Promise.all([one, two].map(({ read }) => read().getMetricsAsJSON()));
    const sum = parse(await AggregatorRegistry.aggregate(parts).metrics());
    const labels = '{route="/auth/profile",method="GET",status="200"}';
    expect(sum.get(`auth_http_request_duration_seconds_count${labels}`)).toBe(2);
    expect(sum.get('auth_refusals_total{code="token_missing"}')).toBe(2);
    expect(sum.get('auth_http_requests_in_flight')).toBe(2);
    expect(sum.get('auth_hash_waiting')).toBe(14);
    expect(sum.get('auth_db_pool_limit')).toBe(20);
    expect(sum.get('auth_dependency_up{dependency="redis"}')).toBe(0);
  });
});
