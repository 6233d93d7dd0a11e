import type { IncomingMessage, ServerResponse } from 'node:http';
import { AuthApiError } from './errors.ts';
import { type Answer, createSigner } from './signer.ts';
import { createWire } from './wire.ts';

/** The claims of the caller's access token; times in seconds since 1970. */
export interface Caller {
  userId: number;
  jti: string;
  sessionId: string;
  iat: number;
  exp: number;
}

export interface RequireAuthOptions {
  /** Asks the API about each token (RFC 7662). */
  introspect: {
    /** The URL of the API, with a path where it is not at the root. */
    baseUrl: string;
    /** The API's SIGNATURE_KEY, or the key of `clientId`. */
    signatureKey: string;
    /** The id under which the API's SIGNATURE_KEYS has the key. */
    clientId?: string;
    /** How long the API may take, in ms (2000). After it the response is 503. */
    timeoutMs?: number;
    /** Used in place of the global fetch. */
    fetch?: typeof globalThis.fetch;
  };
  /** Called with the reason of each 503, for the service's log. */
  onError?: (error: unknown) => void;
}

declare global {
  namespace Express {
    interface Request {
      /** Set by `requireAuth`. */
      auth: Caller;
    }
  }
}

/** The response of `POST /auth/introspect`. */
interface Introspection {
  active: boolean;
  sub: string;
  jti: string;
  sid: string;
  iat: number;
  exp: number;
}

type Handler = (
  req: IncomingMessage & { auth?: Caller },
  res: ServerResponse,
  next: (error?: unknown) => void,
) => Promise<void>;

const BEARER = /^bearer +([^ ]+) *$/i;
const MAX_HEADER_LENGTH = 4096;

/**
 * Express middleware for other services: accepts a request whose access token is active, and sets `req.auth`. A token
 * that is missing or not active gets 401. When the API cannot tell, the response is 503 and the request is not let
 * through. Nothing is cached, so a logout counts at the next request.
 * @throws {TypeError} when an option is missing
 */
export function requireAuth({ introspect, onError = () => {} }: RequireAuthOptions): Handler {
  const { baseUrl, signatureKey, timeoutMs = 2000 } = introspect;
  if (!baseUrl || !signatureKey) throw new TypeError('introspect needs baseUrl and signatureKey');
  const fetch = introspect.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const { origin, pathname } = new URL(baseUrl);
  const wire = createWire({
    baseUrl: origin + (pathname === '/' ? '' : pathname),
    fetch,
    credentials: false,
  });
  const signer = createSigner(signatureKey, Date.now, introspect.clientId);

  /** @returns null for a token that is not active */
  async function callerOf(token: string): Promise<Caller | null> {
    // Without the nonce two processes that ask about a token in the same millisecond would send the same signature.
    const body = { token, nonce: crypto.randomUUID() };
    const request = {
      ...wire.request('POST', '/auth/introspect', body),
      signal: AbortSignal.timeout(timeoutMs),
    };
    const { value, refusal }: Answer<Introspection | undefined> = await signer.send(request, headers =>
      wire.send<Introspection>(request, headers),
    );
    if (refusal) throw refusal;
    if (value?.active !== true) return null;
    const { sub, jti, sid, iat, exp } = value;
    return { userId: Number(sub), jti, sessionId: sid, iat, exp };
  }

  return async function requireAuth(req, res, next) {
    const header = req.headers.authorization ?? '';
    const [, token] = header.length > MAX_HEADER_LENGTH ? [] : (BEARER.exec(header) ?? []);
    if (!token) return send(res, header === '' ? 'token_missing' : 'token_invalid', undefined);
    let caller: Caller | null;
    try {
      caller = await callerOf(token);
    } catch (cause) {
      onError(cause);
      return send(res, 'store_unavailable', cause);
    }
    if (!caller) return send(res, 'token_invalid', undefined);
    req.auth = caller;
    next();
  };
}

const REFUSALS = {
  token_missing: {
    status: 401,
    title: 'An access token is needed',
    detail: 'Send the access token as `Authorization: Bearer <token>`.',
    headers: { 'WWW-Authenticate': 'Bearer realm="auth"' },
  },
  token_invalid: {
    status: 401,
    title: 'The access token is not valid',
    detail: 'It has expired, was revoked, or is no token of this API. Refresh it or log in again.',
    headers: { 'WWW-Authenticate': 'Bearer realm="auth", error="invalid_token"' },
  },
  store_unavailable: {
    status: 503,
    title: 'The access token cannot be checked at the moment',
    detail: 'Keep your tokens and try again after Retry-After.',
    headers: { 'Retry-After': '1' },
  },
} as const;

/** Problem details (RFC 9457), as the API itself sends them. */
function send(res: ServerResponse, code: keyof typeof REFUSALS, cause: unknown): void {
  const { status, title, detail, headers } = REFUSALS[code];
  const retryAfter = cause instanceof AuthApiError && cause.retryAfter;
  res.writeHead(status, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...headers,
    ...(retryAfter && { 'Retry-After': String(retryAfter) }),
  });
  res.end(JSON.stringify({ title, status, code, detail }));
}
