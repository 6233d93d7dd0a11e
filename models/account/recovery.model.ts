import { ApiError } from '../../errors.ts';
import type { Mailer } from '../../mail/mailer.ts';
import type { Mails } from '../../mail/mails.ts';
import { DatabaseError } from '../../stores/db.ts';
import type { Emitter, Origin } from '../audit/events.ts';
import type { PasswordModel } from '../password/password.model.ts';
import type { PasswordPolicy } from '../password/passwordPolicy.model.ts';
import type { SessionModel } from '../session/session.model.ts';
import type { User, UserModel } from '../user/user.model.ts';
import type { VerifiedEmailModel } from '../user/verifiedEmail.model.ts';
import { acrossEpochs } from './account.model.ts';
import type { AccountTokenModel, TokenPurpose } from './accountToken.model.ts';

export type RecoveryModel = ReturnType<typeof createRecoveryModel>;

interface Parts {
  users: UserModel;
  passwords: PasswordModel;
  policy: PasswordPolicy;
  sessions: SessionModel;
  accountTokens: AccountTokenModel;
  verifiedEmails: VerifiedEmailModel;
  events: Emitter;
  mailer: Mailer;
  mails: Mails;
  /** Forgets the failed logins of an address. */
  unlock: (email: string) => Promise<void>;
}

/** What people can do because they read the mail that goes to their address. */
export function createRecoveryModel(parts: Parts) {
  const { users, passwords, policy, sessions, accountTokens, verifiedEmails } = parts;
  const { events, mailer, mails, unlock } = parts;

  /** Whose token it is; an address that has changed since makes it void. */
  async function ownerOf(token: string, purpose: TokenPurpose): Promise<User> {
    const owner = await accountTokens.find(token, purpose);
    const found = owner && (await users.findById(owner.userId));
    if (!found || found.user.email !== owner.email) throw spentToken();
    return found.user;
  }

  return {
    /** @throws {ApiError} `validation_failed` for a token that is not good (any more), `store_unavailable` */
    async verifyEmail(token: string, origin: Origin): Promise<void> {
      const user = await ownerOf(token, 'verify_email');
      // First this, so that a database that fails in between leaves the link good for another try.
      await verifiedEmails.add(user);
      if (!(await accountTokens.use(token, 'verify_email'))) throw spentToken();
      events.emit('email.verified', { userId: user.id, ...origin });
    },

    /** Sends the link, unless the address is verified. Returns at once; what goes wrong is the log's. */
    sendVerification(userId: number, { requestId }: Origin): void {
      mailer.post({
        kind: 'verify_email',
        requestId,
        async compose() {
          const found = await users.findById(userId);
          if (!found || (await verifiedEmails.has(found.user))) return null;
          const token = await accountTokens.issue(found.user, 'verify_email');
          return token === null ? null : mails.verifyEmail({ email: found.user.email, name: null }, token);
        },
      });
    },

    /** Sends the link to the address if somebody has it. Returns at once and takes the same time for every address. */
    forgotPassword(email: string, { requestId, ...client }: Origin): void {
      mailer.post({
        kind: 'reset_password',
        requestId,
        async compose() {
          const user = (await users.findByEmail(email))?.user ?? null;
          const isVerified = user !== null && (await verifiedEmails.has(user));
          const token = user && (await accountTokens.issue(user, 'reset_password'));
          events.emit('password.reset_requested', { userId: user?.id ?? null, requestId, ...client });
          if (user === null || token === null) return null;
          return mails.resetPassword({ email: user.email, name: isVerified ? user.name : null }, token);
        },
      });
    },

    /**
     * Ends every session and sets the password. From the first of it to the last no session can start, so neither an
     * old session nor a login with the old password outlives it.
     * @throws {ApiError} `validation_failed` for a token that is not good (any more), or for the password;
     *   `overloaded`, `store_unavailable`
     */
    async resetPassword(token: string, next: string, origin: Origin): Promise<void> {
      const claimant = await ownerOf(token, 'reset_password');
      await policy.check('new_password', next, claimant);
      const userId = claimant.id;
      const passwordHash = await passwords.hash(next);
      const user = await acrossEpochs(async () => {
        const epoch = await sessions.epoch(userId);
        if (epoch === null) return null;
        // Once more inside the epoch: who comes second with the same token must not end the sessions after the first.
        const owner = await ownerOf(token, 'reset_password');
        const closed = await sessions.close(userId, epoch, origin, 'password_reset');
        if (!closed) return null;
        let changing = false;
        try {
          if (!(await accountTokens.use(token, 'reset_password'))) throw spentToken();
          changing = true;
          if (!(await users.setPassword(userId, passwordHash))) throw spentToken();
        } catch (error) {
          // Only where the hash may yet change must the epoch stay closed until its time is over.
          const mayYetChange = changing && error instanceof DatabaseError && !error.refused;
          if (!mayYetChange) await sessions.reopen(userId, closed.reading);
          throw error;
        }
        // The password counts from here on: what fails now mends itself and must not look like a failed reset.
        await sessions.reopen(userId, closed.reading).catch(() => {});
        return owner;
      });
      events.emit('password.reset', { userId, ...origin });
      await Promise.allSettled([verifiedEmails.add(user), unlock(user.email)]);
    },
  };
}

/** No 401: that would be about the access token, and clients would go and refresh theirs. */
function spentToken(): ApiError {
  const errors = [{ path: 'token', message: 'is not valid, was used already, or has expired' }];
  return new ApiError('validation_failed', { members: { errors } });
}
