import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createMemoryRateLimiter } from '../../../models/limits/rateLimit.memory.ts';
import type { RateLimit, RateLimiter } from '../../../models/limits/rateLimit.model.ts';
import { createRedisRateLimiter } from '../../../models/limits/rateLimit.redis.ts';
import { type Deployment, deployments, openRedisOf } from '../../support/redis.forms.ts';

const LIMIT = { requests: 3, window: 60 };
const { redisUrl } = inject('engines');

type Open = (limit: RateLimit) => RateLimiter;
const forms = deployments<Open>(
  () => createMemoryRateLimiter,
  redis => limit => createRedisRateLimiter(redis, limit),
);

describe.each(forms)('a rate limiter %s', (_form, deploy) => {
  let deployment: Deployment<Open>;
  beforeAll(async () => {
    deployment = await deploy();
  });
  afterAll(() => deployment.close());

  /** The limiter of each process. */
  const open = (limit: RateLimit) =>
    deployment.stores.map(openOne => openOne(limit)) as [RateLimiter, ...RateLimiter[]];

  it('counts down and refuses what is beyond, each key for itself', async () => {
    const [limiter] = open(LIMIT);
    const key = randomUUID();
    const told = [];
    for (let i = 0; i < 5; i++) told.push(await limiter.consume(key));
    expect(told.map(({ allowed, remaining }) => [allowed, remaining])).toEqual([
      ...[2, 1, 0].map(remaining => [true, remaining]),
      ...[0, 0].map(remaining => [false, remaining]),
    ]);
    for (const { msLeft } of told) {
      expect(msLeft).toBeGreaterThan(0);
      expect(msLeft).toBeLessThanOrEqual(60_000);
    }
    expect(await limiter.consume(randomUUID())).toMatchObject({ allowed: true, remaining: 2 });
  });

  it('lets exactly so many of 200 at once through, in all processes together', async () => {
    const limiters = open({ requests: 50, window: 60 });
    for (let round = 0; round < 5; round++) {
      const key = randomUUID();
      const told = await Promise.all(
        Array.from({ length: 200 }, (_, i) => limiters[i % limiters.length]?.consume(key)),
      );
      expect(told.filter(each => each?.allowed)).toHaveLength(50);
    }
  });

  it('begins anew when the window is over, however often it was asked meanwhile', async () => {
    const [limiter, ...others] = open({ requests: 2, window: 1 });
    const key = randomUUID();
    for (const remaining of [1, 0]) expect(await limiter.consume(key)).toMatchObject({ remaining });
    expect(await limiter.consume(key)).toMatchObject({ allowed: false });
    for (const other of others) expect(await other.consume(key)).toMatchObject({ allowed: false });
    await expect.poll(() => limiter.consume(key)).toMatchObject({ allowed: true, remaining: 1 });
  });
});

describe.skipIf(!redisUrl)('a rate limiter in Redis', () => {
  const settings = { REDIS_URL: redisUrl ?? '' };

  it('leaves one key, that ends with its window', async () => {
    const redis = openRedisOf(settings);
    const admin = createClient({ url: redisUrl ?? undefined });
    await admin.connect();
    try {
      const key = randomUUID();
      const limiter = createRedisRateLimiter(redis, LIMIT);
      await limiter.consume(key);
      await admin.pExpire(`rate_limit:${key}`, 50_000);
      for (let i = 0; i < 5; i++) await limiter.consume(key);
      expect(await admin.keys(`*${key}*`)).toEqual([`rate_limit:${key}`]);
      const ttl = await admin.pTTL(`rate_limit:${key}`);
      expect(ttl).toBeGreaterThan(0);
      expect(ttl).toBeLessThanOrEqual(50_000);
    } finally {
      admin.destroy();
      await redis.close();
    }
  });

  it('takes one round trip a request, and none where this process knows the key to be over its limit', async () => {
    const redis = openRedisOf(settings);
    let trips = 0;
    const counted: typeof redis = {
      ...redis,
      eval(...call) {
        trips++;
        return redis.eval(...call);
      },
    };
    try {
      const limiter = createRedisRateLimiter(counted, LIMIT);
      const key = randomUUID();
      const told = [];
      for (let i = 0; i < 6; i++) {
        const { allowed } = await limiter.consume(key);
        told.push([allowed, trips]);
      }
      expect(told).toEqual([
        ...[1, 2, 3].map(after => [true, after]),
        ...[3, 3, 3].map(after => [false, after]),
      ]);
    } finally {
      await redis.close();
    }
  });
});
