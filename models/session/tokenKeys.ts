import { createSecretKey, type JsonWebKey } from 'node:crypto';
import type { TokenKey } from '../../config/keySets.ts';

/** The keys of access tokens. It never changes; a reload makes a new one. */
export interface TokenKeySet {
  /** Signs new tokens. */
  active: TokenKey;
  /** The key of a token's `kid`; tokens without one are signed with JWT_SECRET. */
  find(kid: string | undefined): TokenKey | undefined;
  /** The public keys as a JWK Set (RFC 7517); secrets have none. */
  publicKeys: { keys: JsonWebKey[] };
}

/**
 * @param secret JWT_SECRET. It signs while no key is active, and verifies the tokens that it has signed.
 */
export function createTokenKeySet(secret: string, keys: TokenKey[]): TokenKeySet {
  // A string would be parsed as a public key at each verification, which costs 0.5 ms.
  const key = createSecretKey(secret, 'utf8');
  const ofSecret: TokenKey = {
    kid: undefined,
    algorithm: 'HS256',
    isActive: false,
    signingKey: key,
    verifyingKey: key,
  };
  const byKid = new Map([ofSecret, ...keys].map(each => [each.kid, each]));
  return {
    active: keys.find(({ isActive }) => isActive) ?? ofSecret,
    find: kid => byKid.get(kid),
    publicKeys: {
      keys: keys
        .filter(({ verifyingKey }) => verifyingKey.type === 'public')
        .map(({ kid, algorithm, verifyingKey }) => ({
          ...verifyingKey.export({ format: 'jwk' }),
          kid,
          alg: algorithm,
          use: 'sig',
        })),
    },
  };
}
