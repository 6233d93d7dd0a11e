import { createHash } from 'node:crypto';
import { ApiError, invalidInput } from '../../errors.ts';
import type { Actor, Emitter, RemovalReason, SessionActor } from '../audit/events.ts';
import { type LockoutModel, lockoutKeys } from '../limits/lockout.model.ts';
import { idOfOneTimeToken, newOneTimeToken } from '../oneTime/oneTime.store.ts';
import type { PasswordModel } from '../password/password.model.ts';
import type { ConfirmPassword } from '../password/passwordConfirmation.model.ts';
import type { Credentials, UserModel } from '../user/user.model.ts';
import type { VerifiedEmailTable } from '../user/verifiedEmail.sql.ts';
import { PENDING_LOGIN_TTL_MS, type PendingLogin, type PendingLoginStore } from './pendingLogin.model.ts';
import type { TotpModel } from './totp.model.ts';
import type { ConfirmedFactor, TotpFactor } from './totp.sql.ts';

/** What a user proves the second factor with. */
export type SecondFactorCredential = { code: string } | { recoveryCode: string };

export type MfaModel = ReturnType<typeof createMfaModel>;

interface Dependencies {
  users: UserModel;
  verifiedEmails: VerifiedEmailTable;
  passwords: PasswordModel;
  confirmPassword: ConfirmPassword;
  totp: TotpModel;
  pendingLogins: PendingLoginStore;
  lockout: LockoutModel;
  events: Emitter;
  /** Unix time in milliseconds. */
  now: () => number;
}

