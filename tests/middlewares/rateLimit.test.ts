import { randomBytes, randomInt } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { createHttpServer, httpLimits } from '../../http/server.ts';
import { addressBlock } from '../../middlewares/rateLimit.ts';
import { openStores } from '../../stores/stores.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics } from '../../telemetry/metrics.ts';
import {
  backends,
  hasRealStores,
  noMailer,
  type Settings,
  startTestApp,
  type TestApp,
} from '../support/harness.ts';

const limited: Settings = { RATE_LIMIT: 'on', RATE_LIMIT_MAX: '3', RATE_LIMIT_WINDOW: '60' };

/** Addresses that no other suite on the same Redis has. */
const newAddress = () => `10.${[0, 0, 0].map(() => randomInt(1, 255)).join('.')}`;
const newNetwork = () => `2001:db8:${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}`;

/** Sends a request that nobody has signed, from an address, through the proxy that the app believes. */
function sender(app: TestApp, method = 'POST', path = '/auth/login') {
  return async (from: string) =>
    app.call(method, path, { sign: false, headers: { 'X-Forwarded-For': from }, body: {} });
}

describe.each(backends)('the limit per address on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { ...limited, TRUST_PROXY: '127.0.0.1' });
  });
  afterAll(() => app.close());

  it('is told with every answer, whatever that is', async () => {
    const address = newAddress();
    const headers = { 'X-Forwarded-For': address };
    const user = {
      name: 'Ada',
      email: `${randomBytes(6).toString('hex')}@example.com`,
      password: 'correct horse',
    };
    const answers = [
      await app.call('POST', '/auth/register', { body: user, headers }),
      await app.call('POST', '/auth/login', { body: { ...user, password: 'wrong horse' }, headers }),
      await app.call('POST', '/api/auth/login', { sign: false, headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 401, 401]);
    answers.forEach((answer, i) => {
      expect(answer.headers['ratelimit-policy']).toBe('"auth";q=3;w=60');
      const [, remaining, seconds] = /^"auth";r=(\d+);t=(\d+)$/.exec(answer.headers.ratelimit ?? '') ?? [];
      expect(Number(remaining)).toBe(2 - i);
      expect(Number(seconds)).toBeGreaterThan(0);
      expect(Number(seconds)).toBeLessThanOrEqual(60);
    });
  });

  it('refuses what is beyond it before the signature is looked at', async () => {
    const [address, other] = [newAddress(), newAddress()];
    const send = sender(app);
    for (let i = 0; i < 3; i++) expect((await send(address)).body.code).toBe('signature_missing');
    const refused = await send(address);
    expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited']);
    expect(refused.headers.ratelimit).toMatch(/^"auth";r=0;t=\d+$/);
    expect(refused.headers['ratelimit-policy']).toBe('"auth";q=3;w=60');
    expect(refused.headers['retry-after']).toBe(/t=(\d+)$/.exec(refused.headers.ratelimit ?? '')?.[1]);
    expect((await send(other)).status).toBe(401);
  });

  it('waits for no body', async () => {
    const address = newAddress();
    for (let i = 0; i < 3; i++) await sender(app)(address);
    const { hostname, port } = new URL(app.origin);
    const socket = connect(Number(port), hostname);
    try {
      socket.write(
        `POST /auth/login HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ${address}\r\nContent-Length: 1000\r\n\r\n`,
      );
      const [answer] = await new Promise<[Buffer]>(resolve => socket.once('data', data => resolve([data])));
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 429 /);
    } finally {
      socket.destroy();
    }
  });

  it('counts every changing method and path under both mounts, those too that do not exist', async () => {
    const address = newAddress();
    const sent = [
      await sender(app, 'POST', '/auth/nothing')(address),
      await sender(app, 'PUT', '/api/auth/login')(address),
      await sender(app, 'DELETE', '/auth/sessions/1')(address),
      await sender(app, 'PATCH', '/api/auth/profile')(address),
    ];
    expect(sent.map(({ status }) => status)).toEqual([404, 405, 401, 429]);
  });

  it('never counts what only reads', async () => {
    const headers = { 'X-Forwarded-For': newAddress() };
    for (const [method, path] of [
      ['GET', '/auth/profile'],
      ['HEAD', '/auth/profile'],
      ['OPTIONS', '/auth/login'],
      ['GET', '/auth/nothing'],
    ] as const) {
      for (let i = 0; i < 4; i++) {
        const answer = await app.call(method, path, { headers });
        expect(answer.status).not.toBe(429);
        expect([answer.headers.ratelimit, answer.headers['ratelimit-policy']]).toEqual([
          undefined,
          undefined,
        ]);
      }
    }
    expect((await sender(app)(headers['X-Forwarded-For'])).headers.ratelimit).toContain('r=2');
  });

  it('is one for a /64 of IPv6, and one for an IPv4 address in either form', async () => {
    const [network, next, address] = [newNetwork(), newNetwork(), newAddress()];
    const remaining = async (from: string) =>
      /r=(\d)/.exec((await sender(app)(from)).headers.ratelimit ?? '')?.[1];
    expect(await remaining(`${network}::1`)).toBe('2');
    expect(await remaining(`${network}:ffff:1:2:3`)).toBe('1');
    expect(await remaining(`${next}::1`)).toBe('2');
    expect(await remaining(address)).toBe('2');
    expect(await remaining(`::ffff:${address}`)).toBe('1');
  });

  it('goes by the address that the proxy has seen, whatever the client has put before it', async () => {
    const address = newAddress();
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push((await sender(app)(`${newAddress()}, ${address}`)).status);
    expect(answers).toEqual([401, 401, 401, 429]);
  });
});

