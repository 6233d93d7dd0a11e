import type { IncomingMessage, ServerResponse } from 'node:http';
import { AuthApiError } from './errors.ts';
import { type IntrospectOptions, introspectVerifier } from './verifiers/introspect.ts';
import { type AllowlistOptions, type JwksOptions, jwksVerifier } from './verifiers/jwks.ts';
import { type NatsOptions, natsVerifier } from './verifiers/nats.ts';
import type { Caller, Verifier } from './verifiers/verifier.ts';

export type { AllowlistOptions, Caller, IntrospectOptions, JwksOptions, NatsOptions };

interface Common {
  /** Called with the reason of each 503, for the service's log. */
  onError?: (error: unknown) => void;
}

/** One of the ways to check a token. */
export type RequireAuthOptions = Common &
  (
    | { introspect: IntrospectOptions; nats?: never; jwks?: never; redis?: never }
    | { nats: NatsOptions; introspect?: never; jwks?: never; redis?: never }
    | { jwks: JwksOptions; redis?: AllowlistOptions; introspect?: never; nats?: never }
  );

declare global {
  namespace Express {
    interface Request {
      /** Set by `requireAuth`. */
      auth: Caller;
    }
  }
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
 * that is missing or not active gets 401. When nobody can tell, the response is 503 and the request is not let
 * through.
 * @throws {TypeError} when an option is missing, or for more than one way
 */
export function requireAuth(options: RequireAuthOptions): Handler {
  const { onError = () => {} } = options;
  const verify = verifierOf(options);

  return async function requireAuth(req, res, next) {
    const header = req.headers.authorization ?? '';
    const [, token] = header.length > MAX_HEADER_LENGTH ? [] : (BEARER.exec(header) ?? []);
    if (!token) return send(res, header === '' ? 'token_missing' : 'token_invalid', undefined);
    let caller: Caller | null;
    try {
      caller = await verify(token);
    } catch (cause) {
      onError(cause);
      return send(res, 'store_unavailable', cause);
    }
    if (!caller) return send(res, 'token_invalid', undefined);
    req.auth = caller;
    next();
  };
}

/**
 * Express middleware behind {@link requireAuth}: accepts a caller who has the role. Others get 403
 * `insufficient_role`. A change of roles revokes the access token, so a role is as current as the check of the token.
 */
export function requireRole(role: string) {
  return function requireRole(
    req: IncomingMessage & { auth?: Caller },
    res: ServerResponse,
    next: (error?: unknown) => void,
  ): void {
    if (req.auth?.roles.includes(role)) next();
    else send(res, 'insufficient_role', undefined);
  };
}

function verifierOf({ introspect, nats, jwks, redis }: RequireAuthOptions): Verifier {
  const ways = [introspect, nats, jwks].filter(Boolean).length;
  if (ways !== 1 || (redis && !jwks)) {
    throw new TypeError('requireAuth needs one of introspect, nats and jwks; redis goes with jwks');
  }
  if (introspect) return introspectVerifier(introspect);
  return nats ? natsVerifier(nats) : jwksVerifier(jwks, redis);
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
  insufficient_role: {
    status: 403,
    title: 'The caller may not do this',
    detail: 'The role of the user does not include this request.',
    headers: {},
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
