import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { ApiError } from '../../errors.ts';

const ALGORITHM = 'HS256';
/** How far the clock of another process may be ahead of ours. */
const CLOCK_SKEW_S = 60;
/** The number of cached tokens, about 1 KB each. */
const REMEMBERED = 10_000;

/** Longer texts are no tokens of ours, and are not worth the check of their signature. */
const MAX_LENGTH = 4096;
const COMPACT_JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const headerSchema = z.strictObject({ alg: z.literal(ALGORITHM), typ: z.literal('JWT') });
const claimsSchema = z.object({
  sub: z.string().regex(/^[1-9]\d{0,15}$/),
  jti: z.uuid(),
  sid: z.uuid(),
  iat: z.int().nonnegative(),
  exp: z.int().nonnegative(),
});

/** The claims of an access token. Times are in seconds since 1970. */
export interface AccessClaims {
  userId: number;
  jti: string;
  sessionId: string;
  iat: number;
  exp: number;
}

export interface TokenOptions {
  secret: string;
  issuer: string;
  audience: string;
}

export type TokenModel = ReturnType<typeof createTokenModel>;

/**
 * Access tokens: JWT (RFC 7519) with HS256.
 * @param now Unix time in milliseconds
 */
export function createTokenModel({ secret, issuer, audience }: TokenOptions, now: () => number) {
  // A string would be parsed as a public key at each verification, which costs 0.5 ms.
  const key = createSecretKey(secret, 'utf8');
  const identity = { issuer, audience };
  /** The claims of a token never change. The allowlist is still checked each time. */
  const verified = new LRUCache<string, AccessClaims>({ max: REMEMBERED });

  return {
    identity,

    sign({ userId, jti, sessionId, iat, exp }: AccessClaims): string {
      return jwt.sign({ sid: sessionId, iat, exp }, key, {
        algorithm: ALGORITHM,
        subject: String(userId),
        jwtid: jti,
        ...identity,
      });
    },

    /**
     * Checks signature, issuer, audience, times and claims. The allowlist is the session model's.
     * @throws {ApiError} `token_expired`, `token_invalid`
     */
    verify(token: string): AccessClaims {
      const seconds = Math.floor(now() / 1000);
      const known = verified.get(token);
      if (known && seconds < known.exp) return known;
      if (token.length > MAX_LENGTH || !COMPACT_JWT.test(token)) throw new ApiError('token_invalid');
      const { header, payload } = decode(token, seconds);
      const claims = claimsSchema.safeParse(payload);
      if (
        !headerSchema.safeParse(header).success ||
        !claims.success ||
        claims.data.iat > seconds + CLOCK_SKEW_S
      ) {
        throw new ApiError('token_invalid');
      }
      const { sub, jti, sid, iat, exp } = claims.data;
      const read = Object.freeze({ userId: Number(sub), jti, sessionId: sid, iat, exp });
      verified.set(token, read);
      return read;
    },
  };

  function decode(token: string, clockTimestamp: number): jwt.Jwt {
    try {
      return jwt.verify(token, key, { algorithms: [ALGORITHM], complete: true, clockTimestamp, ...identity });
    } catch (error) {
      throw new ApiError(error instanceof jwt.TokenExpiredError ? 'token_expired' : 'token_invalid');
    }
  }
}
