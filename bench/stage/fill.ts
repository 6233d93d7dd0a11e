import { randomBytes } from 'node:crypto';
import { v4 as uuid } from 'uuid';
import type { SessionStore } from '../../models/session/session.store.ts';
import type { Redis } from '../../stores/redis/redis.ts';

const AT_ONCE = 2000;
export const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/**
 * Starts sessions as logins do, many at once.
 * @param userOf whose the n-th is
 */
export async function fill(
  store: SessionStore,
  count: number,
  userOf: (n: number) => number,
  generation = '',
): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => from + i);
    await Promise.all(numbers.map(n => start(store, userOf(n), generation)));
  }
}

async function start(store: SessionStore, userId: number, generation: string): Promise<void> {
  const now = Date.now();
  const iat = Math.floor(now / 1000);
  const session = {
    id: uuid(),
    userId,
    device: { name: 'Phone', ip: '203.0.113.7', userAgent: USER_AGENT },
    tokenInfo: { jti: uuid(), iat, exp: iat + 3600 },
    amr: [],
    refreshHash: randomBytes(32).toString('hex'),
    createdAt: now,
    lastUsedAt: now,
    expiresAt: now + 604_800_000,
  };
  const ended = await store.start(session, generation, { sessions: 0, policy: 'evict' });
  if (typeof ended === 'string') throw new Error(`A session could not be started: ${ended}.`);
}

/** By how much the work has let Redis' memory grow, in bytes for each session. */
export async function bytesPerSession(
  redis: Redis,
  sessions: number,
  work: () => Promise<void>,
): Promise<number> {
  const before = await usedBytes(redis);
  await work();
  return ((await usedBytes(redis)) - before) / sessions;
}

async function usedBytes(redis: Redis): Promise<number> {
  const info = String(await redis.run('', ['INFO', 'memory']));
  return Number(/used_memory:(\d+)/.exec(info)?.[1]);
}
