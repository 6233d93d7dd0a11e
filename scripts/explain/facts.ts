import type { Env } from '../../config/env.ts';
import { readSessionTrail, type SessionTrail } from '../../models/audit/sessionTrail.sql.ts';
import { createRedisSessionStore } from '../../models/session/session.redis.ts';
import type { Session } from '../../models/session/session.store.ts';
import { createUserModel } from '../../models/user/user.model.ts';
import type { Database } from '../../stores/db.ts';
import type { Redis } from '../../stores/redis/redis.ts';
import {
  errorText,
  openSessionRedis,
  readDatabase,
  waitForDatabase,
  waitForRedis,
} from '../../stores/stores.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics } from '../../telemetry/metrics.ts';

/** How long a store that does not respond is waited for. */
const PATIENCE_MS = 3000;
const IN_MEMORY =
  'Sessions are in the memory of the server process. Only the server knows: send the token to GET /auth/profile';

/** What a store said, or why it said nothing. */
export type Answer<T> = { known: true; value: T } | { known: false; why: string };

interface SessionFacts {
  /** Whether the token is on the allowlist. */
  allowed: Answer<boolean>;
  /** The session, while it lives. */
  session: Answer<Session | null>;
}

interface AccountFacts {
  trail: Answer<SessionTrail>;
  userExists: Answer<boolean>;
}

/** What the stores know of a token. */
export type Facts = SessionFacts & AccountFacts;

/** An access token; or a refresh token, which has no `jti`. */
export interface TokenOwner {
  userId: number;
  sessionId: string;
  jti?: string;
}

async function answerOf<T>(work: () => T | Promise<T>): Promise<Answer<T>> {
  try {
    return { known: true, value: await work() };
  } catch (error) {
    return { known: false, why: errorText(error) };
  }
}

/** Asks the database and Redis, each independently of the other, and writes nothing. */
export async function askStores(settings: Env, token: TokenOwner): Promise<Facts> {
  const env = { ...settings, STARTUP_TIMEOUT_MS: PATIENCE_MS };
  const metrics = createMetrics();
  const redis = await answerOf(() => openSessionRedis(env, createLogger('silent'), metrics));
  const db = await answerOf(() => readDatabase(env, metrics));
  try {
    const [ofSession, ofAccount] = await Promise.all([
      redis.known ? askRedis(redis.value, env, token) : { allowed: redis, session: redis },
      db.known ? askDatabase(db.value, env, token) : { trail: db, userExists: db },
    ]);
    return { ...ofSession, ...ofAccount };
  } finally {
    await Promise.all([redis.known && redis.value?.close(), db.known && db.value.close()]);
  }
}

async function askRedis(
  redis: Redis | null,
  env: Env,
  { userId, sessionId, jti = '' }: TokenOwner,
): Promise<SessionFacts> {
  if (!redis) return { allowed: { known: false, why: IN_MEMORY }, session: { known: false, why: IN_MEMORY } };
  const reached = await answerOf(() => waitForRedis(redis, env));
  if (!reached.known) return { allowed: reached, session: reached };
  const store = createRedisSessionStore(redis, Date.now);
  const [allowed, session] = await Promise.all([
    answerOf(() => store.isAllowed({ userId, sessionId, jti })),
    answerOf(() => store.find(userId, sessionId)),
  ]);
  return { allowed, session };
}

async function askDatabase(db: Database, env: Env, { userId, sessionId }: TokenOwner): Promise<AccountFacts> {
  const reached = await answerOf(() => waitForDatabase(db, env));
  if (!reached.known) return { trail: reached, userExists: reached };
  const [trail, userExists] = await Promise.all([
    answerOf(() => readSessionTrail(db, userId, sessionId)),
    answerOf(async () => (await createUserModel(db, Date.now).findById(userId)) !== null),
  ]);
  return { trail, userExists };
}
