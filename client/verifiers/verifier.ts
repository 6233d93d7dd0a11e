/** The claims of the caller's access token; times in seconds since 1970. */
export interface Caller {
  userId: number;
  jti: string;
  sessionId: string;
  iat: number;
  exp: number;
}

/**
 * Checks an access token. Resolves with null for a token that is not active; rejects when the check could not be made.
 */
export type Verifier = (token: string) => Promise<Caller | null>;

/**
 * Reads the response of an introspection (RFC 7662, section 2.2).
 * @returns null for a token that is not active, and for anything that is no such response
 */
export function callerIn(response: unknown): Caller | null {
  if (typeof response !== 'object' || response === null) return null;
  const { active, sub, jti, sid, iat, exp } = response as Record<string, unknown>;
  if (active !== true) return null;
  return {
    userId: Number(sub),
    jti: String(jti),
    sessionId: String(sid),
    iat: Number(iat),
    exp: Number(exp),
  };
}
