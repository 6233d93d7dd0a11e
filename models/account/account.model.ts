import { ApiError } from '../../errors.ts';
import type { Recipient } from '../../mail/mails.ts';
import type { ClientContext, Emitter } from '../audit/events.ts';
import { type LockoutModel, lockoutKeys } from '../limits/lockout.model.ts';
import type { MfaModel, SecondFactorCredential } from '../mfa/mfa.model.ts';
import type { PasswordModel } from '../password/password.model.ts';
import type { ConfirmPassword } from '../password/passwordConfirmation.model.ts';
import type { PasswordPolicy } from '../password/passwordPolicy.model.ts';
import { ADMIN, type RoleModel, withoutAdmin } from '../role/role.model.ts';
import { type GenerationReading, retryOnStaleGeneration, UNNAMED_GENERATION } from '../session/generation.ts';
import type { SessionModel } from '../session/session.model.ts';
import type { AccessClaims } from '../session/token.model.ts';
import type { User, UserModel } from '../user/user.model.ts';
import type { VerifiedEmailTable } from '../user/verifiedEmail.sql.ts';
import type { AccountTokenModel } from './accountToken.model.ts';
import type { ErasureModel } from './erasure.model.ts';
import type { LoggedIn } from './login.model.ts';

/** A new user. The id is null where nobody may learn whether the address was free. */
export type Registered = Omit<User, 'id'> & { id: number | null };

export type AccountModel = ReturnType<typeof createAccountModel>;

interface Dependencies {
  users: UserModel;
  passwords: PasswordModel;
  policy: PasswordPolicy;
  confirmPassword: ConfirmPassword;
  sessions: SessionModel;
  mfa: MfaModel;
  /** Counts wrong passwords at login; cleared when the account is closed. */
  lockout: Pick<LockoutModel, 'clear'>;
  events: Emitter;
  roles: RoleModel;
  erasure: ErasureModel;
  accountTokens: AccountTokenModel;
  verifiedEmails: VerifiedEmailTable;
  /** Mails to the address of an account that was closed. */
  tellClosed: (to: Recipient, client: ClientContext) => void;
  /** Whether registration hides which addresses are taken. */
  requireVerification: boolean;
  /** Unix time in ms. */
  now: () => number;
}

