import { ApiError, StoreError } from '../../errors.ts';
import type { Recipient } from '../../mail/mails.ts';
import type { ClientContext, Emitter } from '../audit/events.ts';
import { type LockoutModel, lockoutKeys } from '../limits/lockout.model.ts';
import { type MfaModel, pendingLoginExpired, type SecondFactorCredential } from '../mfa/mfa.model.ts';
import type { PendingLogin } from '../mfa/pendingLogin.model.ts';
import type { Identity, IdentityTable } from '../oidc/identity.sql.ts';
import type { PasswordModel } from '../password/password.model.ts';
import type { ConfirmPassword } from '../password/passwordConfirmation.model.ts';
import type { PasswordPolicy } from '../password/passwordPolicy.model.ts';
import { ADMIN, type RoleModel, withoutAdmin } from '../role/role.model.ts';
import { type GenerationReading, retryOnStaleGeneration, UNNAMED_GENERATION } from '../session/generation.ts';
import type { LoginContext, OpenedSession, SessionModel, Subject } from '../session/session.model.ts';
import type { Device } from '../session/session.store.ts';
import type { AccessClaims } from '../session/token.model.ts';
import type { Credentials, User, UserModel } from '../user/user.model.ts';
import type { VerifiedEmailTable } from '../user/verifiedEmail.sql.ts';
import type { AccountTokenModel } from './accountToken.model.ts';
import type { ErasureModel } from './erasure.model.ts';

/** The claim `amr` (RFC 8176) of a login with a second factor. It has no value for an OpenID Provider. */
function secondFactorAfter(identity: PendingLogin['identity']): string[] {
  return identity ? ['otp', 'mfa'] : ['pwd', 'otp', 'mfa'];
}

/** A user who has logged in, and the session. */
export interface LoggedIn {
  user: User;
  session: OpenedSession;
}

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
  /** Counts wrong passwords at login. */
  lockout: LockoutModel;
  events: Emitter;
  roles: RoleModel;
  erasure: ErasureModel;
  accountTokens: AccountTokenModel;
  verifiedEmails: VerifiedEmailTable;
  identities: IdentityTable;
  /** Mails to the address of an account that was closed. */
  tellClosed: (to: Recipient, client: ClientContext) => void;
  /** Whether a login needs a verified address, and registration hides which addresses are taken. */
  requireVerification: boolean;
  /** Unix time in milliseconds. */
  now: () => number;
}

