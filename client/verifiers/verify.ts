/** The claims of the caller's access token; times in seconds since 1970. */
export interface Caller {
  userId: number;
  jti: string;
  sessionId: string;
  iat: number;
  exp: number;
}

/**
 * Checks an access token.
 * @returns null for a token that is not active
 * @throws when nobody can tell at the moment
 */
export type Verify = (token: string) => Promise<Caller | null>;
