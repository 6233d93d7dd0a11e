import type { Database } from '../config/db.ts';
import type { Env } from '../config/env.ts';
import type { Logger } from '../config/logger.ts';
import type { Mailer } from '../config/mailer.ts';
import type { Metrics } from '../config/metrics.ts';
import type { Redis } from '../config/redis.ts';
import { createAccountModel } from './account.model.ts';
import { createAccountTokenModel } from './accountToken.model.ts';
import { createActivityModel } from './activity.model.ts';
import type { AuditModel } from './audit.model.ts';
import { createEncryptionModel } from './encryption.model.ts';
import { createErasureModel } from './erasure.model.ts';
import { createEmitter } from './events.ts';
import {
  createLockoutModel,
  createMemoryLockoutStore,
  createRedisLockoutStore,
  lockoutKeys,
} from './lockout.model.ts';
import { createMails } from './mails.ts';
import { createMfaModel } from './mfa.model.ts';
import { sendNotices } from './notices.ts';
import { createPasswordModel } from './password.model.ts';
import { MAX_BYTES } from './passwordHash.ts';
import { createPasswordPolicy } from './passwordPolicy.model.ts';
import { createMemoryPendingLoginStore, createRedisPendingLoginStore } from './pendingLogin.model.ts';
import { createMemoryRateLimiter, createRedisRateLimiter } from './rateLimit.model.ts';
import { createRecoveryModel } from './recovery.model.ts';
import { createRefreshTokenModel } from './refreshToken.model.ts';
import { createMemoryReplayStore, createRedisReplayStore } from './replay.model.ts';
import { createMemorySessionStore } from './session.memory.ts';
import { createSessionModel } from './session.model.ts';
import { createRedisSessionStore } from './session.redis.ts';
import { createTokenModel } from './token.model.ts';
import { createTotpModel } from './totp.model.ts';
import { createUserModel } from './user.model.ts';
import { createVerifiedEmailModel } from './verifiedEmail.model.ts';

/** What the models are made of. */
export interface ModelDeps {
  env: Env;
  db: Database;
  /** Null where sessions live in this process. */
  redis: Redis | null;
  log: Logger;
  audit: Pick<AuditModel, 'record' | 'forget'>;
  metrics: Metrics;
  mailer: Mailer;
  /** Unix time in milliseconds. */
  now: () => number;
}

/** The models that controllers and middlewares ask, with all that is behind them. Does no I/O of its own. */
export function createModels({ env, db, redis, log, audit, metrics, mailer, now }: ModelDeps) {
  const users = createUserModel(db, now);
  const passwords = createPasswordModel({
    kind: env.PASSWORD_HASH,
    sample: users.sampleHashes,
    secret: env.JWT_SECRET,
    rounds: env.BCRYPT_ROUNDS,
    queueLimit: env.HASH_QUEUE_LIMIT,
    threads: env.UV_THREADPOOL_SIZE,
    metrics,
    processes: env.WEB_CONCURRENCY,
  });
  const policy = createPasswordPolicy({
    minLength: env.PASSWORD_MIN_LENGTH,
    maxBytes: MAX_BYTES[env.PASSWORD_HASH],
  });
  const events = createEmitter(log);
  events.onAny(audit.record);
  events.on('session.started', metrics.sessionStarted);
  events.on('session.refreshed', metrics.sessionRefreshed);
  events.on('session.ended', ({ reason }) => metrics.sessionEnded(reason));
  events.on('refresh.reused', metrics.refreshReused);
  events.on('account.locked', ({ reason }) => metrics.accountLocked(reason));
  const sessions = createSessionModel({
    store: redis ? createRedisSessionStore(redis, now) : createMemorySessionStore(now),
    tokens: createTokenModel(env, now),
    refreshTokens: createRefreshTokenModel(env.JWT_SECRET),
    events,
    env,
    now,
  });
  const lockouts = redis ? createRedisLockoutStore(redis, now) : createMemoryLockoutStore(now);
  const lockoutWindow = { windowMs: env.LOCKOUT_WINDOW * 1000 };
  const lockout = createLockoutModel(lockouts, { failures: env.LOCKOUT_FAILURES, ...lockoutWindow });
  const mfa = createMfaModel({
    users,
    passwords,
    totp: createTotpModel({ db, encryption: createEncryptionModel(env), issuer: env.TOTP_ISSUER, now }),
    pendingLogins: redis ? createRedisPendingLoginStore(redis) : createMemoryPendingLoginStore(now),
    lockout: createLockoutModel(lockouts, { failures: env.MFA_FAILURES, ...lockoutWindow }),
    events,
  });
  const accountTokens = createAccountTokenModel(db, now);
  const verifiedEmails = createVerifiedEmailModel(db, now);
  const mails = createMails(env.APP_URL);
  const account = createAccountModel({
    users,
    passwords,
    policy,
    sessions,
    mfa,
    lockout,
    events,
    erasure: createErasureModel({ db, audit, log }),
    accountTokens,
    verifiedEmails,
    requireVerification: env.REQUIRE_EMAIL_VERIFICATION,
  });
  const accounts = {
    ...account,
    login: metrics.countLogins(account.login),
    loginMfa: metrics.countLogins(account.loginMfa),
  };
  const recovery = createRecoveryModel({
    users,
    passwords,
    policy,
    sessions,
    accountTokens,
    verifiedEmails,
    events,
    mailer,
    mails,
    unlock: email => lockout.clear(lockoutKeys.login(email)),
  });
  sendNotices({ events, db, users, verifiedEmails, accountTokens, recovery, mailer, mails, now });
  const replays = redis ? createRedisReplayStore(redis) : createMemoryReplayStore(now);
  const limit = { requests: env.RATE_LIMIT_MAX, window: env.RATE_LIMIT_WINDOW };
  const limiter = redis ? createRedisRateLimiter(redis, limit) : createMemoryRateLimiter(limit);

  return { accounts, sessions, mfa, recovery, activity: createActivityModel(db), policy, replays, limiter };
}
