import { randomBytes } from 'node:crypto';
import { createAccountModel } from '../../models/account/account.model.ts';
import { createAccountTokenModel } from '../../models/account/accountToken.model.ts';
import { createErasureModel } from '../../models/account/erasure.model.ts';
import { createEmitter } from '../../models/audit/events.ts';
import {
  createLockoutModel,
  createMemoryLockoutStore,
  createRedisLockoutStore,
} from '../../models/limits/lockout.model.ts';
import { createEncryptionModel } from '../../models/mfa/encryption.model.ts';
import { createMfaModel } from '../../models/mfa/mfa.model.ts';
import {
  createMemoryPendingLoginStore,
  createRedisPendingLoginStore,
} from '../../models/mfa/pendingLogin.model.ts';
import { createTotpModel } from '../../models/mfa/totp.model.ts';
import { createPasswordModel } from '../../models/password/password.model.ts';
import { createPasswordPolicy } from '../../models/password/passwordPolicy.model.ts';
import { createRefreshTokenModel } from '../../models/session/refreshToken.model.ts';
import { createMemorySessionStore } from '../../models/session/session.memory.ts';
import { createSessionModel, type SessionStore } from '../../models/session/session.model.ts';
import { createRedisSessionStore } from '../../models/session/session.redis.ts';
import { createTokenModel } from '../../models/session/token.model.ts';
import { createUserModel } from '../../models/user/user.model.ts';
import { createVerifiedEmailModel } from '../../models/user/verifiedEmail.model.ts';
import { createLogger } from '../../telemetry/logger.ts';
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
    erasure: createErasureModel({ db: stores.db, audit: { async forget() {} }, log, now }),
    accountTokens,
    verifiedEmails,
    tellClosed() {},
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
