import { inject } from 'vitest';
import { parseEnv } from '../../config/env.ts';
import {
  type GroupOptions,
  startRedisCluster,
  startRedisSentinels,
} from '../../scripts/engines/redis.groups.ts';
import { hasBinaries } from '../../scripts/engines.ts';
import { openRedis, type Redis } from '../../stores/redis/redis.ts';
import { redisTarget } from '../../stores/redis/target.ts';
import { createLogger } from '../../telemetry/logger.ts';

/** Waits for whatever a busy machine needs; the fault suites set deadlines of their own. */
const DEADLINE_MS = 20_000;

/** Opens the Redis that settings name. */
export function openRedisOf(settings: Record<string, string>, timeoutMs = DEADLINE_MS): Redis {
  const target = redisTarget(parseEnv({ JWT_SECRET: 'j'.repeat(32), ...settings }));
  if (!target) throw new Error('the settings name no Redis');
  return openRedis(target, timeoutMs, createLogger('silent'));
}

/** A Redis to run a suite on, with its settings. */
export interface RedisForm {
  settings: Record<string, string>;
  stop(): Promise<void>;
}

/** The groups that all suites of this process share. They end with the process. */
const shared = { cluster: once(startRedisCluster), sentinels: once(startRedisSentinels) };

function once(start: () => Promise<RedisForm>): () => Promise<RedisForm> {
  let started: Promise<RedisForm> | undefined;
  return async () => {
    started ??= start();
    return { settings: (await started).settings, stop: async () => {} };
  };
}

/**
 * The forms of Redis that this run has, each started when a suite asks for it. Without options Cluster and Sentinel are
 * shared with other suites, which may break neither; with options they belong to the suite.
 */
export function redisForms(options?: GroupOptions): [name: string, start: () => Promise<RedisForm>][] {
  const { redisUrl } = inject('engines');
  const forms: ReturnType<typeof redisForms> = [];
  if (redisUrl) {
    forms.push(['in Redis', async () => ({ settings: { REDIS_URL: redisUrl }, stop: async () => {} })]);
  }
  if (hasBinaries() && !inject('engines').isQuick) {
    forms.push(['in Redis Cluster', options ? () => startRedisCluster(options) : shared.cluster]);
    forms.push([
      'in Redis behind Sentinels',
      options ? () => startRedisSentinels(options) : shared.sentinels,
    ]);
  }
  return forms;
}

/** The stores of one deployment: one in memory, or two on the same Redis. */
export interface Deployment<Store> {
  stores: [Store, ...Store[]];
  close(): Promise<unknown>;
}

/** A store in every form, for the `describe.each` of its contract. */
export function deployments<Store>(
  inMemory: () => Store,
  onRedis: (redis: Redis) => Store,
): [name: string, deploy: () => Promise<Deployment<Store>>][] {
  const inProcess = async () => ({ stores: [inMemory()] as [Store], close: async () => {} });
  const deployRedis = async (start: () => Promise<RedisForm>) => {
    const { settings, stop } = await start();
    const [first, second] = [openRedisOf(settings), openRedisOf(settings)];
    return {
      stores: [onRedis(first), onRedis(second)] as [Store, Store],
      async close() {
        await Promise.all([first.close(), second.close()]);
        await stop();
      },
    };
  };
  const forms = redisForms().map(([name, start]) => [name, () => deployRedis(start)] as const);
  return [
    ['in this process', inProcess],
    ...forms.map(([name, deploy]): [string, typeof deploy] => [name, deploy]),
  ];
}
