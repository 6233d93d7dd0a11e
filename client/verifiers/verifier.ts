/** The claims of the caller's access token; times in seconds since 1970. */
export interface Caller {
  userId: number;
  jti: string;
  sessionId: string;
  iat: number;
  exp: number;
  roles: readonly string[];
  /** How the user logged in: has `mfa` with a second factor (RFC 8176). */
  amr: readonly string[];
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
  const { active, sub, jti, sid, iat, exp, roles, amr } = response as Record<string, unknown>;
  if (active !== true) return null;
  return {
    userId: Number(sub),
    jti: String(jti),
    sessionId: String(sid),
    iat: Number(iat),
    exp: Number(exp),
    roles: textsIn(roles),
    amr: textsIn(amr),
  };
}

/** A claim that is a list of texts; an empty list for anything else. */
export function textsIn(claim: unknown): string[] {
  return Array.isArray(claim) ? claim.filter(entry => typeof entry === 'string') : [];
}
