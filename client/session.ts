import { AuthApiError, type AuthErrorCode } from './errors.ts';
import type { TokenResponse } from './responses.ts';

/** `logout`, or the code of the response that ended the session. */
export type SignedOutReason = 'logout' | AuthErrorCode;

/** A login and its later tokens. Only the current one is used. */
export interface Session {
  id: string;
  userId: number;
  accessToken: string;
  refreshToken: string | undefined;
  /** The one refresh in flight that all callers share. */
  refreshing?: Promise<TokenResponse> | undefined;
  /** Calls in flight that end the access token, such as a logout. */
  ending?: Promise<unknown>;
}

interface Options {
  /** Whether the refresh token is in a cookie, which every tab can use and none can read. */
  inCookie: boolean;
  /** Exchanges a refresh token for new tokens; rejects with an {@link AuthApiError}. */
  requestTokens: (refreshToken: string | undefined) => Promise<TokenResponse>;
}

/** Holds the session, and decides what a refused token means. */
export function createSessions({ inCookie, requestTokens }: Options) {
  const listeners = new Set<(reason: SignedOutReason) => void>();
  let current: Session | null = null;
  let restoring: Promise<TokenResponse> | undefined;
  /** Logins are numbered. Responses to logins up to `settled` are too late. */
  let begun = 0;
  let settled = 0;

  function signOut(session: Session, reason: SignedOutReason): void {
    if (session !== current) return;
    current = null;
    settled = begun;
    for (const listener of listeners) queueMicrotask(() => listener(reason));
  }

  /**
   * To be called before a login is sent.
   * @returns takes the answer in; throws {@link AuthApiError} `superseded` when it comes too late
   */
  function begin(): (answer: TokenResponse) => void {
    const number = ++begun;
    return answer => {
      if (number <= settled)
        throw new AuthApiError('superseded', { detail: 'A later sign-in or sign-out won.' });
      settled = number;
      current = { ...tokensOf(answer), userId: answer.user.id };
    };
  }

  function refresh(session: Session): Promise<TokenResponse> {
    session.refreshing ??= renew(session).finally(() => {
      session.refreshing = undefined;
    });
    return session.refreshing;
  }

  async function renew(session: Session): Promise<TokenResponse> {
    const { accessToken, refreshToken, userId } = session;
    const answer = await requestTokens(refreshToken);
    // Another tab may have another user: calls of one must not continue as the other.
    if (answer.user.id !== userId) {
      throw new AuthApiError('refresh_invalid', {
        status: 401,
        detail: 'The cookie is another user’s by now.',
      });
    }
    // A password change may have set newer tokens.
    if (session.accessToken === accessToken) Object.assign(session, tokensOf(answer));
    return answer;
  }

  /** Exchanges the cookie for a session after a page load. */
  async function restore(): Promise<TokenResponse> {
    const adopt = begin();
    const answer = await requestTokens(undefined);
    adopt(answer);
    return answer;
  }

  /** @returns what remains of the failure: nothing when other tokens are there by now */
  function conclude(session: Session, refusedToken: string, failure: AuthApiError): AuthApiError | undefined {
    if (session === current && session.accessToken !== refusedToken) return undefined;
    if (endsSession(failure)) signOut(session, failure.code);
    return failure;
  }

  return {
    begin,
    signOut,
    listeners,

    get current(): Session | null {
      return current;
    },

    /**
     * Finds out what to do about a refused access token: takes the tokens that have come meanwhile, or refreshes
     * them, or signs out. Whoever asks meanwhile gets the same.
     * @param isEnding the call that was refused is itself one of {@link Session.ending}
     * @returns nothing when there is a new token to try, otherwise what the call fails with
     */
    async recover(
      session: Session,
      refusedToken: string,
      refusal: AuthApiError,
      isEnding: boolean,
    ): Promise<AuthApiError | undefined> {
      if (!isEnding) await session.ending;
      let failure = refusal;
      const isOutdated = session !== current || session.accessToken !== refusedToken;
      // A revoked token's session has ended, unless another tab has refreshed it or the roles have changed.
      const mayGoOn = refusal.code !== 'token_revoked' || refusal.problem.reason === 'roles_changed';
      const canRefresh = inCookie || (session.refreshToken && mayGoOn);
      if (!isOutdated && (session.refreshing || canRefresh)) {
        failure = await refresh(session).then(
          () => refusal,
          (error: AuthApiError) => error,
        );
      }
      return conclude(session, refusedToken, failure);
    },

    /** Refreshes in any case; rejects with an {@link AuthApiError}. */
    async refresh(): Promise<TokenResponse> {
      const session = current;
      if (!session && inCookie) {
        restoring ??= restore().finally(() => {
          restoring = undefined;
        });
        return restoring;
      }
      if (!session || !(inCookie || session.refreshToken)) {
        throw new AuthApiError('refresh_invalid', { detail: 'There is no refresh token.' });
      }
      const { accessToken } = session;
      return refresh(session).catch(async (error: AuthApiError) => {
        await session.ending;
        conclude(session, accessToken, error);
        throw error;
      });
    },

    /** Takes the tokens of a password change. */
    replace(session: Session, answer: TokenResponse): void {
      Object.assign(session, tokensOf(answer));
    },

    /** Runs a call that ends the access token. Until it settles, other refused calls do not sign out. */
    async ending<T>(session: Session | null, call: () => Promise<T>): Promise<T> {
      const done = call();
      if (session) session.ending = Promise.allSettled([session.ending, done]);
      return done;
    },
  };
}

/** Whether a response means that the session has ended. Server errors and refused signatures do not mean that. */
export function endsSession({ status, code }: AuthApiError): boolean {
  return status === 401 && !code.startsWith('signature_');
}

function tokensOf(answer: TokenResponse): Pick<Session, 'id' | 'accessToken' | 'refreshToken'> {
  return { id: answer.session.id, accessToken: answer.access_token, refreshToken: answer.refresh_token };
}
