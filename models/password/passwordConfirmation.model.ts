import { ApiError } from '../../errors.ts';
import type { Emitter, SessionActor } from '../audit/events.ts';
import { type LockoutModel, lockoutKeys } from '../limits/lockout.model.ts';
import type { PasswordModel } from './password.model.ts';

/** The audit events for a wrong password, one for each place that asks. */
type FailureEvent =
  | 'password.change_failed'
  | 'account.close_failed'
  | 'mfa.enrol_failed'
  | 'identity.link_failed';

interface Dependencies {
  passwords: PasswordModel;
  lockout: LockoutModel;
  events: Emitter;
}

export type ConfirmPassword = ReturnType<typeof createPasswordConfirmation>;

/**
 * Asks for the current password inside a session. Wrong ones are counted apart from logins, so that a stolen access
 * token can neither guess the password nor lock the owner's login.
 */
export function createPasswordConfirmation({ passwords, lockout, events }: Dependencies) {
  /**
   * @param hash of the user's current password; null for a user without one, who is always refused
   * @param failure the event that a wrong password is audited as
   * @throws {ApiError} `invalid_credentials`, `account_locked`, `overloaded`
   * @throws {StoreError}
   */
  return async function confirmPassword(
    password: string,
    hash: string | null,
    by: SessionActor,
    failure: FailureEvent,
  ): Promise<void> {
    if (hash === null) {
      throw new ApiError('invalid_credentials', {
        detail: 'The account has no password. POST /auth/forgot-password sends a link to set one.',
      });
    }
    const matches = await lockout.attempt(
      lockoutKeys.password(by.userId),
      async () => (await passwords.verify(password, hash)) || null,
      () => events.emit('account.locked', { ...by, reason: 'password' }),
    );
    if (matches) return;
    events.emit(failure, { ...by, reason: 'wrong_password' });
    throw new ApiError('invalid_credentials', {
      detail: 'The current password is wrong. Send the password that you log in with.',
    });
  };
}
