import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './places.ts';
import { newRedisClient, type RedisEngine, startRedis } from './redis.ts';

/** Several Redis servers that hold the keys together and fail over. */
export interface RedisGroup {
  /** The API's settings with which it reaches the group. */
  settings: Record<string, string>;
  /** The servers that hold keys, the first masters first. */
  nodes: RedisEngine[];
  stop(): Promise<void>;
}

export interface GroupOptions {
  /** With passwords, on servers and Sentinels different ones. */
  password?: boolean;
  tls?: boolean;
  /** More command-line options for the servers of a cluster; they win over the ones set here. */
  args?: string[];
}

/** How long a server must be away to be failed over, in ms. */
const DOWN_AFTER_MS = 1000;
const MASTERS = 3;
/** How often Sentinels tell each other of themselves, as Redis has it. */
const SENTINELS_TELL_EVERY_MS = 2000;
const START_LIMIT_MS = 60_000;

const newClient = (url: string) =>
  url.startsWith('rediss:')
    ? newRedisClient({ url, socket: { tls: true, rejectUnauthorized: false, reconnectStrategy: false } })
    : newRedisClient({ url, socket: { reconnectStrategy: false } });

/** Runs commands on one server. */
export async function onServer<T>(
  { url }: Pick<RedisEngine, 'url'>,
  act: (client: ReturnType<typeof newClient>) => Promise<T>,
): Promise<T> {
  const client = newClient(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return await act(client);
  } finally {
    client.destroy();
  }
}

const replication = ['--repl-diskless-sync-delay', '0', '--repl-ping-replica-period', '1'];

async function until(check: () => Promise<boolean>): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  while (!(await check())) {
    if (Date.now() > limit) throw new Error('The Redis servers did not find together in time.');
    await sleep(25);
  }
}

const isSynced = (node: RedisEngine) =>
  onServer(node, async client => /master_link_status:up/.test(await client.info('replication')));

/** Starts servers that share a password and a certificate, which the first of them makes. */
async function startAll(
  count: number,
  { tls, password }: { tls?: boolean; password?: string },
  argsOf: (i: number, first?: RedisEngine) => string[],
): Promise<RedisEngine[]> {
  const common = [...replication, ...(password ? ['--masterauth', password] : [])];
  const first = await startRedis({ password, tls: tls || undefined, args: [...common, ...argsOf(0)] });
  const rest = await Promise.all(
    Array.from({ length: count - 1 }, (_, i) =>
      startRedis({ password, tls: first.tls, args: [...common, ...argsOf(i + 1, first)] }),
    ),
  );
  return [first, ...rest];
}

const stopAll = (engines: RedisEngine[]) => async () => {
  await Promise.all(engines.map(engine => engine.stop()));
};

const loginSettings = ({ tls }: RedisEngine, password?: string): Record<string, string> => ({
  ...(password && { REDIS_PASSWORD: password }),
  ...(tls && { REDIS_TLS: 'true', REDIS_TLS_CA: tls.cert }),
});

const newPassword = () => randomBytes(12).toString('hex');