/** The second factor: a user turns it on and off, a login asks for it. */
export function createMfaModel(dependencies: Dependencies) {
  const { users, verifiedEmails, passwords, confirmPassword, totp } = dependencies;
  const { pendingLogins, lockout, events, now } = dependencies;

  /**
   * Runs a check that could be used to guess codes, as often as the limit allows. Tries in a session are counted apart
   * from logins, so that a stolen access token cannot lock the owner's login.
   */
  async function limited<T>(
    by: Actor,
    check: () => Promise<T | null>,
    detail = 'The code is wrong or was already used. Wait for the next code of the app.',
  ): Promise<T> {
    const key = by.sessionId ? lockoutKeys.codeInSession(by.userId) : lockoutKeys.codeAtLogin(by.userId);
    const result = await lockout.attempt(key, check, () =>
      events.emit('account.locked', { ...by, reason: 'second_factor' }),
    );
    if (result !== null) return result;
    events.emit('mfa.failed', by);
    throw new ApiError('invalid_credentials', { detail });
  }

  /** @returns true, or null for a wrong credential */
  async function use(
    factor: ConfirmedFactor,
    credential: SecondFactorCredential,
    by: Actor,
  ): Promise<true | null> {
    if ('code' in credential) return (await totp.useCode(factor, credential.code)) || null;
    if (!(await totp.useRecoveryCode(factor, credential.recoveryCode))) return null;
    events.emit('recovery_code.used', by);
    return true;
  }

  async function confirmedFactor(userId: number): Promise<ConfirmedFactor | null> {
    const factor = await totp.find(userId);
    return factor && isConfirmed(factor) ? factor : null;
  }

  /** The user of a pending login; null when the password or the second factor has changed since the first step. */
  async function revalidate({ userId, fingerprint }: PendingLogin) {
    const found = await users.findById(userId);
    const factor = await confirmedFactor(userId);
    const isValid = found && factor && fingerprintOf(found.passwordHash, factor) === fingerprint;
    return isValid ? { credentials: found, factor } : null;
  }

  return {
    revalidate,

    /**
     * Begins an enrolment. Nothing changes for logins before it is confirmed. It needs the password and a verified
     * address: a stolen access token alone must not lock the owner out.
     * @throws {ApiError} `invalid_credentials`, `account_locked`, `email_unverified`, `mfa_already_enabled`,
     *   `token_revoked`, `overloaded`
     * @throws {StoreError}
     */
    async enrol(by: SessionActor, password: string): Promise<{ secret: string; uri: string }> {
      const found = await users.findById(by.userId);
      if (!found) throw new ApiError('token_revoked');
      await confirmPassword(password, found.passwordHash, by, 'mfa.enrol_failed');
      if (!(await verifiedEmails.has(found.user))) throw new ApiError('email_unverified');
      return totp.enrol(by.userId, found.user.email);
    },

    /**
     * Turns the second factor on.
     * @returns the recovery codes, shown this once
     * @throws {ApiError} `invalid_credentials`, `not_found` without an enrolment, `mfa_already_enabled`, `account_locked`
     * @throws {StoreError}
     */
    async confirm(by: SessionActor, code: string): Promise<string[]> {
      const codes = await limited(by, async () => {
        const factor = await totp.find(by.userId);
        if (!factor) {
          throw new ApiError('not_found', {
            detail: 'There is no enrolment to confirm. POST /auth/mfa/totp begins one.',
          });
        }
        if (isConfirmed(factor)) throw new ApiError('mfa_already_enabled');
        return totp.confirm(factor, code);
      });
      events.emit('mfa.enabled', by);
      return codes;
    },

    /**
     * Turns the second factor off.
     * @throws {ApiError} `invalid_credentials`, `not_found` when it is off, `account_locked`, `overloaded`
     * @throws {StoreError}
     */
    async disable(by: SessionActor, password: string, credential: SecondFactorCredential): Promise<void> {
      const isOff = () =>
        new ApiError('not_found', {
          detail: 'The second factor is not on, so there is nothing to turn off.',
        });
      const factor = await confirmedFactor(by.userId);
      if (!factor) throw isOff();
      const check = async () => {
        const found = await users.findById(by.userId);
        const matches = await passwords.verify(password, found?.passwordHash ?? null);
        return matches ? use(factor, credential, by) : null;
      };
      await limited(by, check, 'The password or the code is wrong, or the code was already used.');
      if (!(await totp.remove(factor))) throw isOff();
      events.emit('mfa.disabled', by);
    },

    /**
     * Removes the second factor, and an enrolment that is not confirmed, without a code: for the operator, and for a
     * password reset by mail where that is allowed.
     * @returns whether a second factor was on
     * @throws {StoreError}
     */
    async remove(by: Actor, reason: RemovalReason): Promise<boolean> {
      const wasOn = await totp.removeAll(by.userId);
      if (wasOn) events.emit('mfa.removed', { ...by, reason });
      return wasOn;
    },

    /**
     * Checks and uses a credential before a change that needs the second factor. Does nothing where it is off.
     * @param credential null where none was sent
     * @throws {ApiError} `validation_failed` for a code that is missing, `invalid_credentials`, `account_locked`
     * @throws {StoreError}
     */
    async verifyWhereOn(by: SessionActor, credential: SecondFactorCredential | null): Promise<void> {
      const factor = await confirmedFactor(by.userId);
      if (!factor) return;
      if (credential === null) {
        throw invalidInput({ path: 'code', message: 'must be there, because the second factor is on' });
      }
      await limited(by, () => use(factor, credential, by));
    },

    /**
     * Ends the first step of a login where the user has a second factor. Does nothing for other users.
     * @throws {ApiError} `mfa_required` with the token for the second step
     * @throws {StoreError}
     */
    async require(
      { user, passwordHash, hasSecondFactor }: Credentials,
      login: Pick<PendingLogin, 'deviceName' | 'identity'>,
    ): Promise<void> {
      if (hasSecondFactor === false) return;
      const factor = await confirmedFactor(user.id);
      if (!factor) return;
      const token = newOneTimeToken();
      const fingerprint = fingerprintOf(passwordHash, factor);
      const expiresAt = now() + PENDING_LOGIN_TTL_MS;
      await pendingLogins.put(idOfOneTimeToken(token), {
        ...login,
        userId: user.id,
        fingerprint,
        expiresAt,
      });
      throw new ApiError('mfa_required', { mfa: { token, expiresInSeconds: PENDING_LOGIN_TTL_MS / 1000 } });
    },

    /**
     * The second step of a login. The token is taken first, so that simultaneous attempts cannot use several codes. An
     * attempt that fails puts it back.
     * @throws {ApiError} `token_invalid` when the login must begin again, `invalid_credentials`, `account_locked`
     * @throws {StoreError}
     */
    async verify(
      token: string,
      credential: SecondFactorCredential,
      client: Omit<Actor, 'userId'>,
    ): Promise<PendingLogin> {
      const id = idOfOneTimeToken(token);
      const login = await pendingLogins.take(id);
      if (!login) throw pendingLoginExpired();
      const by = { userId: login.userId, ...client };
      let isVoid = false;
      try {
        await limited(by, async () => {
          const valid = await revalidate(login);
          isVoid = valid === null;
          if (!valid) throw pendingLoginExpired();
          return use(valid.factor, credential, by);
        });
      } catch (error) {
        if (!isVoid) await pendingLogins.put(id, login).catch(() => {}); // the user logs in again
        throw error;
      }
      return login;
    },
  };
}

/** The `mfa_token` is unknown, used, too old, or from before a change of the password or the second factor. */
export function pendingLoginExpired(): ApiError {
  return new ApiError('token_invalid', {
    detail:
      'The mfa_token is unknown, used or expired, or another attempt with it is in flight. Log in again.',
  });
}

function isConfirmed(factor: TotpFactor): factor is ConfirmedFactor {
  return factor.batch !== null;
}

function fingerprintOf(passwordHash: string | null, { batch }: ConfirmedFactor): string {
  return createHash('sha256').update(`${batch}.${passwordHash}`).digest('hex');
}
