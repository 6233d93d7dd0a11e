import { randomBytes } from 'node:crypto';
import { createLogger } from '../config/logger.ts';
import { createAccountModel } from '../models/account.model.ts';
import { createAccountTokenModel } from '../models/accountToken.model.ts';
import { createEncryptionModel } from '../models/encryption.model.ts';
import { createErasureModel } from '../models/erasure.model.ts';
import { createEmitter } from '../models/events.ts';
import {
  createLockoutModel,
  createMemoryLockoutStore,
  createRedisLockoutStore,
} from '../models/lockout.model.ts';
import { createMfaModel } from '../models/mfa.model.ts';
import { createPasswordModel } from '../models/password.model.ts';
import { createPasswordPolicy } from '../models/passwordPolicy.model.ts';
import { createMemoryPendingLoginStore, createRedisPendingLoginStore } from '../models/pendingLogin.model.ts';
import { createRefreshTokenModel } from '../models/refreshToken.model.ts';
import { createMemorySessionStore } from '../models/session.memory.ts';
import { createSessionModel, type SessionStore } from '../models/session.model.ts';
import { createRedisSessionStore } from '../models/session.redis.ts';
import { createTokenModel } from '../models/token.model.ts';
import { createTotpModel } from '../models/totp.model.ts';
import { createUserModel } from '../models/user.model.ts';
import { createVerifiedEmailModel } from '../models/verifiedEmail.model.ts';
import type { TestApp } from './harness.ts';

/**
 * The models of an app over the same stores and clock, for what a suite does thousands of times: the very calls
 * that the controllers make, without HTTP around them.
 */
export function modelsOf({ env, stores, clock: { now } }: TestApp, settings: Partial<TestApp['env']> = {}) {
  const log = createLogger('silent');
  const events = createEmitter(log);
  const store: SessionStore = stores.redis
    ? createRedisSessionStore(stores.redis, now)
    : createMemorySessionStore(now);
  const tokens = createTokenModel(env, now);
  const sessions = createSessionModel({
    store,
    tokens,
    refreshTokens: createRefreshTokenModel(env.JWT_SECRET),
    events,
    env: { ...env, ...settings },
    now,
  });
  const users = createUserModel(stores.db, now);
  const passwords = createPasswordModel({ rounds: 4, queueLimit: 1000, threads: 4 });
  const lockouts = stores.redis ? createRedisLockoutStore(stores.redis, now) : createMemoryLockoutStore(now);
  const windowMs = env.LOCKOUT_WINDOW * 1000;
  const mfa = createMfaModel({
    users,
    passwords,
    totp: createTotpModel({
      db: stores.db,
      encryption: createEncryptionModel({ ...env, ...settings }),
      issuer: 'test',
      now,
    }),
    pendingLogins: stores.redis
      ? createRedisPendingLoginStore(stores.redis)
      : createMemoryPendingLoginStore(now),
    lockout: createLockoutModel(lockouts, { failures: env.MFA_FAILURES, windowMs }),
    events,
  });
  const lockout = createLockoutModel(lockouts, { failures: env.LOCKOUT_FAILURES, windowMs });
  const accountTokens = createAccountTokenModel(stores.db, now);
  const verifiedEmails = createVerifiedEmailModel(stores.db, now);
  const requireVerification = false;
  const parts = {
    users,
    passwords,
    policy: createPasswordPolicy({ minLength: 8, maxBytes: 72 }),
    sessions,
    mfa,
    lockout,
    events,
    erasure: createErasureModel({ db: stores.db, audit: { async forget() {} }, log }),
    accountTokens,
    verifiedEmails,
    requireVerification,
  };
  const accounts = createAccountModel(parts);
  const register = async () => {
    const user = await accounts.register(
      {
        name: 'Ada',
        email: `${randomBytes(6).toString('hex')}@example.com`,
        password: 'the old password',
      },
      origin,
    );
    return { ...user, id: Number(user.id) };
  };
  return { ...parts, accounts, store, tokens, register };
}

export const origin = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };
export const device = { name: null, ...origin };