/** Starts three masters with a replica each, all slots assigned. Needs Redis 7. */
export async function startRedisCluster(options: GroupOptions = {}): Promise<RedisGroup> {
  const password = options.password ? newPassword() : undefined;
  const busPorts = await Promise.all(Array.from({ length: 2 * MASTERS }, freePort));
  const nodes = await startAll(2 * MASTERS, { tls: options.tls, password }, i => [
    ...['--cluster-enabled', 'yes', '--cluster-port', `${busPorts[i]}`],
    ...['--cluster-node-timeout', `${DOWN_AFTER_MS}`, '--cluster-replica-validity-factor', '0'],
    ...['--cluster-allow-replica-migration', 'no'],
    ...(options.args ?? []),
  ]);
  const stop = stopAll(nodes);
  const [first] = nodes;
  if (!first) throw new Error('there is no first server');
  try {
    const masters = nodes.slice(0, MASTERS);
    await Promise.all(
      masters.map((node, i) =>
        onServer(node, async client => {
          const bounds = [i, i + 1].map(share => Math.round((16_384 * share) / MASTERS));
          await client.clusterAddSlotsRange({ start: bounds[0] ?? 0, end: (bounds[1] ?? 0) - 1 });
          await client.sendCommand(['CLUSTER', 'SET-CONFIG-EPOCH', `${i + 1}`]);
        }),
      ),
    );
    await onServer(first, async client => {
      for (const [i, { port }] of nodes.entries())
        if (i > 0) await client.sendCommand(['CLUSTER', 'MEET', '127.0.0.1', `${port}`, `${busPorts[i]}`]);
    });
    const ids = await Promise.all(nodes.map(node => onServer(node, client => client.clusterMyId())));
    const knows = (node: RedisEngine, text: string) =>
      onServer(node, async client => (await client.clusterInfo()).includes(text));
    await Promise.all(nodes.map(node => until(() => knows(node, `cluster_known_nodes:${nodes.length}`))));
    await Promise.all(
      nodes.slice(MASTERS).map(async (node, i) => {
        const master = ids[i] ?? '';
        const isKnown = () => onServer(node, async client => (await client.clusterNodes()).includes(master));
        await until(isKnown);
        await until(() =>
          onServer(node, client => client.clusterReplicate(master)).then(
            () => true,
            () => false,
          ),
        );
        await until(() => isSynced(node));
      }),
    );
    await Promise.all(nodes.map(node => until(() => knows(node, 'cluster_state:ok'))));
    const seeds = nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');
    return { settings: { REDIS_CLUSTER_NODES: seeds, ...loginSettings(first, password) }, nodes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts a master with two replicas, and three Sentinels that watch them. Needs Redis 7. */
export async function startRedisSentinels(
  options: GroupOptions = {},
): Promise<RedisGroup & { sentinels: RedisEngine[] }> {
  const password = options.password ? newPassword() : undefined;
  const sentinelPassword = options.password ? newPassword() : undefined;
  const nodes = await startAll(3, { tls: options.tls, password }, (_, first) =>
    first ? ['--replicaof', '127.0.0.1', `${first.port}`] : [],
  );
  const [master] = nodes;
  if (!master) throw new Error('there is no master');
  const configuration = [
    `sentinel monitor main 127.0.0.1 ${master.port} 2`,
    `sentinel down-after-milliseconds main ${DOWN_AFTER_MS}`,
    'sentinel failover-timeout main 5000',
    ...(password ? [`sentinel auth-pass main ${password}`] : []),
    ...(sentinelPassword ? [`sentinel sentinel-pass ${sentinelPassword}`] : []),
  ];
  const start = () => startRedis({ sentinel: configuration, password: sentinelPassword, tls: master.tls });
  const sentinels: RedisEngine[] = [];
  const stop = async () => stopAll([...nodes, ...sentinels])();
  try {
    await Promise.all(nodes.slice(1).map(node => until(() => isSynced(node))));
    sentinels.push(...(await Promise.all([start(), start(), start()])));
    const tellEvery = (ms: number) =>
      Promise.all(
        sentinels.map(sentinel =>
          onServer(sentinel, client => client.sendCommand(['SENTINEL', 'DEBUG', 'PUBLISH-PERIOD', `${ms}`])),
        ),
      );
    await tellEvery(50);
    const sees = (sentinel: RedisEngine) =>
      onServer(sentinel, async client => /slaves=2,sentinels=3/.test(await client.info('sentinel')));
    await Promise.all(sentinels.map(sentinel => until(() => sees(sentinel))));
    await tellEvery(SENTINELS_TELL_EVERY_MS);
    const settings = {
      REDIS_SENTINELS: sentinels.map(each => `127.0.0.1:${each.port}`).join(','),
      REDIS_SENTINEL_NAME: 'main',
      ...(sentinelPassword && { REDIS_SENTINEL_PASSWORD: sentinelPassword }),
      ...loginSettings(master, password),
    };
    return { settings, nodes, sentinels, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
