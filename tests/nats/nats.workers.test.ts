import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parseEnv } from '../../config/env.ts';
import { natsTarget } from '../../nats/target.ts';
import { startRedisCluster } from '../../scripts/engines/redis.groups.ts';
import { hasBinaries } from '../../scripts/engines.ts';
import { bareEnvironment, freePort, programFolder, run } from '../support/checkout.ts';
import {
  createDatabase,
  dropDatabase,
  faultsOf,
  hasRealStores,
  startTestApp,
  testSettings,
} from '../support/harness.ts';
import { answering, collectEvents, hasNats, natsClient, natsServer, verify } from '../support/nats.ts';

describe.skipIf(!hasNats || !hasRealStores)('NATS with WEB_CONCURRENCY=2', () => {
  const settings = testSettings('real', { WEB_CONCURRENCY: '2', PORT: '0' }) as Record<string, string>;
  let directory: string;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    await createDatabase(parseEnv(settings));
    ({ directory, remove } = await programFolder());
  });
  afterAll(async () => {
    await dropDatabase(parseEnv(settings));
    await remove();
  });

  it('connects each worker, which share the checks and count for themselves, and end with a position', async () => {
    const server = await natsServer();
    const client = await natsClient(server);
    const events = await collectEvents(client);
    const metricsPort = await freePort();
    const env = { ...settings, NATS_URL: server.url, METRICS_PORT: `${metricsPort}` };
    const api = run(process.execPath, ['dist/server.js'], { cwd: directory, env: bareEnvironment(env) });
    onTestFinished(async () => {
      try {
        api.killAll('SIGKILL');
      } catch {} // it has ended
      await api.exited;
    });
    const sources = () => new Set(events.map(({ source }) => source)).size;
    await expect.poll(sources).toBe(2);
    await api.printed('"metrics listening"');
    const metrics = () => fetch(`http://127.0.0.1:${metricsPort}/metrics`).then(response => response.text());
    await expect.poll(metrics).toMatch(/^auth_nats_connected 2$/m);

    for (let i = 0; i < 50; i++) expect(await verify(client, '{"token":"x"}')).toEqual({ active: false });
    await expect.poll(metrics).toMatch(/^auth_nats_verifications_total\{result="inactive"\} 50$/m);

    // One worker alone goes on: the other one's requests come to it.
    api.child.kill('SIGTERM');
    expect(await api.exited).toBe(0);
    await expect.poll(() => events.filter(({ closed }) => closed).length).toBe(2);
    expect(api.output()).not.toContain('nats is down');
  });
});

describe.skipIf(!hasNats || !hasBinaries())('NATS with a Redis Cluster', () => {
  it('answers and tells as elsewhere', async () => {
    const server = await natsServer();
    const client = await natsClient(server);
    const events = await collectEvents(client);
    const cluster = await startRedisCluster({});
    onTestFinished(() => cluster.stop());
    const app = await startTestApp('embedded', { ...cluster.settings, NATS_URL: server.url });
    onTestFinished(() => app.close());
    await answering(app, server);
    const token = await app.login(await app.register());
    expect(await verify(client, JSON.stringify({ token }))).toMatchObject({ active: true });
    await app.call('POST', '/auth/logout', { token });
    expect(await verify(client, JSON.stringify({ token }))).toEqual({ active: false });
    await expect.poll(() => events.map(({ subject }) => subject)).toContain('auth.session.ended');
  });
});

describe('NATS_URL', () => {
  it.each([
    ['nats://127.0.0.1', { servers: ['127.0.0.1:4222'] }],
    ['nats://api:p%40ss@nats:4223', { servers: ['nats:4223'], user: 'api', pass: 'p@ss' }],
    ['nats://secret@nats', { servers: ['nats:4222'], token: 'secret' }],
    [
      'tls://api:x@a:1, tls://api:x@[::1]:2',
      { servers: ['a:1', '[::1]:2'], user: 'api', pass: 'x', tls: {} },
    ],
  ])('%s is understood', (NATS_URL, target) => {
    const env = parseEnv({ JWT_SECRET: 'j'.repeat(32), NATS_URL });
    expect(natsTarget(env.NATS_URL ?? [])).toEqual(target);
  });

  it.each([
    ...[
      '127.0.0.1:4222',
      'http://nats:4222',
      'nats://',
      'nats://a/b',
      'nats://a?x=1',
      'nats://a,',
      'nats://%zz@a',
    ],
    ...['nats://a:b@x,nats://a:c@y', 'nats://a,tls://b'],
  ])('%s is refused', NATS_URL => {
    const faults = faultsOf({ JWT_SECRET: 'j'.repeat(32), NATS_URL });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^NATS_URL must /);
  });
});