describe('a chain of proxies that are believed', () => {
  it('is read for 16 of them: no request takes longer because a chain is long', async () => {
    const app = await startTestApp('embedded', { ...limited, TRUST_PROXY: '127.0.0.1,10.0.0.0/8' });
    const addressBehind = async (proxies: number) => {
      const chain = Array.from({ length: proxies - 1 }, (_, i) => `10.0.0.${proxies - 1 - i}`);
      const id = `behind-${proxies}`;
      const headers = { 'X-Request-Id': id, 'X-Forwarded-For': ['203.0.113.7', ...chain].join() };
      await app.call('GET', '/auth/profile', { headers });
      const line =
        app
          .logged()
          .split('\n')
          .find(text => text.includes(id)) ?? '';
      return JSON.parse(line).ip;
    };
    try {
      expect(await addressBehind(1)).toBe('203.0.113.7');
      expect(await addressBehind(16)).toBe('203.0.113.7');
      expect(await addressBehind(17)).toBe('10.0.0.16');
      expect(await addressBehind(200)).toBe('10.0.0.16');
    } finally {
      await app.close();
    }
  });
});

describe('without a proxy that is believed', () => {
  it.each([
    ['nothing', {}],
    ['another address', { TRUST_PROXY: '10.0.0.0/8' }],
  ])(
    'X-Forwarded-For is no way past the limit, with TRUST_PROXY naming %s',
    async (_, settings: Settings) => {
      const app = await startTestApp('embedded', { ...limited, ...settings });
      try {
        const send = sender(app);
        const answers = [];
        for (let i = 0; i < 20; i++)
          answers.push((await send(i % 2 ? newAddress() : `${newNetwork()}::1`)).status);
        expect(answers).toEqual([...Array(3).fill(401), ...Array(17).fill(429)]);
      } finally {
        await app.close();
      }
    },
  );
});

describe('the limit', () => {
  it('is 300 in 60 s by default, and off with RATE_LIMIT=off', async () => {
    const app = await startTestApp('embedded', { RATE_LIMIT: 'on' });
    const free = await startTestApp('embedded', { ...limited, RATE_LIMIT: 'off' });
    try {
      expect((await sender(app)('')).headers).toMatchObject({
        'ratelimit-policy': '"auth";q=300;w=60',
        ratelimit: '"auth";r=299;t=60',
      });
      for (let i = 0; i < 5; i++) {
        const answer = await sender(free)('');
        expect([answer.status, answer.headers.ratelimit]).toEqual([401, undefined]);
      }
    } finally {
      await app.close();
      await free.close();
    }
  });

  it.skipIf(!hasRealStores)('lets exactly so many of 200 at once through, over two processes', async () => {
    const app = await startTestApp('real', { ...limited, RATE_LIMIT_MAX: '50', TRUST_PROXY: '127.0.0.1' });
    const log = createLogger('silent');
    const metrics = createMetrics();
    const stores = await openStores(app.env, log, metrics);
    const second = createHttpServer(
      createApp({
        ...{ env: app.env, ...stores, log, metrics },
        ...{ audit: { record() {}, async forget() {} }, now: app.clock.now, startedAt: 0, mailer: noMailer },
      }),
      log,
      httpLimits,
    );
    try {
      const { port } = await second.listen(0, '127.0.0.1');
      const origins = [app.origin, `http://127.0.0.1:${port}`];
      const headers = { 'X-Forwarded-For': newAddress() };
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          fetch(`${origins[i % 2]}/auth/login`, { method: 'POST', headers }).then(({ status }) => status),
        ),
      );
      expect(answers.filter(status => status === 401)).toHaveLength(50);
      expect(answers.filter(status => status === 429)).toHaveLength(150);
    } finally {
      second.server.closeAllConnections();
      await second.close();
      await stores.close();
      await app.close();
    }
  });
});

describe('what counts as one client', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0:0:ffff:1:2:3', '2001:db8:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['1:2:3::4:5:6', '1:2:3:0::/64'],
    ['1::', '1:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::192.0.2.1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['192.0.2.1:4711', 'unknown'],
    ['a:b', 'unknown'],
    ['', 'unknown'],
    [undefined, 'unknown'],
  ])('%s is %s', (ip, block) => {
    expect(addressBlock(ip)).toBe(block);
  });
});
