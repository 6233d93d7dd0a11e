import { randomBytes } from 'node:crypto';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createMemoryReplayStore } from '../../../models/limits/replay.memory.ts';
import type { ReplayStore } from '../../../models/limits/replay.model.ts';
import { createRedisReplayStore } from '../../../models/limits/replay.redis.ts';
import type { Redis } from '../../../stores/redis/redis.ts';
import { type Deployment, deployments, openRedisOf } from '../../support/redis.forms.ts';

const TTL_MS = 65_000;

const { redisUrl } = inject('engines');
/** A clock that stands still until a test moves it. */
let time = Date.now();

const newSignature = () => randomBytes(32).toString('hex');

const forms = deployments<ReplayStore>(() => createMemoryReplayStore(() => time), createRedisReplayStore);

describe.each(forms)('a replay store %s', (_form, deploy) => {
  let deployment: Deployment<ReplayStore>;
  let store: ReplayStore;
  beforeAll(async () => {
    deployment = await deploy();
    store = deployment.stores[0];
  });
  afterAll(() => deployment.close());

  it('gives a signature away once', async () => {
    const signature = newSignature();
    expect(await store.record(signature, TTL_MS)).toBe(true);
    expect(await store.record(signature, TTL_MS)).toBe(false);
    for (const process of deployment.stores) expect(await process.record(signature, TTL_MS)).toBe(false);
  });

  it('keeps signatures apart', async () => {
    const claims = Array.from({ length: 100 }, () => store.record(newSignature(), TTL_MS));
    expect((await Promise.all(claims)).every(Boolean)).toBe(true);
  });

  it('gives it to one of 50 simultaneous callers, 100 times', async () => {
    for (let round = 0; round < 100; round++) {
      const signature = newSignature();
      const claims = Array.from({ length: 50 }, (_, i) =>
        (deployment.stores[i % deployment.stores.length] ?? store).record(signature, TTL_MS),
      );
      expect((await Promise.all(claims)).filter(Boolean).length).toBe(1);
    }
  });
});

describe('a replay store in this process, as time goes by', () => {
  it('gives a signature away again when its time is over', async () => {
    const store = createMemoryReplayStore(() => time);
    const signature = newSignature();
    await store.record(signature, TTL_MS);
    time += TTL_MS - 1;
    expect(await store.record(signature, TTL_MS)).toBe(false);
    time += 1;
    expect(await store.record(signature, TTL_MS)).toBe(true);
    time += TTL_MS - 1;
    expect(await store.record(signature, TTL_MS)).toBe(false);
  });

  it('holds each for its own time, in whatever order they came', async () => {
    const store = createMemoryReplayStore(() => time);
    const [long, short] = [newSignature(), newSignature()];
    await store.record(long, 2 * TTL_MS);
    await store.record(short, TTL_MS);
    time += TTL_MS;
    expect(await store.record(short, TTL_MS)).toBe(true);
    expect(await store.record(long, TTL_MS)).toBe(false);
    time += TTL_MS;
    expect(await store.record(long, TTL_MS)).toBe(true);
  });
});

describe.skipIf(!redisUrl)('what a replay store leaves in Redis', () => {
  const admin = createClient({ url: redisUrl ?? undefined });
  let redis: Redis;
  beforeAll(async () => {
    await admin.connect();
    redis = openRedisOf({ REDIS_URL: redisUrl ?? '' });
  });
  afterAll(async () => {
    admin.destroy();
    await redis.close();
  });

  it('is one key that lives as long as the signature could be replayed, and not longer for a second try', async () => {
    const store = createRedisReplayStore(redis);
    const signature = newSignature();
    const before = performance.now();
    await store.record(signature, TTL_MS);
    await store.record(signature, 10 * TTL_MS);
    const keys = await admin.keys(`*${signature}*`);
    expect(keys).toHaveLength(1);
    const ttl = await admin.pTTL(keys[0] ?? '');
    const passed = performance.now() - before;
    expect(ttl).toBeLessThanOrEqual(TTL_MS);
    expect(ttl).toBeGreaterThanOrEqual(TTL_MS - passed - 5);
  });

  it('is nothing when the time is over, and the signature can be claimed again', async () => {
    const store = createRedisReplayStore(redis);
    const signature = newSignature();
    await store.record(signature, 30);
    await expect.poll(() => admin.keys(`*${signature}*`)).toEqual([]);
    expect(await store.record(signature, TTL_MS)).toBe(true);
  });
});
