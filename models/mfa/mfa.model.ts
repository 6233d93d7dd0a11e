import { createHash } from 'node:crypto';
import { ApiError, invalidInput } from '../../errors.ts';
import type { Emitter, Origin } from '../audit/events.ts';
import type { LockoutModel } from '../limits/lockout.model.ts';
import type { PasswordModel } from '../password/password.model.ts';
import type { Credentials, UserModel } from '../user/user.model.ts';
import {
  idOfMfaToken,
  newMfaToken,
  PENDING_LOGIN_TTL_MS,
  type PendingLogin,
  type PendingLoginStore,
} from './pendingLogin.model.ts';
import type { ConfirmedFactor, TotpFactor, TotpModel } from './totp.model.ts';

/** What proves the second factor. */
export type Proof = { code: string } | { recoveryCode: string };

/** Who brings a proof, and in which session where there is one: what events tell of it. */
export interface Actor extends Origin {
  userId: number;
  sessionId?: string;
}

export type MfaModel = ReturnType<typeof createMfaModel>;

interface Parts {
  users: UserModel;
  passwords: PasswordModel;
  totp: TotpModel;
  pendingLogins: PendingLoginStore;
  lockout: LockoutModel;
  events: Emitter;
}

/** The second factor: turned on and off by a user, asked for by a login. */
export function createMfaModel({ users, passwords, totp, pendingLogins, lockout, events }: Parts) {
  /** Does what codes could be guessed with, as often as the limit allows. */
  async function guarded<T>(
    by: Actor,
    work: () => Promise<T | null>,
    detail = 'The code is wrong or was already used. Wait for the next code of the app.',
  ): Promise<T> {
    const result = await lockout.attempt(`mfa:${by.userId}`, work, () =>
      events.emit('account.locked', { ...by, reason: 'second_factor' }),
    );
    if (result !== null) return result;
    events.emit('mfa.failed', by);
    throw new ApiError('invalid_credentials', { detail });
  }

  /** @returns true, or null for a proof that is wrong */
  async function use(factor: ConfirmedFactor, proof: Proof, by: Actor): Promise<true | null> {
    if ('code' in proof) return (await totp.useCode(factor, proof.code)) || null;
    if (!(await totp.useRecoveryCode(factor, proof.recoveryCode))) return null;
    events.emit('recovery_code.used', by);
    return true;
  }

  async function confirmedFactor(userId: number): Promise<ConfirmedFactor | null> {
    const factor = await totp.find(userId);
    return factor && isConfirmed(factor) ? factor : null;
  }

  /** Whose login it is; null when password or second factor have changed since the first step. */
  async function stillGood({ userId, fingerprint }: PendingLogin) {
    const found = await users.findById(userId);
    const factor = await confirmedFactor(userId);
    const isGood = found && factor && fingerprintOf(found.passwordHash, factor) === fingerprint;
    return isGood ? { user: found.user, factor } : null;
  }

  return {
    stillGood,

    /**
     * Begins an enrolment; nothing changes for logins before it is confirmed.
     * @throws {ApiError} `mfa_already_enabled`, `token_revoked`, `store_unavailable`
     */
    async enrol(userId: number): Promise<{ secret: string; uri: string }> {
      const found = await users.findById(userId);
      if (!found) throw new ApiError('token_revoked');
      return totp.enrol(userId, found.user.email);
    },

    /**
     * Turns the second factor on.
     * @returns the recovery codes, shown this once
     * @throws {ApiError} `invalid_credentials`, `not_found` without an enrolment, `mfa_already_enabled`,
     *   `account_locked`, `store_unavailable`
     */
    async confirm(by: Actor & { sessionId: string }, code: string): Promise<string[]> {
      const { userId } = by;
      const codes = await guarded(by, async () => {
        const factor = await totp.find(userId);
        if (!factor)
          throw new ApiError('not_found', {
            detail: 'There is no enrolment to confirm. POST /auth/mfa/totp begins one.',
          });
        if (isConfirmed(factor)) throw new ApiError('mfa_already_enabled');
        return totp.confirm(factor, code);
      });
      events.emit('mfa.enabled', by);
      return codes;
    },

    /**
     * Turns the second factor off.
     * @throws {ApiError} `invalid_credentials`, `not_found` when it is off, `account_locked`, `overloaded`,
     *   `store_unavailable`
     */
    async disable(by: Actor & { sessionId: string }, password: string, proof: Proof): Promise<void> {
      const { userId } = by;
      const off = () =>
        new ApiError('not_found', {
          detail: 'The second factor is not on, so there is nothing to turn off.',
        });
      const factor = await confirmedFactor(userId);
      if (!factor) throw off();
      const proven = async () => {
        const found = await users.findById(userId);
        const matches = await passwords.verify(password, found?.passwordHash ?? null);
        return matches ? use(factor, proof, by) : null;
      };
      await guarded(by, proven, 'The password or the code is wrong, or the code was already used.');
      if (!(await totp.remove(factor))) throw off();
      events.emit('mfa.disabled', by);
    },

    /**
     * To be asked before a change that needs the second factor where it is on: uses the code up.
     * @param proof null where none was sent
     * @throws {ApiError} `validation_failed` for a code that is missing, `invalid_credentials`, `account_locked`,
     *   `store_unavailable`
     */
    async verifyWhereOn(by: Actor & { sessionId: string }, proof: Proof | null): Promise<void> {
      const factor = await confirmedFactor(by.userId);
      if (!factor) return;
      if (proof === null) {
        throw invalidInput({ path: 'code', message: 'must be there, because the second factor is on' });
      }
      await guarded(by, () => use(factor, proof, by));
    },

    /**
     * To be asked in a login behind the password: does nothing for a user without a second factor.
     * @throws {ApiError} `mfa_required` with the token for the second step, `store_unavailable`
     */
    async demand({ user, passwordHash }: Credentials, deviceName: string | null): Promise<void> {
      const factor = await confirmedFactor(user.id);
      if (!factor) return;
      const { token, id } = newMfaToken();
      const fingerprint = fingerprintOf(passwordHash, factor);
      await pendingLogins.put(id, { userId: user.id, deviceName, fingerprint });
      throw new ApiError('mfa_required', {
        mfa: { token, expiresInSeconds: PENDING_LOGIN_TTL_MS / 1000 },
      });
    },

    /**
     * The second step of a login; uses the token and the code up.
     * @throws {ApiError} `token_invalid` when the login must begin anew, `invalid_credentials`, `account_locked`,
     *   `store_unavailable`
     */
    async redeem(token: string, proof: Proof, origin: Origin): Promise<PendingLogin> {
      const id = idOfMfaToken(token);
      const login = await pendingLogins.get(id);
      if (!login) throw loginExpired();
      const by = { userId: login.userId, ...origin };
      await guarded(by, async () => {
        const good = await stillGood(login);
        if (!good) throw loginExpired();
        return use(good.factor, proof, by);
      });
      if (!(await pendingLogins.take(id))) throw loginExpired();
      return login;
    },
  };
}

/** The `mfa_token` is unknown, used, too old, or from before a change of password or second factor. */
export function loginExpired(): ApiError {
  return new ApiError('token_invalid', {
    detail: 'The mfa_token is unknown, used or expired. Log in again with the password.',
  });
}

function isConfirmed(factor: TotpFactor): factor is ConfirmedFactor {
  return factor.batch !== null;
}

function fingerprintOf(passwordHash: string | null, { batch }: ConfirmedFactor): string {
  return createHash('sha256').update(`${batch}.${passwordHash}`).digest('hex');
}
