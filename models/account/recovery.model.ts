import { ApiError, invalidInput } from '../../errors.ts';
import type { Mailer } from '../../mail/mailer.ts';
import type { Mails } from '../../mail/mails.ts';
import type { AdminContext, ClientContext, Emitter } from '../audit/events.ts';
import type { MfaModel } from '../mfa/mfa.model.ts';
import type { PasswordModel } from '../password/password.model.ts';
import type { PasswordPolicy } from '../password/passwordPolicy.model.ts';
import { retryOnStaleGeneration } from '../session/generation.ts';
import type { SessionModel } from '../session/session.model.ts';
import type { Credentials, UserModel } from '../user/user.model.ts';
import type { VerifiedEmailTable } from '../user/verifiedEmail.sql.ts';
import { type AccountTokenModel, stateHashOf, type TokenPurpose } from './accountToken.model.ts';

export type RecoveryModel = ReturnType<typeof createRecoveryModel>;

interface Dependencies {
  users: UserModel;
  passwords: PasswordModel;
  policy: PasswordPolicy;
  sessions: SessionModel;
  mfa: MfaModel;
  /** Whether a password reset by mail also removes the second factor. */
  mfaReset: 'on' | 'off';
  accountTokens: AccountTokenModel;
  verifiedEmails: VerifiedEmailTable;
  events: Emitter;
  mailer: Mailer;
  mails: Mails;
  /** Forgets the failed logins of an address. */
  unlock: (email: string) => Promise<void>;
}

/** Verifying an address and resetting a password, by links in mails. */
export function createRecoveryModel(dependencies: Dependencies) {
  const { users, passwords, policy, sessions, mfa, mfaReset, accountTokens, verifiedEmails } = dependencies;
  const { events, mailer, mails, unlock } = dependencies;

  /** The owner of a token. The token is void when what it depends on has changed. */
  async function ownerOf(token: string, purpose: TokenPurpose): Promise<Credentials> {
    const link = await accountTokens.find(token, purpose);
    const owner = link && (await users.findById(link.userId));
    if (!owner || stateHashOf(owner, purpose) !== link.stateHash) throw spentToken();
    return owner;
  }

  return {
    /**
     * @throws {ApiError} `validation_failed` for a token that is not good (any more)
     * @throws {StoreError}
     */
    async verifyEmail(token: string, client: ClientContext): Promise<void> {
      const { user } = await ownerOf(token, 'verify_email');
      // First this: if the database fails between, the link can be used again.
      await verifiedEmails.add(user);
      if (!(await accountTokens.endAll(user.id, 'verify_email'))) throw spentToken();
      events.emit('email.verified', { userId: user.id, ...client });
    },

    /** Sends the link unless the address is verified. Returns at once; errors are logged. */
    sendVerification(userId: number, { requestId }: ClientContext): void {
      mailer.post({
        kind: 'verify_email',
        requestId,
        async compose() {
          const found = await users.findById(userId);
          if (!found || (await verifiedEmails.has(found.user))) return null;
          const token = await accountTokens.issue(found, 'verify_email');
          return token === null ? null : mails.verifyEmail({ email: found.user.email, name: null }, token);
        },
      });
    },

    /** Sends the link to the address if somebody has it. Returns at once and takes the same time for every address. */
    forgotPassword(email: string, { requestId, ...client }: ClientContext): void {
      mailer.post({
        kind: 'reset_password',
        requestId,
        async compose() {
          const found = await users.findByEmail(email);
          const isVerified = found !== null && (await verifiedEmails.has(found.user));
          const token = found && (await accountTokens.issue(found, 'reset_password'));
          events.emit('password.reset_requested', { userId: found?.user.id ?? null, requestId, ...client });
          if (found === null || token === null) return null;
          const { user } = found;
          return mails.resetPassword({ email: user.email, name: isVerified ? user.name : null }, token);
        },
      });
    },

    /**
     * Sends the link to a user for an administrator.
     * @throws {ApiError} `not_found` where mails cannot be sent, `rate_limited` when the last link is less than a minute
     *   old, or when the user has too many
     * @throws {StoreError}
     */
    async sendResetLink(owner: Credentials, client: AdminContext): Promise<void> {
      if (!mailer.enabled) {
        throw new ApiError('not_found', { detail: 'No mail can be sent, because SMTP_URL is not set.' });
      }
      const { user } = owner;
      const token = await accountTokens.issue(owner, 'reset_password');
      if (token === null) {
        const detail = 'This user gets at most one link a minute. The last one may be from the user.';
        throw new ApiError('rate_limited', { detail, retryAfterSeconds: 60 });
      }
      events.emit('password.reset_requested', { userId: user.id, ...client });
      const compose = async () => {
        const name = (await verifiedEmails.has(user)) ? user.name : null;
        return mails.resetPassword({ email: user.email, name }, token, 'An administrator');
      };
      mailer.post({ kind: 'reset_password', requestId: client.requestId, compose });
    },

    /**
     * Ends every session and sets the password. No session can start between, so no old session and no login with the
     * old password remains. Every link that could set a password ends. With `mfaReset` the second factor is removed,
     * too.
     * @throws {ApiError} `validation_failed` for a token that is not good (any more), or for the password;
     *   `overloaded`
     * @throws {StoreError}
     */
    async resetPassword(token: string, next: string, client: ClientContext): Promise<void> {
      const claimant = await ownerOf(token, 'reset_password');
      await policy.check('new_password', next, claimant.user);
      const userId = claimant.user.id;
      const nextHash = await passwords.hash(next);
      const user = await retryOnStaleGeneration(async () => {
        const generation = await sessions.generation(userId);
        if (generation === null) return null;
        // Checked again inside the generation: the second of two resets must not end the sessions after the first.
        const owner = await ownerOf(token, 'reset_password');
        const write = () => users.replacePassword(userId, owner.passwordHash, nextHash);
        const run = await sessions.endAllAndRun(userId, generation, write, {
          reason: 'password_reset',
          client,
        });
        return run?.written ? owner.user : null;
      });
      // The password is changed: an error here must not look like a failed reset.
      await Promise.allSettled([
        accountTokens.endAll(userId, 'reset_password'),
        verifiedEmails.add(user),
        unlock(user.email),
        mfaReset === 'on' && mfa.remove({ userId, ...client }, 'password_reset'),
      ]);
      // Last, because the notice that follows depends on whether the address is verified.
      events.emit('password.reset', { userId, ...client });
    },
  };
}

/** Not a 401: clients would refresh their access token because of it. */
function spentToken(): ApiError {
  return invalidInput({ path: 'token', message: 'is not valid, was used already, or has expired' });
}
