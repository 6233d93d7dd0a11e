import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { textsIn, type Verifier } from './verifier.ts';

/** As the API's Cache-Control for the key set says. */
const KEY_SET_MS = 300_000;
/** Tokens with unknown keys make the set be fetched again, at most this often. */
const COOLDOWN_MS = 30_000;

export interface JwksOptions {
  /** The URL of the API, with a path where it is not at the root. */
  baseUrl: string;
  /** The API's JWT_ISSUER (`express-auth-api`). */
  issuer?: string;
  /** The API's JWT_AUDIENCE (`express-auth-api`). */
  audience?: string;
  /** How long the API may take to send its keys, in ms (2000). */
  timeoutMs?: number;
}

export interface AllowlistOptions {
  /** A client of the API's Redis: node-redis, ioredis or another one with `get`. */
  client: { get(key: string): Promise<string | null> };
  /** True where the API's Redis is a cluster: its keys have a hash tag. */
  isCluster?: boolean;
  /** How long Redis may take, in ms (300). */
  timeoutMs?: number;
}

/** The errors of tokens. All others mean that the keys cannot be had. */
const TOKEN_ERRORS = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

/**
 * Verifies each token in this process with the public keys of the API (RFC 7517), and looks it up in the API's
 * allowlist where there is one to read. Without Redis a revoked token is accepted until it expires.
 * @throws {TypeError} when an option is missing
 */
export function jwksVerifier(jwks: JwksOptions, redis?: AllowlistOptions): Verifier {
  const { baseUrl, issuer = 'express-auth-api', audience = 'express-auth-api', timeoutMs = 2000 } = jwks;
  if (!baseUrl) throw new TypeError('jwks needs baseUrl');
  if (redis && !redis.client) throw new TypeError('redis needs client');
  const keys = createRemoteJWKSet(new URL(`${withoutSlash(baseUrl)}/.well-known/jwks.json`), {
    timeoutDuration: timeoutMs,
    cacheMaxAge: KEY_SET_MS,
    cooldownDuration: COOLDOWN_MS,
  });
  const rules = {
    issuer,
    audience,
    algorithms: ['ES256', 'RS256'],
    typ: 'JWT',
    requiredClaims: ['sub', 'jti', 'sid', 'iat', 'exp'],
  };

  return async token => {
    const caller = await verify(token);
    return caller && (!redis || (await isAllowed(redis, caller))) ? caller : null;
  };

  async function verify(token: string) {
    try {
      const { payload } = await jwtVerify(token, keys, rules);
      const { sub, jti, sid, iat, exp } = payload as Record<'sub' | 'jti' | 'sid', string> & Times;
      const { roles, amr } = payload;
      return { userId: Number(sub), jti, sessionId: sid, iat, exp, roles: textsIn(roles), amr: textsIn(amr) };
    } catch (error) {
      if (TOKEN_ERRORS.some(each => error instanceof each)) return null;
      throw error;
    }
  }
}

/** A loop, because the pattern of a trailing slash would need more time the longer the text is. */
function withoutSlash(url: string): string {
  return url.endsWith('/') ? withoutSlash(url.slice(0, -1)) : url;
}

type Times = Record<'iat' | 'exp', number>;

/** Reads `jwt:<user id>:<jti>`, as the API does. */
async function isAllowed(
  { client, isCluster = false, timeoutMs = 300 }: AllowlistOptions,
  { userId, jti }: { userId: number; jti: string },
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis gave no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    const key = isCluster ? `jwt:{${userId}}:${jti}` : `jwt:${userId}:${jti}`;
    return (await Promise.race([client.get(key), late])) === 'allow';
  } finally {
    clearTimeout(timer);
  }
}
