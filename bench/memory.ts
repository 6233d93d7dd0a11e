// `npm run bench:memory`: what a session costs in Redis, measured on a private server.
import { randomInt } from 'node:crypto';
import { createRedisSessionStore } from '../models/session/session.redis.ts';
import { startRedis } from '../scripts/engines/redis.ts';
import { openRedis } from '../stores/redis/redis.ts';
import { singleTarget } from '../stores/redis/target.ts';
import { createLogger } from '../telemetry/logger.ts';
import { bytesPerSession, fill } from './stage/fill.ts';

const SESSIONS = 20_000;

const engine = await startRedis();
const redis = openRedis(singleTarget(engine.url), 5000, createLogger('warn'));
const store = createRedisSessionStore(redis, Date.now);

async function measure(userOf: (n: number) => number): Promise<number> {
  await redis.run('', ['FLUSHALL']);
  return bytesPerSession(redis, SESSIONS, () => fill(store, SESSIONS, userOf));
}

const first = randomInt(1_000_000, 2_000_000);
const oneEach = await measure(n => first + n);
const allOfOne = await measure(() => first);
console.log(`one session, the only one of its user   ${Math.round(oneEach)} bytes`);
console.log(`one of ${SESSIONS} sessions of one user      ${Math.round(allOfOne)} bytes`);
await redis.close();
await engine.stop();
