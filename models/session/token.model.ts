import jwt from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import * as z from 'zod';
import type { TokenKey } from '../../config/keySets.ts';
import { ApiError } from '../../errors.ts';
import type { TokenKeySet } from './tokenKeys.ts';

/** How far the clock of another process may be ahead of ours. */
const CLOCK_SKEW_S = 60;
/** The number of cached tokens, about 1 KB each. */
const REMEMBERED = 10_000;

/** Longer texts are no tokens of ours, and are not worth the check of their signature. */
export const MAX_TOKEN_LENGTH = 4096;
const COMPACT_JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const headerSchema = z.strictObject({ alg: z.string(), typ: z.literal('JWT'), kid: z.string().optional() });
const claimsSchema = z.object({
  sub: z.string().regex(/^[1-9]\d{0,15}$/),
  jti: z.uuid(),
  sid: z.uuid(),
  iat: z.int().nonnegative(),
  exp: z.int().nonnegative(),
  roles: z.array(z.string()).default([]),
  amr: z.array(z.string()).default([]),
});

/** The claims of an access token. Times are in seconds since 1970. */
export interface AccessClaims {
  userId: number;
  jti: string;
  sessionId: string;
  iat: number;
  exp: number;
  /** What the user may do besides using the own account (RFC 9068, section 2.2.3.1). */
  roles: readonly string[];
  /** How the user logged in, where that was with a second factor (RFC 8176): `otp` and `mfa`, after a password also `pwd`. */
  amr: readonly string[];
}

export interface TokenOptions {
  /** The current keys, asked for each token, because they may be replaced. */
  keys: () => TokenKeySet;
  issuer: string;
  audience: string;
}

/** Why a token is refused. Clients get only the code of the error. */
export type Refusal =
  | 'too_long'
  | 'form'
  | 'header'
  | 'key'
  | 'algorithm'
  | 'signature'
  | 'not_before'
  | 'expired'
  | 'audience'
  | 'issuer'
  | 'claims'
  | 'issued_later';

/** `token_expired` or `token_invalid`, with the reason for operators. */
export class TokenRefusedError extends ApiError {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal === 'expired' ? 'token_expired' : 'token_invalid');
    this.refusal = refusal;
  }
}

export type TokenModel = ReturnType<typeof createTokenModel>;

/**
 * Access tokens: JWT (RFC 7519). Each key has one algorithm: HS256, ES256 or RS256 (RFC 7518, section 3).
 * @param now Unix time in milliseconds
 */
export function createTokenModel({ keys, issuer, audience }: TokenOptions, now: () => number) {
  const identity = { issuer, audience };
  /** The claims of a token never change. The allowlist is still checked each time. */
  const verified = new LRUCache<string, AccessClaims>({ max: REMEMBERED });
  let verifiedUnder = keys();

  return {
    identity,

    sign({ userId, jti, sessionId, iat, exp, roles, amr }: AccessClaims): string {
      const { active } = keys();
      const claims = {
        sid: sessionId,
        iat,
        exp,
        ...(roles.length > 0 && { roles }),
        ...(amr.length > 0 && { amr }),
        aud: audience,
        iss: issuer,
        sub: String(userId),
        jti,
      };
      return jwt.sign(claims, active.signingKey, {
        algorithm: active.algorithm,
        ...(active.kid !== undefined && { keyid: active.kid }),
      });
    },

    /**
     * Checks signature, issuer, audience, times and claims. The allowlist is the session model's.
     * @throws {TokenRefusedError} `token_expired`, `token_invalid`
     */
    verify(token: string): AccessClaims {
      const set = keys();
      if (set !== verifiedUnder) {
        verified.clear();
        verifiedUnder = set;
      }
      const seconds = Math.floor(now() / 1000);
      const known = verified.get(token);
      if (known && seconds < known.exp) return known;
      if (token.length > MAX_TOKEN_LENGTH) throw new TokenRefusedError('too_long');
      if (!COMPACT_JWT.test(token)) throw new TokenRefusedError('form');
      const claims = claimsSchema.safeParse(decode(token, keyOf(token, set), seconds));
      if (!claims.success) throw new TokenRefusedError('claims');
      if (claims.data.iat > seconds + CLOCK_SKEW_S) throw new TokenRefusedError('issued_later');
      const { sub, sid: sessionId, ...same } = claims.data;
      const read = Object.freeze({ userId: Number(sub), sessionId, ...same });
      verified.set(token, read);
      return read;
    },
  };

  function decode(token: string, { verifyingKey, algorithm }: TokenKey, clockTimestamp: number): unknown {
    try {
      return jwt.verify(token, verifyingKey, { algorithms: [algorithm], clockTimestamp, ...identity });
    } catch (error) {
      throw new TokenRefusedError(refusalOf(error));
    }
  }
}

/** What jsonwebtoken found, by the beginning of its message. It checks in this order. */
const REFUSALS: [RegExp, Refusal][] = [
  [/^(invalid token|jwt malformed)$/, 'form'],
  [/^invalid signature|signatures must be/, 'signature'],
  [/^jwt not active/, 'not_before'],
  [/^jwt expired/, 'expired'],
  [/^jwt audience/, 'audience'],
  [/^jwt issuer/, 'issuer'],
];

function refusalOf(error: unknown): Refusal {
  if (error instanceof SyntaxError) return 'form'; // the payload is no JSON
  const { message } = error as Error;
  return REFUSALS.find(([text]) => text.test(message))?.[1] ?? 'claims';
}

/** The key of our own set that the token's header names. */
function keyOf(token: string, keys: TokenKeySet): TokenKey {
  const header = headerSchema.safeParse(headerOf(token));
  if (!header.success) throw new TokenRefusedError('header');
  const key = keys.find(header.data.kid);
  if (!key) throw new TokenRefusedError('key');
  if (key.algorithm !== header.data.alg) throw new TokenRefusedError('algorithm');
  return key;
}

function headerOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString());
  } catch {
    return undefined;
  }
}
