import { AuthApiError } from './errors.ts';
import type {
  ActivityPage,
  IdentityEntry,
  RegisteredUser,
  SessionPage,
  TokenResponse,
  TotpEnrolment,
  User,
} from './responses.ts';
import { createSessions, endsSession, type Session, type SignedOutReason } from './session.ts';
import {
  type Answer,
  type Attempt,
  createSigner,
  isSafe,
  type Signable,
  type SignatureScheme,
} from './signer.ts';
import { createWire } from './wire.ts';

export { AuthApiError, type AuthErrorCode, type RefusedAnswer, toAuthApiError } from './errors.ts';
export type {
  ActivityEvent,
  ActivityPage,
  IdentityEntry,
  RegisteredUser,
  SessionEntry,
  SessionPage,
  TokenResponse,
  TotpEnrolment,
  User,
} from './responses.ts';
export type { SignedOutReason } from './session.ts';
export { type Answer, type Attempt, isSafe, type Signable, type SignatureScheme } from './signer.ts';

export interface AuthClientOptions {
  /** The URL of the API, with a path where it is not at the root, such as `https://example.com/api`. */
  baseUrl: string;
  /** The API's SIGNATURE_KEY, or the key of `clientId`. */
  signatureKey: string;
  /** The id under which the API's SIGNATURE_KEYS has the key. */
  clientId?: string;
  /** How requests are signed: `x-signature` unless given. */
  signatureScheme?: SignatureScheme;
  /** The API's REFRESH_DELIVERY. */
  refreshDelivery?: 'body' | 'cookie';
  /** The first listener of {@link AuthClient.onSignedOut}. */
  onSignedOut?: (reason: SignedOutReason) => void;
  /** Used in place of the global fetch. */
  fetch?: typeof globalThis.fetch;
  /** Unix time in milliseconds. */
  now?: () => number;
  /** Waits some milliseconds. */
  sleep?: (ms: number) => Promise<unknown>;
}

export interface CallOptions {
  /** Rejects the call with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** Which page of a list. */
export interface PageOptions {
  /** 1 to 100. */
  limit?: number;
  cursor?: string;
}

export interface RequestOptions extends CallOptions {
  /** Sent as JSON. */
  body?: object;
  headers?: Record<string, string>;
}

/** All calls reject with {@link AuthApiError}, or with the reason of their signal. */
export interface AuthClient {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly signedIn: boolean;
  /** The current access token, for other libraries. */
  readonly accessToken: string | undefined;
  /**
   * Calls the listener once for each session that ends.
   * @returns takes it off again
   */
  onSignedOut(listener: (reason: SignedOutReason) => void): () => void;

