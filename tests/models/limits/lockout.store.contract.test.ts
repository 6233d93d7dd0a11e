import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryLockoutStore } from '../../../models/limits/lockout.memory.ts';
import { createLockoutModel, type LockoutStore } from '../../../models/limits/lockout.model.ts';
import { createRedisLockoutStore } from '../../../models/limits/lockout.redis.ts';
import { type Deployment, deployments } from '../../support/redis.forms.ts';

const LIMIT = { failures: 3, windowMs: 900_000 };
/** A clock that stands still until a test moves it. */
let time = Date.now();
const now = () => time;

const forms = deployments<LockoutStore>(
  () => createMemoryLockoutStore(now),
  redis => createRedisLockoutStore(redis, now),
);

describe.each(forms)('a lockout store %s', (_form, deploy) => {
  let deployment: Deployment<LockoutStore>;
  let store: LockoutStore;
  beforeAll(async () => {
    deployment = await deploy();
    store = deployment.stores[0];
  });
  afterAll(() => deployment.close());

  async function fail(key: string, times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      expect(await store.begin(key, `${key}.${i}.${time}`, LIMIT)).toEqual({ outcome: 'go' });
      await store.settle(key, `${key}.${i}.${time}`, 'failure', LIMIT);
    }
  }

  it('locks after so many failures, for the window from the last of them', async () => {
    const key = randomUUID();
    await fail(key, 2);
    time += 600_000;
    await fail(key, 1);
    expect(await store.begin(key, 'x', LIMIT)).toEqual({ outcome: 'locked', msLeft: LIMIT.windowMs });
    time += LIMIT.windowMs - 1;
    expect(await store.begin(key, 'x', LIMIT)).toEqual({ outcome: 'locked', msLeft: 1 });
    time += 1;
    await fail(key, 3);
    expect(await store.begin(randomUUID(), 'x', LIMIT)).toEqual({ outcome: 'go' });
  });

  it('forgets each failure when it is older than the window', async () => {
    const key = randomUUID();
    await fail(key, 2);
    time += LIMIT.windowMs;
    await fail(key, 2);
    expect(await store.begin(key, 'x', LIMIT)).toEqual({ outcome: 'go' });
  });

  it('forgets failures with a success, and none for an attempt without a result', async () => {
    const key = randomUUID();
    await fail(key, 2);
    await store.begin(key, 'x', LIMIT);
    await store.settle(key, 'x', 'undecided', LIMIT);
    expect(await store.begin(key, 'y', LIMIT)).toEqual({ outcome: 'go' });
    expect(await store.begin(key, 'z', LIMIT)).toEqual({ outcome: 'busy' });
    await store.settle(key, 'y', 'success', LIMIT);
    await fail(key, 3);
    expect(await store.begin(key, 'x', LIMIT)).toMatchObject({ outcome: 'locked' });
  });

  it('counts attempts under way, and gives back the place of one that never ends', async () => {
    const key = randomUUID();
    for (const id of ['a', 'b', 'c']) expect(await store.begin(key, id, LIMIT)).toEqual({ outcome: 'go' });
    expect(await store.begin(key, 'd', LIMIT)).toEqual({ outcome: 'busy' });
    time += 60_000;
    expect(await store.begin(key, 'd', LIMIT)).toEqual({ outcome: 'go' });
  });

  it('lets exactly so many of 200 attempts at once fail, and all of 200 succeed', async () => {
    const models = deployment.stores.map(each => createLockoutModel(each, LIMIT));
    for (let round = 0; round < 2; round++) {
      const key = randomUUID();
      let tried = 0;
      const attempt = (result: true | null) => (_: unknown, i: number) =>
        models[i % models.length]?.attempt(key, async () => {
          tried++;
          await setImmediate();
          return result;
        });
      const right = await Promise.all(Array.from({ length: 200 }, attempt(true)));
      expect([tried, new Set(right)]).toEqual([200, new Set([true])]);
      tried = 0;
      const wrong = await Promise.allSettled(Array.from({ length: 200 }, attempt(null)));
      expect(tried).toBe(LIMIT.failures);
      expect(wrong.filter(({ status }) => status === 'rejected')).toHaveLength(200 - LIMIT.failures);
      await expect(attempt(true)(0, 0)).rejects.toMatchObject({
        code: 'account_locked',
        data: { retryAfterSeconds: 900 },
      });
    }
  });

  it('is asked by one attempt a key at a time, whose refusal all behind it share', async () => {
    let [asking, most, asked] = [0, 0, 0];
    let fault: Error | null = null;
    async function begin(...call: Parameters<LockoutStore['begin']>) {
      most = Math.max(most, ++asking);
      asked++;
      try {
        await setImmediate();
        if (fault) throw fault;
        return await store.begin(...call);
      } finally {
        asking--;
      }
    }
    const { attempt } = createLockoutModel({ ...store, begin }, LIMIT);
    const key = randomUUID();
    const fifty = () => Promise.allSettled(Array.from({ length: 50 }, () => attempt(key, async () => true)));

    expect((await fifty()).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(most).toBe(1);
    asked = 0;
    fault = new Error('down');
    const reason = fault;
    expect(await fifty()).toEqual(Array(50).fill({ status: 'rejected', reason }));
    expect(asked).toBe(1);
    fault = null;
    expect(await attempt(key, async () => 'fine')).toBe('fine');
  });

  it('tells of a lock once, when it happens', async () => {
    const key = randomUUID();
    const settled = [];
    for (const id of ['a', 'b', 'c']) await store.begin(key, id, LIMIT);
    for (const id of ['a', 'b', 'c']) settled.push(await store.settle(key, id, 'failure', LIMIT));
    expect(settled).toEqual([false, false, true]);

    const { attempt } = createLockoutModel(store, LIMIT);
    let told = 0;
    const other = randomUUID();
    const wrong = Array.from({ length: 20 }, () =>
      attempt(
        other,
        async () => null,
        () => told++,
      ),
    );
    await Promise.allSettled(wrong);
    expect(told).toBe(1);
  });

  it('is cleared, and counts from the beginning', async () => {
    const { attempt, clear } = createLockoutModel(store, LIMIT);
    const key = randomUUID();
    await fail(key, 3);
    await clear(key);
    expect(await attempt(key, async () => 'fine')).toBe('fine');
    await fail(key, 3);
    await expect(attempt(key, async () => 'fine')).rejects.toMatchObject({ code: 'account_locked' });
    await clear(randomUUID());
  });

  it('counts nothing where no failure locks', async () => {
    const { attempt } = createLockoutModel(store, { ...LIMIT, failures: 0 });
    const key = randomUUID();
    for (let i = 0; i < 10; i++) expect(await attempt(key, async () => null)).toBe(null);
  });

  it('takes what has no result for neither success nor failure', async () => {
    const { attempt } = createLockoutModel(store, LIMIT);
    const key = randomUUID();
    await fail(key, 2);
    for (let i = 0; i < 10; i++) expect(await attempt(key, async () => undefined)).toBe(undefined);
    time += 1;
    await fail(key, 1);
    await expect(attempt(key, async () => 'fine')).rejects.toMatchObject({ code: 'account_locked' });
  });

  it('takes what throws for neither, and throws it on', async () => {
    const { attempt } = createLockoutModel(store, LIMIT);
    const key = randomUUID();
    for (let i = 0; i < 10; i++) {
      const broken = attempt(key, () => Promise.reject(new Error('broken')));
      await expect(broken).rejects.toThrow('broken');
    }
    expect(await attempt(key, async () => 'fine')).toBe('fine');
  });
});
