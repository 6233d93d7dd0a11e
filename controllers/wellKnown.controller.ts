import type { Request, Response } from 'express';
import type { TokenKeySet } from '../models/session/tokenKeys.ts';

/** How long a reader may keep the key set. `npm run keys -- rotate` waits for it. */
const MAX_AGE_S = 300;

/** @param keys gives the current keys */
export function createWellKnownController(keys: () => TokenKeySet) {
  return {
    /** The public keys of the access tokens: a JWK Set (RFC 7517, section 5). Empty where tokens are signed with a secret. */
    jwks(_req: Request, res: Response) {
      res.set('Cache-Control', `public, max-age=${MAX_AGE_S}`).type('application/jwk-set+json');
      res.send(JSON.stringify(keys().publicKeys));
    },
  };
}
