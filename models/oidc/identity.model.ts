import { createHash } from 'node:crypto';
import { ApiError, type ErrorCode } from '../../errors.ts';
import type { ClientContext, Emitter, SessionActor } from '../audit/events.ts';
import type { ConfirmPassword } from '../password/passwordConfirmation.model.ts';
import type { SessionModel } from '../session/session.model.ts';
import type { UserModel } from '../user/user.model.ts';
import type { VerifiedEmailTable } from '../user/verifiedEmail.sql.ts';
import type { Identity, IdentityTable, ProviderSubject } from './identity.sql.ts';

/** Two first logins of an identity need two attempts. A third is for an account that is closed meanwhile. */
const TRIES = 4;
/** A user without a password proves to be the owner by a login that is not older than this. */
const RECENT_MS = 600_000;
const MAX_IDENTITIES = 20;

/** A user as a provider describes them. */
export interface ProviderUser extends ProviderSubject {
  /** The address; null unless the provider says that it is verified. */
  email: string | null;
  name: string;
}

export type IdentityModel = ReturnType<typeof createIdentityModel>;

interface Dependencies {
  identities: IdentityTable;
  users: UserModel;
  verifiedEmails: VerifiedEmailTable;
  sessions: SessionModel;
  confirmPassword: ConfirmPassword;
  events: Emitter;
  /** Unix time in milliseconds. */
  now: () => number;
}

/** Which account belongs to an identity at a provider. */
export function createIdentityModel(dependencies: Dependencies) {
  const { identities, users, verifiedEmails, sessions, confirmPassword, events, now } = dependencies;

  const liveSession = ({ userId, sessionId }: SessionActor) => sessions.find(userId, sessionId);

  /** The identity, if its account is there. That of a closed account is removed, as the erasure does it. */
  async function find(subject: ProviderSubject): Promise<Identity | null> {
    const identity = await identities.find(subject);
    if (!identity) return null;
    if (await users.findById(identity.userId)) return identity;
    await identities.delete(identity.id);
    return null;
  }

  /**
   * Makes the account of an identity. The placeholder in place of a password shows, until the identity is there, whose
   * account it is: another login of the same identity continues where this one stopped.
   * @returns false when another login was quicker
   */
  async function register(by: ProviderUser, placeholder: string, client: ClientContext): Promise<boolean> {
    const { email, name, provider } = by;
    const refuse = (reason: 'email_unverified' | 'link_required', detail: string) => {
      events.emit('login.failed', { userId: null, reason, detail: { provider }, ...client });
      return new ApiError(reason, { detail });
    };
    if (email === null) {
      const detail = `${provider} does not say that the address is verified. Verify it there, or log in with a password and link the identity.`;
      throw refuse('email_unverified', detail);
    }
    const create = (shown: string) => users.create(shown, email, placeholder);
    await create(name)
      // The provider's name may have characters that the database cannot hold.
      .catch(error => (hasCode(error, 'validation_failed') ? create(email) : Promise.reject(error)))
      .catch(error => {
        if (!hasCode(error, 'email_taken')) throw error;
      });
    const owner = await users.findByEmail(email);
    if (owner?.passwordHash !== placeholder) {
      if (await identities.find(by)) return false;
      const detail =
        'An account has this address. Log in to it, then link the identity with POST /auth/oidc/:provider/link.';
      throw refuse('link_required', detail);
    }
    await verifiedEmails.add(owner.user);
    if ((await identities.insert(by, owner.user.id)) === null) return false;
    events.emit('account.registered', { userId: owner.user.id, detail: { provider }, ...client });
    return true;
  }

  return {
    /**
     * The identity of a login. The first login makes an account without a password, if the provider has verified the
     * address and nobody has it. Any number of simultaneous first logins make one account.
     * @throws {ApiError} `email_unverified`, `link_required`
     * @throws {StoreError}
     */
    async resolve(by: ProviderUser, client: ClientContext): Promise<Identity> {
      const { provider, subject } = by;
      const hash = createHash('sha256')
        .update(JSON.stringify([provider, subject]))
        .digest('hex');
      const placeholder = `!oidc.${hash}`;
      for (let tries = 0; tries < TRIES; tries++) {
        const identity = await find(by);
        if (identity) {
          await users.replaceHash(identity.userId, placeholder, null);
          return identity;
        }
        await register(by, placeholder, client);
      }
      throw new ApiError('store_unavailable', {
        detail: 'The account is being changed at this moment. Begin the sign-in again.',
      });
    },

    /**
     * Whether the caller may link an identity. A stolen access token must not be enough: it needs the password, or where
     * there is none, a login in the last ten minutes.
     * @throws {ApiError} `invalid_credentials`, `account_locked`, `overloaded`, `token_revoked`
     * @throws {StoreError}
     */
    async confirmOwner(by: SessionActor, password: string | undefined): Promise<void> {
      const found = await users.findById(by.userId);
      if (!found) throw new ApiError('token_revoked');
      if (found.passwordHash !== null)
        return confirmPassword(password ?? '', found.passwordHash, by, 'identity.link_failed');
      const session = await liveSession(by);
      if (!session) throw new ApiError('token_revoked');
      if (now() - session.createdAt > RECENT_MS) {
        throw new ApiError('invalid_credentials', {
          detail: 'The login of this session is more than ten minutes old. Log in again, then link.',
        });
      }
    },

    /**
     * Links an identity to the account of a session that is still live.
     * @throws {ApiError} `token_revoked` when the session has ended, `link_required` when the identity is another
     *   account's or the account has too many
     * @throws {StoreError}
     */
    async link(subject: ProviderSubject, by: SessionActor): Promise<void> {
      const { userId } = by;
      const { provider } = subject;
      if (!(await liveSession(by))) throw new ApiError('token_revoked');
      const known = await find(subject);
      if (known?.userId === userId) return;
      const isFull = (await identities.list(userId)).length >= MAX_IDENTITIES;
      const id = known || isFull ? null : await identities.insert(subject, userId);
      if (id === null) {
        const detail = isFull
          ? `The account has ${MAX_IDENTITIES} identities. Unlink one first.`
          : 'The identity is linked to another account. Unlink it there first.';
        throw new ApiError('link_required', { detail });
      }
      // Again, because the session may have ended meanwhile, for example by a password change.
      if (!(await liveSession(by))) {
        await identities.delete(id);
        throw new ApiError('token_revoked');
      }
      events.emit('identity.linked', { detail: { provider }, ...by });
    },

    list: identities.list,

    /**
     * Removes an identity from the account, unless it is the last way to log in.
     * @throws {ApiError} `not_found`, `link_required` for the last way to log in
     * @throws {StoreError}
     */
    async unlink(id: number, by: SessionActor): Promise<void> {
      const identity = (await identities.list(by.userId)).find(one => one.id === id);
      if (identity && (await identities.deleteUnlessLast(id, by.userId))) {
        events.emit('identity.unlinked', { detail: { provider: identity.provider }, ...by });
        return;
      }
      if (identity && (await identities.has({ id, userId: by.userId }))) {
        throw new ApiError('link_required', {
          detail:
            'This is the last way to log in. Link another identity first, or set a password with POST /auth/forgot-password.',
        });
      }
      throw new ApiError('not_found', {
        detail: 'You have no identity with this id. GET /auth/oidc/identities lists them.',
      });
    },
  };
}

function hasCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof ApiError && error.code === code;
}