  register(
    user: { name: string; email: string; password: string },
    options?: CallOptions,
  ): Promise<{ user: RegisteredUser }>;
  /** Rejects with `mfa_required` for a user with a second factor; the error has `mfaToken` for `loginMfa`. */
  login(
    credentials: { email: string; password: string; deviceName?: string },
    options?: CallOptions,
  ): Promise<TokenResponse>;
  /** The second step. After `token_invalid` log in again. */
  loginMfa(
    step: { mfaToken: string; code: string } | { mfaToken: string; recoveryCode: string },
    options?: CallOptions,
  ): Promise<TokenResponse>;
  /** The OpenID Providers of the API. */
  oidcProviders(options?: CallOptions): Promise<{ providers: { name: string }[] }>;
  /**
   * Where the browser goes to sign in with a provider. It returns to the page with `code`, or with `error`, in the query.
   * @param page `returnTo` is a URL below the API's APP_URL, which it is unless given
   */
  oidcStartUrl(provider: string, page?: { returnTo?: string }): string;
  /** Exchanges the code of that page, in the same browser. Rejects with `mfa_required` as `login` does. */
  loginOidc(login: { code: string; deviceName?: string }, options?: CallOptions): Promise<TokenResponse>;
  /** Begins to link an identity: the browser goes to the URL and returns with `linked`, or with `error`. */
  linkIdentity(
    provider: string,
    proof?: { password?: string; returnTo?: string },
    options?: CallOptions,
  ): Promise<{ authorization_url: string }>;
  identities(options?: CallOptions): Promise<{ identities: IdentityEntry[] }>;
  unlinkIdentity(id: number, options?: CallOptions): Promise<void>;
  /** Begins to set up a second factor. Needs a verified e-mail address. */
  enrolTotp(proof: { password: string }, options?: CallOptions): Promise<TotpEnrolment>;
  /** Turns the second factor on with a first code. The recovery codes are shown only here. */
  confirmTotp(proof: { code: string }, options?: CallOptions): Promise<{ recovery_codes: string[] }>;
  /**
   * @param proof the code is one of the app's or a recovery code
   */
  disableTotp(proof: { password: string; code: string }, options?: CallOptions): Promise<void>;
  /**
   * @param link the token of the link in the mail
   */
  verifyEmail(link: { token: string }, options?: CallOptions): Promise<void>;
  resendVerification(options?: CallOptions): Promise<void>;
  /** Resolves for every address, known or not. */
  forgotPassword(account: { email: string }, options?: CallOptions): Promise<void>;
  /** Ends every session of the user, and signs nobody in. */
  resetPassword(reset: { token: string; newPassword: string }, options?: CallOptions): Promise<void>;
  /** Resolves when the session has ended. If it rejects, the client stays signed in. */
  logout(options?: CallOptions): Promise<void>;
  /** Ends every other session of the user. This client gets new tokens. */
  changePassword(
    passwords: { currentPassword: string; newPassword: string },
    options?: CallOptions,
  ): Promise<TokenResponse>;
  profile(options?: CallOptions): Promise<{ user: User }>;
  updateProfile(changes: { name: string }, options?: CallOptions): Promise<{ user: User }>;
  /**
   * Called automatically when needed. With cookies it also resumes the session after a page load; `refresh_invalid`
   * means that there is none.
   */
  refresh(): Promise<TokenResponse>;
  /** @param options `limit` is 20 unless given, `cursor` the `next` of the page before */
  sessions(options?: CallOptions & PageOptions): Promise<SessionPage>;
  endSession(id: string, options?: CallOptions): Promise<void>;
  logoutAll(options?: CallOptions & { keepCurrent?: boolean }): Promise<{ ended_sessions: number }>;
  /** @param page `limit` is 20 unless given, `cursor` the `next` of the page before */
  activity(page?: PageOptions, options?: CallOptions): Promise<ActivityPage>;
  /**
   * Closes the account and ends the session.
   * @param options the code is needed where the second factor is on: one of the app's or a recovery code
   */
  closeAccount(password: string, options?: CallOptions & { code?: string }): Promise<void>;

