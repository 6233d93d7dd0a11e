import { ApiError, StoreError } from '../../errors.ts';
import type { ClientContext, Emitter } from '../audit/events.ts';
import { type LockoutModel, lockoutKeys } from '../limits/lockout.model.ts';
import { type MfaModel, pendingLoginExpired, type SecondFactorCredential } from '../mfa/mfa.model.ts';
import type { PendingLogin } from '../mfa/pendingLogin.model.ts';
import type { Identity, IdentityTable } from '../oidc/identity.sql.ts';
import type { PasswordModel } from '../password/password.model.ts';
import { type GenerationReading, retryOnStaleGeneration, UNNAMED_GENERATION } from '../session/generation.ts';
import type { LoginContext, OpenedSession, SessionModel, Subject } from '../session/session.model.ts';
import type { Device } from '../session/session.store.ts';
import type { Credentials, User, UserModel } from '../user/user.model.ts';
import type { VerifiedEmailTable } from '../user/verifiedEmail.sql.ts';

/** A user who has logged in, and the session. */
export interface LoggedIn {
  user: User;
  session: OpenedSession;
}

export type LoginModel = ReturnType<typeof createLoginModel>;

interface Dependencies {
  users: UserModel;
  passwords: PasswordModel;
  sessions: SessionModel;
  mfa: MfaModel;
  /** Counts wrong passwords. */
  lockout: LockoutModel;
  events: Emitter;
  verifiedEmails: VerifiedEmailTable;
  identities: IdentityTable;
  /** Whether a login needs a verified address. */
  requireVerification: boolean;
  /** Unix time in milliseconds. */
  now: () => number;
}

/** Logins: with a password, with an identity at an OpenID Provider, and the second step of both. */
export function createLoginModel(dependencies: Dependencies) {
  const { users, passwords, sessions, mfa, lockout, events } = dependencies;
  const { verifiedEmails, identities, requireVerification, now } = dependencies;

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
  };
}

/** The claim `amr` (RFC 8176) of a login with a second factor. It has no value for an OpenID Provider. */
function secondFactorAfter(identity: PendingLogin['identity']): string[] {
  return identity ? ['otp', 'mfa'] : ['pwd', 'otp', 'mfa'];
}
