import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Database } from './config/db.ts';
import type { Env } from './config/env.ts';
import type { Logger } from './config/logger.ts';
import type { Redis } from './config/redis.ts';
import { createAuthController } from './controllers/auth.controller.ts';
import { createHealthController } from './controllers/health.controller.ts';
import { handleErrors, notFound } from './middlewares/handleErrors.ts';
import { noStore } from './middlewares/noStore.ts';
import { requestId } from './middlewares/requestId.ts';
import { requestLog } from './middlewares/requestLog.ts';
import { verifySignature } from './middlewares/verifySignature.ts';
import { verifyToken } from './middlewares/verifyToken.ts';
import { createAccountModel } from './models/account.model.ts';
import { createPasswordModel } from './models/password.model.ts';
import { createMemoryReplayStore, createRedisReplayStore } from './models/replay.model.ts';
import { createMemorySessionStore } from './models/session.memory.ts';
import { createSessionModel } from './models/session.model.ts';
import { createRedisSessionStore } from './models/session.redis.ts';
import { createTokenModel } from './models/token.model.ts';
import { createUserModel } from './models/user.model.ts';
import { authRoutes } from './routes/auth.routes.ts';
import { healthRoutes } from './routes/health.routes.ts';

/** What the app is made of: opened and closed by its owner. */
export interface Deps {
  env: Env;
  db: Database;
  /** Null where sessions live in this process. */
  redis: Redis | null;
  log: Logger;
  /** Unix time in milliseconds. */
  now: () => number;
  /** True from the moment on at which the server stops. */
  isClosing?: () => boolean;
}

/** The API, ready to listen. Does no I/O of its own. */
export function createApp({ env, db, redis, log, now, isClosing = () => false }: Deps): Express {
  const users = createUserModel(db, now);
  const passwords = createPasswordModel({
    rounds: env.BCRYPT_ROUNDS,
    queueLimit: env.HASH_QUEUE_LIMIT,
    threads: env.UV_THREADPOOL_SIZE,
  });
  const sessionStore = redis ? createRedisSessionStore(redis, now) : createMemorySessionStore(now);
  const sessions = createSessionModel(sessionStore, createTokenModel(env, now), env, now);
  const accounts = createAccountModel({ users, passwords, sessions, now });
  const replays = redis ? createRedisReplayStore(redis) : createMemoryReplayStore(now);

  const health = createHealthController(
    {
      database: () => db.query('SELECT 1'),
      ...(redis && { redis: () => redis.run(client => client.ping()) }),
    },
    isClosing,
  );
  const auth = authRoutes(createAuthController(accounts, sessions), {
    signed: verifySignature({ env, replays, now }),
    token: verifyToken(sessions),
  });

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.set('query parser', false);
  app.set('trust proxy', env.TRUST_PROXY);

  app.use(requestId(), requestLog(log), helmet(), noStore());
  app.use('/health', healthRoutes(health));
  app.use(['/auth', '/api/auth'], auth);
  app.use(notFound(), handleErrors(log));
  return app;
}
