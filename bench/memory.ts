// `npm run bench:memory`: what a session and a user cost in Redis, measured on a private server.
import { randomInt } from 'node:crypto';
import { v4 as uuid } from 'uuid';
import { createLogger } from '../config/logger.ts';
import { singleTarget } from '../config/redis.target.ts';
import { openRedis } from '../config/redis.ts';
import { createRefreshTokenModel } from '../models/refreshToken.model.ts';
import { createRedisSessionStore } from '../models/session.redis.ts';
import { startRedis } from '../scripts/engines.ts';

const SESSIONS = 20_000;
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

const engine = await startRedis();
const redis = openRedis(singleTarget(engine.url), 5000, createLogger('warn'));
const store = createRedisSessionStore(redis, Date.now);
const refreshTokens = createRefreshTokenModel('measured');

async function usedBytes(): Promise<number> {
  const info = await redis.run('', client => client.info('memory'));
  return Number(/used_memory:(\d+)/.exec(info)?.[1]);
}

async function bytesPerSession(userOf: (i: number) => number): Promise<number> {
  await redis.run('', client => client.flushAll());
  const before = await usedBytes();
  const now = Date.now();
  const iat = Math.floor(now / 1000);
  for (let i = 0; i < SESSIONS; i++) {
    const userId = userOf(i);
    const id = uuid();
    const times = { createdAt: now, lastUsedAt: now, expiresAt: now + 604_800_000 };
    const { hash } = refreshTokens.create(userId, id, times.expiresAt);
    const grant = { jti: uuid(), iat, exp: iat + 3600 };
    const device = { name: 'Phone', ip: '203.0.113.7', userAgent: USER_AGENT };
    await store.start({ id, userId, device, grant, refreshHash: hash, ...times }, '', {
      sessions: 0,
      policy: 'evict',
    });
  }
  return ((await usedBytes()) - before) / SESSIONS;
}

const first = randomInt(1_000_000, 2_000_000);
const oneEach = await bytesPerSession(i => first + i);
const allOfOne = await bytesPerSession(() => first);
console.log(`one session, the only one of its user   ${Math.round(oneEach)} bytes`);
console.log(`one of ${SESSIONS} sessions of one user      ${Math.round(allOfOne)} bytes`);
console.log(`a user beside the sessions              ${Math.round(oneEach - allOfOne)} bytes`);
await redis.close();
await engine.stop();