  /**
   * Calls one of your own endpoints with the same guards, and signs changing requests.
   * @param path what follows `baseUrl`, beginning with a slash
   * @returns the answer's JSON; nothing when it is empty
   */
  request<T = unknown>(method: string, path: string, options?: RequestOptions): Promise<T>;
  /**
   * The core of every call, for adapters to other HTTP libraries: makes attempts with the headers they need until one
   * succeeds or no further one can. The error may be that of a refresh.
   */
  guard<T>(request: Signable & CallOptions, attempt: Attempt<T>): Promise<Answer<T>>;
}

const TOKEN_REFUSALS: ReadonlySet<string> = new Set(['token_expired', 'token_invalid', 'token_revoked']);
const TRANSIENT: ReadonlySet<number> = new Set([0, 502, 503, 504]);
const MAX_WAITS = 2;
/** Well below the default REFRESH_LEEWAY of 10 s, after which a repeated refresh counts as theft. */
const MAX_WAIT_S = 5;
/** With a cookie, another tab may end a new token before it is used. So tabs try again at different times. */
const MAX_COOKIE_RECOVERIES = 4;
const SPREAD_MS = 200;

/**
 * A client of the API for Node.js and browsers: signs requests, keeps the tokens in memory, refreshes them, and
 * repeats what is safe to repeat.
 * @throws {TypeError} when the options are of no use, or without Web Crypto
 */
export function createAuthClient(options: AuthClientOptions): AuthClient {
  const { signatureKey, refreshDelivery = 'body', now = Date.now } = options;
  const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const sleep = options.sleep ?? (ms => new Promise(resolve => setTimeout(resolve, ms)));
  if (!signatureKey) throw new TypeError('signatureKey is missing');
  const { origin, pathname } = new URL(options.baseUrl);
  const baseUrl = origin + pathname.replace(/\/+$/, '');
  const inCookie = refreshDelivery === 'cookie';
  const wire = createWire({ baseUrl, fetch, credentials: inCookie });
  const signer = createSigner({
    secret: signatureKey,
    now,
    clientId: options.clientId,
    scheme: options.signatureScheme,
    baseUrl,
  });
  const sessions = createSessions({ inCookie, requestTokens });
  if (options.onSignedOut) sessions.listeners.add(options.onSignedOut);

  interface Call extends RequestOptions {
    /** The session whose token is sent; the current one by default. */
    session?: Session | null;
    /** Ends the access token. */
    isEnding?: boolean;
    /** Needs the cookie of a sign-in. */
    hasCookie?: boolean;
  }

  /** Exchanges the refresh token or the cookie for new tokens; tries twice when the response may be lost. */
  async function requestTokens(refreshToken: string | undefined): Promise<TokenResponse> {
    // Without the nonce two browsers that refresh in the same millisecond would send the same signature.
    const value = inCookie ? { nonce: crypto.randomUUID() } : { refresh_token: refreshToken };
    const request = wire.request('POST', '/auth/refresh', value);
    const send = () => signer.send(request, headers => wire.send<TokenResponse>(request, headers));
    let answer = await send();
    if (answer.refusal && TRANSIENT.has(answer.refusal.status)) {
      if (answer.refusal.retryAfter) await sleep(waitFor(answer.refusal.retryAfter));
      answer = await send();
    }
    if (answer.refusal) throw answer.refusal;
    return tokensIn(answer.value);
  }

  async function guard<T>(
    request: Signable & CallOptions,
    attempt: Attempt<T>,
    session = sessions.current,
    isEnding = false,
  ): Promise<Answer<T>> {
    const maxRecoveries = inCookie ? MAX_COOKIE_RECOVERIES : 1;
    let waits = isSafe(request.method) ? MAX_WAITS : 0;
    let recoveries = 0;
    for (;;) {
      const token = session?.accessToken;
      const bearer: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
      const answer = await signer.send({ ...request, authorization: bearer.Authorization }, signature =>
        attempt({ ...bearer, ...signature }),
      );
      const { refusal } = answer;
      if (refusal?.status === 503 && refusal.retryAfter !== undefined && waits > 0) {
        waits--;
        await unlessAborted(sleep(waitFor(refusal.retryAfter)), request.signal);
      } else if (
        session &&
        token &&
        recoveries < maxRecoveries &&
        refusal &&
        TOKEN_REFUSALS.has(refusal.code)
      ) {
        if (recoveries++ > 0) await unlessAborted(sleep(Math.random() * SPREAD_MS), request.signal);
        const recovery = sessions.recover(session, token, refusal, isEnding);
        const failure = await unlessAborted(recovery, request.signal);
        if (failure) return { ...answer, refusal: failure };
      } else {
        return answer;
      }
    }
  }

  async function call<T>(method: string, path: string, options: Call = {}): Promise<T> {
    const { body, headers, signal, session, isEnding, hasCookie } = options;
    const request = { ...wire.request(method, path, body), headers, signal, hasCookie };
    const send: Attempt<T | undefined> = added => wire.send<T>(request, added);
    const { value, refusal } = await guard(request, send, session, isEnding);
    if (refusal) throw refusal;
    return value as T;
  }

  /** A call whose response has the tokens of a new session. */
  async function signIn(
    path: string,
    body: object,
    options: CallOptions & Pick<Call, 'hasCookie'> = {},
  ): Promise<TokenResponse> {
    const adopt = sessions.begin();
    const answer = tokensIn(await call('POST', path, { ...options, body, session: null }));
    adopt(answer);
    return answer;
  }

  /** A call that ends its own session, and so the client's. */
  function leave<T>(method: string, path: string, options?: RequestOptions): Promise<T> {
    const session = sessions.current;
    return sessions.ending(session, async () => {
      const answer = await call<T>(method, path, { ...options, session, isEnding: true });
      if (session) sessions.signOut(session, 'logout');
      return answer;
    });
  }

  return {
    baseUrl,
    get signedIn() {
      return sessions.current !== null;
    },
    get accessToken() {
      return sessions.current?.accessToken;
    },
    onSignedOut(listener) {
      sessions.listeners.add(listener);
      return () => sessions.listeners.delete(listener);
    },

    register: (user, options) => call('POST', '/auth/register', { ...options, body: user, session: null }),

    login: ({ email, password, deviceName }, options) =>
      signIn('/auth/login', { email, password, device_name: deviceName }, options),

    loginMfa({ mfaToken, ...proof }, options) {
      const body = 'code' in proof ? proof : { recovery_code: proof.recoveryCode };
      return signIn('/auth/login/mfa', { mfa_token: mfaToken, ...body }, options);
    },

    oidcProviders: options => call('GET', '/auth/oidc', { ...options, session: null }),
    oidcStartUrl(provider, { returnTo } = {}) {
      const query = returnTo === undefined ? '' : `?${new URLSearchParams({ return_to: returnTo })}`;
      return `${baseUrl}/auth/oidc/${encodeURIComponent(provider)}/start${query}`;
    },
    loginOidc: ({ code, deviceName }, options) =>
      signIn('/auth/oidc/token', { code, device_name: deviceName }, { ...options, hasCookie: true }),
    linkIdentity(provider, { password, returnTo } = {}, options) {
      const body = { password, return_to: returnTo, nonce: crypto.randomUUID() };
      const path = `/auth/oidc/${encodeURIComponent(provider)}/link`;
      return call('POST', path, { ...options, body, hasCookie: true });
    },
    identities: options => call('GET', '/auth/oidc/identities', options),
    unlinkIdentity: (id, options) =>
      call('DELETE', `/auth/oidc/identities/${id}`, { ...options, body: { nonce: crypto.randomUUID() } }),

    // Without the nonce two users would send the same signature in the same millisecond.
    enrolTotp: ({ password }, options) =>
      call('POST', '/auth/mfa/totp', { ...options, body: { password, nonce: crypto.randomUUID() } }),
    confirmTotp: ({ code }, options) =>
      call('POST', '/auth/mfa/totp/confirm', { ...options, body: { code, nonce: crypto.randomUUID() } }),
    disableTotp: ({ password, code }, options) =>
      call('DELETE', '/auth/mfa/totp', { ...options, body: { password, code } }),

    async logout(options) {
      try {
        // After a page load only the cookie has the session.
        if (inCookie && !sessions.current) await sessions.refresh();
        await leave('POST', '/auth/logout', { ...options, body: { nonce: crypto.randomUUID() } });
      } catch (error) {
        if (!(error instanceof AuthApiError && endsSession(error))) throw error;
      }
    },

    changePassword({ currentPassword, newPassword }, options) {
      const session = sessions.current;
      const body = { current_password: currentPassword, new_password: newPassword };
      return sessions.ending(session, async () => {
        const way = { ...options, body, session, isEnding: true };
        const answer = tokensIn(await call('POST', '/auth/change-password', way));
        if (session) sessions.replace(session, answer);
        return answer;
      });
    },

    verifyEmail: (link, options) =>
      call('POST', '/auth/verify-email', { ...options, body: link, session: null }),
    resendVerification: options =>
      call('POST', '/auth/verify-email/resend', { ...options, body: { nonce: crypto.randomUUID() } }),
    forgotPassword: (account, options) =>
      call('POST', '/auth/forgot-password', {
        ...options,
        body: { ...account, nonce: crypto.randomUUID() },
        session: null,
      }),
    resetPassword: ({ token, newPassword }, options) =>
      call('POST', '/auth/reset-password', {
        ...options,
        body: { token, new_password: newPassword },
        session: null,
      }),

    profile: options => call('GET', '/auth/profile', options),
    updateProfile: (changes, options) => call('PATCH', '/auth/profile', { ...options, body: changes }),
    refresh: sessions.refresh,
    sessions: ({ limit, cursor, ...options } = {}) =>
      call('GET', withPage('/auth/sessions', { limit, cursor }), options),

    endSession(id, options) {
      const path = `/auth/sessions/${encodeURIComponent(id)}`;
      return id === sessions.current?.id ? leave('DELETE', path, options) : call('DELETE', path, options);
    },

    logoutAll({ keepCurrent = false, ...options } = {}) {
      const body = { keep_current: keepCurrent, nonce: crypto.randomUUID() };
      const end = keepCurrent ? call : leave;
      return end('POST', '/auth/logout-all', { ...options, body });
    },

    activity: (page = {}, options) => call('GET', withPage('/auth/activity', page), options),

    closeAccount(password, { code, ...options } = {}) {
      const body = { password, code, nonce: crypto.randomUUID() };
      return leave('DELETE', '/auth/account', { ...options, body });
    },

    request: call,
    guard: (request, attempt) => guard(request, attempt),
  };
}

function withPage(path: string, { limit, cursor }: PageOptions): string {
  const query = new URLSearchParams({
    ...(limit !== undefined && { limit: String(limit) }),
    ...(cursor !== undefined && { cursor }),
  });
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

function tokensIn(answer: TokenResponse | undefined): TokenResponse {
  if (answer?.access_token && answer.session && answer.user) return answer;
  throw new AuthApiError('unexpected_answer', { status: 200, detail: 'There are no tokens in the answer.' });
}

/** @returns milliseconds */
function waitFor(seconds: number): number {
  return Math.min(seconds, MAX_WAIT_S) * 1000;
}

/** Lets one caller stop waiting while others still wait. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
