import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEnv } from '../../../config/env.ts';
import { createRedisSessionStore } from '../../../models/session/session.redis.ts';
import type { Session } from '../../../models/session/session.store.ts';
import {
  onServer,
  type RedisGroup,
  startRedisCluster,
  startRedisSentinels,
} from '../../../scripts/engines/redis.groups.ts';
import { type RedisEngine, startRedis } from '../../../scripts/engines/redis.ts';
import { hasBinaries } from '../../../scripts/engines.ts';
import { slotOf } from '../../../stores/redis/cluster.ts';
import type { Redis } from '../../../stores/redis/redis.ts';
import { defineScript } from '../../../stores/redis/script.ts';
import { openStores, waitForStores } from '../../../stores/stores.ts';
import { createLogger } from '../../../telemetry/logger.ts';
import { createMetrics } from '../../../telemetry/metrics.ts';
import { dropDatabase, type Settings, testSettings } from '../../support/harness.ts';
import { openRedisOf } from '../../support/redis.forms.ts';

const WRONG = 'not-the-password';
const ANY_NUMBER = { sessions: 0, policy: 'evict' as const };

/** The line with which the start fails, and all that was logged meanwhile. */
async function startFault(settings: Settings): Promise<string> {
  const env = parseEnv(
    testSettings('embedded', { STARTUP_TIMEOUT_MS: '60000', REDIS_TIMEOUT_MS: '300', ...settings }),
  );
  const logged: string[] = [];
  const log = createLogger('info', { write: line => logged.push(line) });
  const stores = await openStores(env, log, createMetrics());
  try {
    await waitForStores(stores, env);
    return 'started';
  } catch (error) {
    expect(logged.join('')).not.toContain(WRONG);
    return (error as Error).message;
  } finally {
    await stores.close();
    await dropDatabase(env);
  }
}

function newSession(): Session {
  const now = Date.now();
  const iat = Math.floor(now / 1000);
  return {
    id: randomUUID(),
    userId: randomInt(10 ** 9),
    device: { name: null, ip: '192.0.2.1', userAgent: 'test' },
    amr: [],
    tokenInfo: { jti: randomUUID(), iat, exp: iat + 3600 },
    refreshHash: 'first',
    createdAt: now,
    lastUsedAt: now,
    expiresAt: (iat + 3600) * 1000,
  };
}

/** How many commands wait at the servers. */
const blockedOn = async (nodes: RedisEngine[]): Promise<number> => {
  const infos = await Promise.all(nodes.map(node => onServer(node, client => client.info('clients'))));
  return infos.reduce((sum, info) => sum + Number(/blocked_clients:(\d+)/.exec(info)?.[1]), 0);
};