/** Registration, password change, closing, refresh and profile: the flows that need users, passwords and sessions. */
export function createAccountModel(dependencies: Dependencies) {
  const { users, passwords, policy, confirmPassword, sessions, mfa, lockout, events, erasure } = dependencies;
  const { accountTokens, verifiedEmails, tellClosed, requireVerification, now } = dependencies;

  /** Takes the same steps and gives the same result whether the address was free or not. */
  async function registerQuietly(name: string, email: string, passwordHash: string, client: ClientContext) {
    const owner = await users.findByEmail(email);
    if (owner) {
      const userId = owner.user.id;
      await users.checkName(userId, name);
      await accountTokens.pretend(userId);
      events.emit('account.registration_repeated', { userId, ...client });
    } else {
      await users
        .create(name, email, passwordHash)
        .then(({ id }) => events.emit('account.registered', { userId: id, ...client }))
        .catch(async error => {
          if (!(error instanceof ApiError && error.code === 'email_taken')) throw error;
          await accountTokens.pretend(0); // the address was taken meanwhile, or the collation takes it for another one
        });
    }
    return { id: null, ...users.newUserView(name, email) };
  }

  return {
    /**
     * @throws {ApiError} `email_taken`, `overloaded`
     * @throws {StoreError}
     */
    async register(
      input: { name: string; email: string; password: string },
      client: ClientContext,
    ): Promise<Registered> {
      const passwordHash = await passwords.hash(input.password);
      if (requireVerification) return registerQuietly(input.name, input.email, passwordHash, client);
      const user = await users.create(input.name, input.email, passwordHash);
      events.emit('account.registered', { userId: user.id, ...client });
      return user;
    },

    /**
     * Ends every session, changes the password and starts one new session. No other session can start between. If a
     * step fails, the user is logged out and no old token is alive. The change ends every link that could set a
     * password.
     * @throws {ApiError} `validation_failed`, `invalid_credentials`, `account_locked`, `token_revoked`, `overloaded`
     * @throws {StoreError}
     */
    changePassword(
      by: AccessClaims,
      current: string,
      next: string,
      client: ClientContext,
    ): Promise<LoggedIn> {
      const { userId, sessionId } = by;
      let name: string | null = null;
      let ended = 0;
      return retryOnStaleGeneration(async () => {
        const generation = await sessions.generation(userId);
        if (generation === null) return null;
        const found = await users.findById(userId);
        // A lock that came meanwhile has ended the session of this request.
        if (!found || found.isDisabled) throw new ApiError('token_revoked');
        const { user, passwordHash, roles } = found;
        await policy.check('new_password', next, user);
        await confirmPassword(
          current,
          passwordHash,
          { userId, sessionId, ...client },
          'password.change_failed',
        );
        const nextHash = await passwords.hash(next);

        name ??= (await sessions.find(userId, sessionId))?.device.name ?? null;
        const write = async () => {
          const written = await users.replacePassword(userId, passwordHash, nextHash);
          if (written) events.emit('password.changed', { userId, sessionId, ...client });
          return written;
        };
        const run = await sessions.endAllAndRun(userId, generation, write, {
          reason: 'password_change',
          client,
          next: {
            subject: { userId, roles, amr: by.amr },
            device: { name, ...client },
            reason: 'password_change',
          },
        });
        if (!run) return null;
        ended += run.ended;
        // A login has renewed the hash meanwhile. The next attempt reads the new one.
        if (!run.written) return null;
        await accountTokens.endAll(userId, 'reset_password').catch(() => {}); // they are void already
        if (!run.session)
          throw new ApiError('store_unavailable', {
            detail:
              'The password was changed, but the new session could not be started. Log in with the new password.',
          });
        return { user, session: { ...run.session, endedSessions: ended } };
      });
    },

    /**
     * Ends every session and removes personal data. The users row is anonymized in one statement: before it only the
     * sessions are gone, after it nobody can log in or find the account.
     * @param credential of the second factor, where it is on
     * @throws {ApiError} `invalid_credentials`, `validation_failed` when a code is missing or the user is the last
     *   administrator, `account_locked`, `token_revoked`, `overloaded`
     * @throws {StoreError}
     */
    async close(
      by: AccessClaims,
      password: string,
      credential: SecondFactorCredential | null,
      client: ClientContext,
    ): Promise<void> {
      const { userId, sessionId } = by;
      const anonymous = { ip: '', userAgent: '', requestId: client.requestId };
      let isProven = false;
      const { user, isVerified } = await retryOnStaleGeneration(async () => {
        const generation = await sessions.generation(userId);
        if (generation === null) return null;
        const found = await users.findById(userId);
        if (!found) throw new ApiError('token_revoked');
        const { user, passwordHash } = found;
        const actor = { userId, sessionId, ...client };
        await confirmPassword(password, passwordHash, actor, 'account.close_failed');
        // Checked once, because a code is good for one use.
        if (!isProven) await mfa.verifyWhereOn(actor, credential);
        isProven = true;
        // Refused for the last administrator. A change begins the next generation, so the attempt starts again.
        if (found.roles.includes(ADMIN)) {
          await dependencies.roles.set(userId, withoutAdmin, { ...anonymous, by: userId });
          return null;
        }
        const isVerified = await verifiedEmails.has(user);
        // Planned before the row is anonymized, so that another process can finish what this one cannot.
        await erasure.plan(userId);
        const write = async () => {
          await users.anonymize(userId);
          return true;
        };
        const run = await sessions.endAllAndRun(userId, generation, write, {
          reason: 'account_closed',
          client: anonymous,
        });
        return run && { user, isVerified };
      });
      events.emit('account.closed', { userId, sessionId, ...anonymous });
      tellClosed({ name: isVerified ? user.name : null, email: user.email }, client);
      // The account is closed. What fails here is done by a later sweep, or ends by itself.
      await Promise.allSettled([erasure.erase(userId), lockout.clear(lockoutKeys.login(user.email))]);
    },

    /**
     * Rotates the refresh token. The user is read first, so that a database that is down uses up no token, and inside
     * the generation, so that the new access token has the current roles.
     * @throws {ApiError} `refresh_invalid`, `refresh_reused`
     * @throws {StoreError}
     */
    async refresh(refreshToken: string, client: ClientContext): Promise<LoggedIn> {
      const token = sessions.readRefreshToken(refreshToken);
      const attempt = async (generation: GenerationReading | null) => {
        const found = await users.findById(token.userId);
        if (!found || found.isDisabled) throw new ApiError('refresh_invalid');
        const session = await sessions.refresh(token, found.roles, generation, client);
        return session && { user: found.user, session };
      };
      // As a login does: a rotation without a name proves that no generation has begun lately.
      const refreshed = await attempt({ generation: UNNAMED_GENERATION, readAt: now() });
      return (
        refreshed ?? retryOnStaleGeneration(async () => attempt(await sessions.generation(token.userId)))
      );
    },

    /** @throws {ApiError} `token_revoked` when the account is gone */
    async profile(userId: number): Promise<User> {
      const user = await users.findProfile(userId);
      if (!user) throw new ApiError('token_revoked');
      return user;
    },

    /** @throws {ApiError} `token_revoked` when the account is gone */
    async rename({ userId, sessionId }: AccessClaims, name: string, client: ClientContext): Promise<User> {
      const user = await users.rename(userId, name);
      if (!user) throw new ApiError('token_revoked');
      events.emit('account.renamed', { userId, sessionId, ...client });
      return user;
    },
  };
}