/** Registration, login, password change and closing: the flows that need users, passwords and sessions. */
export function createAccountModel(dependencies: Dependencies) {
  const { users, passwords, policy, confirmPassword, sessions, mfa, lockout, events, erasure } = dependencies;
  const { accountTokens, verifiedEmails, identities, tellClosed, requireVerification, now } = dependencies;

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

  /**
   * Every login calls it when its first credential is proven, and again after the second factor.
   * @throws {ApiError} `account_disabled`
   */
  function refuseDisabled({ user, isDisabled }: Credentials, client: ClientContext): void {
    if (!isDisabled) return;
    events.emit('login.failed', { userId: user.id, reason: 'account_disabled', ...client });
    throw new ApiError('account_disabled');
  }

  /** As {@link SessionModel.start}, with an audit event when the session limit refuses the login. */
  async function startLogin(subject: Subject, device: LoginContext, generation: GenerationReading) {
    try {
      return await sessions.start(subject, device, generation);
    } catch (error) {
      const { name: _, provider: __, ...client } = device;
      if (error instanceof ApiError && error.code === 'session_limit')
        events.emit('login.failed', { userId: subject.userId, reason: error.code, ...client });
      throw error;
    }
  }

  /**
   * Renews the hash as PASSWORD_HASH and BCRYPT_ROUNDS say. An error here refuses nobody: the next login tries again.
   * @returns null when the hash has changed meanwhile, so that the password must be checked again
   */
  async function upToDate(found: Credentials, password: string): Promise<Credentials | null> {
    const { user, passwordHash } = found;
    if (passwordHash === null) return found;
    try {
      const next = await passwords.rehash(password, passwordHash);
      if (next === null) return found;
      return (await users.replaceHash(user.id, passwordHash, next)) ? { ...found, passwordHash: next } : null;
    } catch (error) {
      if (error instanceof ApiError || error instanceof StoreError) return found;
      throw error;
    }
  }

  /**
   * What every login does after its credential was checked: that of a password and that of an identity.
   * @param identity null for a password
   * @returns null when the generation has passed
   * @throws {ApiError} `account_disabled`, `email_unverified`, `mfa_required`, `session_limit`
   * @throws {StoreError}
   */
  async function finishLogin(
    credentials: Credentials,
    device: Device & ClientContext,
    generation: GenerationReading,
    identity: PendingLogin['identity'],
  ): Promise<LoggedIn | null> {
    const { user, roles } = credentials;
    const { name: deviceName, ...client } = device;
    refuseDisabled(credentials, client);
    if (requireVerification && !(await verifiedEmails.has(user))) {
      events.emit('login.failed', { userId: user.id, reason: 'email_unverified', ...client });
      throw new ApiError('email_unverified', {
        detail: 'A link was sent to the address. Open it, then log in again.',
      });
    }
    await mfa.require(credentials, { deviceName, identity });
    const subject = { userId: user.id, roles, amr: [] };
    const session = await startLogin(subject, { ...device, provider: identity?.provider }, generation);
    return session && { user, session };
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
     * The first step of a login. Where the user has a second factor, it starts and ends no session.
     * @throws {ApiError} `invalid_credentials`, `account_locked`, `account_disabled`, `email_unverified`,
     *   `mfa_required`, `session_limit`, `overloaded`
     * @throws {StoreError}
     */
    login(email: string, password: string, device: Device & ClientContext): Promise<LoggedIn> {
      const { name: _, ...client } = device;
      let userId = 0;
      /** @returns null for a wrong password, undefined when the generation has passed */
      const check = async (found: Credentials | null, generation: GenerationReading, succeed: () => void) => {
        const matches = await passwords.verify(password, found?.passwordHash ?? null, email);
        if (!found || !matches) return null;
        succeed();
        const credentials = await upToDate(found, password);
        return (credentials && (await finishLogin(credentials, device, generation, null))) ?? undefined;
      };
      const attempt = async (succeed: () => void) => {
        // An unknown address takes the same steps, so that the time reveals nothing.
        const readAt = now();
        const owner = await users.findByEmail(email);
        userId = owner?.user.id ?? 0;
        // Seldom has a generation begun lately. A session that starts without its name proves that none has.
        let result = await check(owner, { generation: UNNAMED_GENERATION, readAt }, succeed);
        if (result) return result;
        const reading = await sessions.generation(userId);
        if (reading === null) return undefined;
        if (reading.generation !== UNNAMED_GENERATION) {
          const found = await users.findById(userId);
          const isStillWrong = result === null && found?.passwordHash === owner?.passwordHash;
          if (!isStillWrong) result = await check(found, reading, succeed);
        }
        if (result === null) {
          const reason = owner ? 'wrong_password' : 'unknown_address';
          events.emit('login.failed', { userId: userId || null, reason, ...client });
        }
        return result;
      };
      const onLocked = () =>
        events.emit('account.locked', { userId: userId || null, reason: 'login', ...client });
      return retryOnStaleGeneration(async () => {
        const loggedIn = await lockout.attempt(lockoutKeys.login(email), attempt, onLocked);
        if (loggedIn === null) throw new ApiError('invalid_credentials');
        return loggedIn ?? null;
      });
    },

    /**
     * The first step of a login with an identity at an OpenID Provider.
     * @param resolve finds the identity, or makes its account
     * @throws {ApiError} `email_unverified`, `mfa_required`, `session_limit`, and what `resolve` throws
     * @throws {StoreError}
     */
    loginByIdentity(resolve: () => Promise<Identity>, device: Device & ClientContext): Promise<LoggedIn> {
      return retryOnStaleGeneration(async () => {
        const { id, provider, userId } = await resolve();
        const generation = await sessions.generation(userId);
        if (generation === null) return null;
        // Read inside the generation: the identity may be unlinked, and the account closed, meanwhile.
        const found = await users.findById(userId);
        if (!found || !(await identities.has({ id, userId }))) return null;
        return finishLogin(found, device, generation, { id, provider });
      });
    },

    /**
     * The second step of a login.
     * @throws {ApiError} `token_invalid` when the login must begin anew, `invalid_credentials`, `account_locked`,
     *   `account_disabled`, `session_limit`
     * @throws {StoreError}
     */
    async loginMfa(
      mfaToken: string,
      credential: SecondFactorCredential,
      client: ClientContext,
    ): Promise<LoggedIn> {
      const login = await mfa.verify(mfaToken, credential, client);
      const { userId, deviceName: name, identity } = login;
      return retryOnStaleGeneration(async () => {
        const generation = await sessions.generation(userId);
        if (generation === null) return null;
        // Checked again inside the generation, so that a change of the password ends logins that wait for a code.
        const good = await mfa.revalidate(login);
        if (!good || (identity && !(await identities.has({ id: identity.id, userId }))))
          throw pendingLoginExpired();
        const { user, roles } = good.credentials;
        refuseDisabled(good.credentials, client);
        const context = { name, provider: identity?.provider, ...client };
        const amr = secondFactorAfter(identity);
        const session = await startLogin({ userId, roles, amr }, context, generation);
        return session && { user, session };
      });
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
      return retryOnStaleGeneration(async () => {
        const generation = await sessions.generation(token.userId);
        const found = await users.findById(token.userId);
        if (!found || found.isDisabled) throw new ApiError('refresh_invalid');
        const session = await sessions.refresh(token, found.roles, generation, client);
        return session && { user: found.user, session };
      });
    },

    /** @throws {ApiError} `token_revoked` when the account is gone */
    async profile(userId: number): Promise<User> {
      const found = await users.findById(userId);
      if (!found) throw new ApiError('token_revoked');
      return found.user;
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