/** Closes the connection of a command before its answer, and checks that the command is not sent again. */
async function loseAnswer({ settings, nodes }: RedisGroup, masters: RedisEngine[]): Promise<void> {
  const redis = openRedisOf(settings);
  await redis.ping();
  const list = `list:${randomUUID()}`;
  const waits = redis.run(list, ['BLPOP', list, '0']).then(String, error => error.code);
  await expect.poll(() => blockedOn(nodes)).toBe(1);
  for (const node of masters) {
    await onServer(node, client => client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']));
  }
  expect(await waits).toBe('store_unavailable');
  // A command that was sent again would take this away.
  expect(await redis.run(list, ['RPUSH', list, 'kept'])).toBe(1);
  expect(await redis.run(list, ['LRANGE', list, '0', '-1'])).toEqual(['kept']);
  expect(await blockedOn(nodes)).toBe(0);
  await redis.close();
}

describe.skipIf(!hasBinaries())('Redis Cluster', () => {
  let group: RedisGroup;
  let redis: Redis;
  beforeAll(async () => {
    group = await startRedisCluster({ password: true });
    redis = openRedisOf(group.settings);
    await redis.ping();
  });
  afterAll(async () => {
    await redis?.close();
    await group?.stop();
  });

  const onEvery = (command: string[]) =>
    Promise.all(group.nodes.map(node => onServer(node, client => client.sendCommand(command))));

  it.each(['a', 'jwt:{17}:x', '{}x', 'x{}{y}', 'é{ü}', '{a', 'a}b{c}', '', '{{a}}'])(
    'has the key %j in the slot that the server says',
    async key => {
      const [node] = group.nodes;
      expect(node && (await onServer(node, client => client.clusterKeySlot(key)))).toBe(slotOf(key));
    },
  );

  it('keeps all of a user under a hash tag', async () => {
    const session = newSession();
    await createRedisSessionStore(redis, Date.now).start(session, '', ANY_NUMBER);
    const found = await Promise.all(
      group.nodes.slice(0, 3).map(node => onServer(node, client => client.keys(`*${session.userId}*`))),
    );
    const user = `{${session.userId}}`;
    expect(found.flat().sort()).toEqual([
      `jwt:${user}:${session.tokenInfo.jti}`,
      `session:${user}:${session.id}`,
      `sessions:${user}`,
    ]);
  });

  it('gives no wrong answer while the slot of a user moves, and goes on after it', async () => {
    const store = createRedisSessionStore(redis, Date.now);
    const session = newSession();
    const { userId, id: sessionId, tokenInfo } = session;
    await store.start(session, '', ANY_NUMBER);
    await store.endAll(userId, sessionId);
    const slot = String(slotOf(`{${userId}}`));
    const masters = group.nodes.slice(0, 3);
    const ids = await Promise.all(masters.map(node => onServer(node, client => client.clusterMyId())));
    const holds = (node: RedisEngine) => onServer(node, client => client.keys(`*{${userId}}*`));
    const held = await Promise.all(masters.map(holds));
    const from = held.findIndex(keys => keys.length > 0);
    const to = (from + 1) % masters.length;
    const [source, target] = [masters[from], masters[to]];
    if (!source || !target) throw new Error('nobody has the keys');
    const on = (node: RedisEngine, ...command: string[]) =>
      onServer(node, client => client.sendCommand(command));

    const token = { userId, sessionId, jti: tokenInfo.jti };
    const isAllowed = async () => {
      expect(await store.isAllowed(token)).toBe(true);
      expect(await store.isAllowed({ ...token, jti: randomUUID() })).toBe(false);
    };
    const impatient = openRedisOf(group.settings, 500);
    const asOther = createRedisSessionStore(impatient, Date.now);
    await asOther.isAllowed(token);

    await on(target, 'CLUSTER', 'SETSLOT', slot, 'IMPORTING', ids[from] ?? '');
    await on(source, 'CLUSTER', 'SETSLOT', slot, 'MIGRATING', ids[to] ?? '');
    await isAllowed();
    // What scripts name goes first, so that they are sent after it while the rest is still where it was.
    const named = [`sessions:{${userId}}`, `generation:{${userId}}`];
    const rest = (held[from] ?? []).filter(key => !named.includes(key));
    for (const key of [...named, ...rest]) {
      const password = group.settings.REDIS_PASSWORD ?? '';
      await on(source, 'MIGRATE', '127.0.0.1', `${target.port}`, key, '0', '5000', 'AUTH', password);
      await isAllowed();
      // Done whole or refused, never half done.
      await expect(asOther.end(userId, sessionId)).rejects.toMatchObject({ code: 'store_unavailable' });
    }
    await isAllowed();
    const ending = store.end(userId, sessionId);
    for (const node of [target, source]) await on(node, 'CLUSTER', 'SETSLOT', slot, 'NODE', ids[to] ?? '');
    expect(await ending).toBe(true);
    expect(await store.isAllowed(token)).toBe(false);
    expect(await asOther.isAllowed(token)).toBe(false);
    expect(await holds(target)).toEqual([`generation:{${userId}}`]);
    await impatient.close();
  });

  it('does not send a command again whose answer was lost', () => loseAnswer(group, group.nodes.slice(0, 3)));

  it('works as a user with the rights that docs/deployment.md names', async () => {
    const rights = ['~*', '+@read', '+@write', '+@scripting', '+@connection', '+role'];
    const cluster = ['+cluster|nodes', '+cluster|info', '+config|get'];
    await onEvery(['ACL', 'SETUSER', 'api', 'on', '>its-password', ...rights, ...cluster]);
    const login = { ...group.settings, REDIS_USERNAME: 'api', REDIS_PASSWORD: 'its-password' };
    const other = openRedisOf(login);
    const store = createRedisSessionStore(other, Date.now);
    const session = newSession();
    await other.ping();
    expect(await store.start(session, '', ANY_NUMBER)).toEqual([]);
    expect(await store.end(session.userId, session.id)).toBe(true);
    await onEvery(['CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru']);
    expect(await other.durabilityWarnings()).toHaveLength(3);
    await onEvery(['CONFIG', 'SET', 'maxmemory-policy', 'noeviction']);
    await other.close();
    expect(await startFault({ ...login, REDIS_PASSWORD: WRONG })).toMatch(/^Redis Cluster at .* is refused/);
  });

  it('is not ready while a master without a replica is away, and serves the others nothing wrong', async () => {
    const [master, , , replica] = group.nodes;
    const impatient = openRedisOf(group.settings, 500);
    await impatient.ping();
    replica?.kill('SIGSTOP');
    master?.kill('SIGSTOP');
    await expect(impatient.ping()).rejects.toMatchObject({ code: 'store_unavailable' });
    replica?.kill('SIGCONT');
    master?.kill('SIGCONT');
    await expect.poll(() => impatient.ping().then(Boolean, () => false)).toBe(true);
    await impatient.close();
  });
});

describe.skipIf(!hasBinaries())('Redis behind Sentinels', () => {
  let group: RedisGroup & { sentinels: RedisEngine[] };
  beforeAll(async () => {
    group = await startRedisSentinels({ password: true, tls: true });
  });
  afterAll(() => group?.stop());

  it.each([
    ['a wrong password', { REDIS_PASSWORD: WRONG }, /see REDIS_USERNAME and REDIS_PASSWORD/],
    ['a wrong password of the Sentinels', { REDIS_SENTINEL_PASSWORD: WRONG }, /REDIS_SENTINEL_PASSWORD/],
    ['a name they do not know', { REDIS_SENTINEL_NAME: 'other' }, /see REDIS_SENTINEL_NAME/],
    ['a certificate nobody trusts', { REDIS_TLS_CA: '' }, /see REDIS_TLS_CA/],
  ])('refuse the start with %s at once, in a line', async (_, change, expected) => {
    const fault = await startFault({ ...group.settings, ...change });
    expect(fault).toMatch(/^Redis "\w+" of the Sentinels at 127\.0\.0\.1:\d+, .* cannot be used: [^\n]+$/);
    expect(fault).toMatch(expected);
    expect(fault).not.toContain(WRONG);
  });

  it('do not make a command be sent again whose answer was lost', () =>
    loseAnswer(group, group.nodes.slice(0, 1)));

  it('take a client along to the new master, which writes and forgets nothing', async () => {
    const redis = openRedisOf(group.settings, 3000);
    const count = defineScript(`return redis.call('INCR', KEYS[1])`);
    expect(await redis.eval(count, ['counted'], [])).toBe(1);
    const [sentinel] = group.sentinels;
    if (!sentinel) throw new Error('there is no Sentinel');
    const masterPort = () =>
      onServer(sentinel, client => client.sendCommand(['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'main']));
    const before = await masterPort();
    await onServer(sentinel, client => client.sendCommand(['SENTINEL', 'FAILOVER', 'main']));
    await expect.poll(masterPort).not.toEqual(before);
    expect(await redis.eval(count, ['counted'], [])).toBe(2);
    await redis.close();
  });
});

describe.skipIf(!hasBinaries())('one Redis', () => {
  it('is reached by TLS with the certificate in REDIS_TLS_CA, and refuses the start plainly without', async () => {
    const engine = await startRedis({ tls: true, password: 'p@ss:word/%' });
    try {
      const REDIS_URL = `rediss://:${encodeURIComponent('p@ss:word/%')}@127.0.0.1:${engine.port}`;
      const REDIS_TLS_CA = engine.tls?.cert ?? '';
      expect(await startFault({ REDIS_URL, REDIS_TLS_CA })).toBe('started');
      expect(
        await startFault({
          REDIS_URL: `rediss://127.0.0.1:${engine.port}`,
          REDIS_TLS_CA,
          REDIS_PASSWORD: 'p@ss:word/%',
        }),
      ).toBe('started');
      expect(await startFault({ REDIS_URL })).toMatch(
        /^Redis at 127\.0\.0\.1:\d+ cannot .*: see REDIS_TLS_CA$/,
      );
      const wrong = `rediss://:${WRONG}@127.0.0.1:${engine.port}`;
      const fault = await startFault({ REDIS_URL: wrong, REDIS_TLS_CA });
      expect(fault).toMatch(/^Redis at 127\.0\.0\.1:\d+ cannot be used: .*REDIS_PASSWORD/);
      await expect(startFault({ REDIS_URL, REDIS_TLS_CA: '/none.pem' })).rejects.toThrow(
        'REDIS_TLS_CA /none.pem cannot be read: ENOENT',
      );
    } finally {
      await engine.stop();
    }
  });
});
