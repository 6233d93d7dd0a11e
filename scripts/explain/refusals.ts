import * as z from 'zod';
import type { Env } from '../../config/env.ts';
import { REFRESH_TOKEN_FORM } from '../../models/session/refreshToken.model.ts';
import { MAX_TOKEN_LENGTH, type Refusal } from '../../models/session/token.model.ts';
import { quoted } from './words.ts';

/** Everything that a token says of itself, believed or not. */
const partSchema = z.record(z.string(), z.unknown());

/** The members of the header (0) or the payload (1); none where that part is no JSON object. */
function membersOf(token: string, part: 0 | 1): Record<string, unknown> {
  try {
    return partSchema.parse(JSON.parse(Buffer.from(token.split('.')[part] ?? '', 'base64url').toString()));
  } catch {
    return {};
  }
}

/** The `exp` of a token that is not verified, in seconds since 1970. */
export function expiryOf(token: string): number {
  return Number(membersOf(token, 1).exp);
}

/** Why a token is refused, in plain words. Never has the token, a secret or a hash. */
export function refusalText(refusal: Refusal, token: string, env: Env): string {
  const { alg, kid } = membersOf(token, 0);
  const { iss, aud } = membersOf(token, 1);
  const key = kid === undefined ? 'JWT_SECRET' : `the key ${quoted(kid)} of JWT_KEYS`;
  switch (refusal) {
    case 'too_long':
      return `It is longer than ${MAX_TOKEN_LENGTH} characters, and no token of this API is.`;
    case 'form':
      return formText(token, alg);
    case 'header':
      return `Its header is malformed: it must have "alg", "typ":"JWT" and at most a "kid" besides.`;
    case 'key': {
      const known = env.JWT_KEYS.map(each => each.kid).join(', ') || 'empty';
      return `It names the key ${quoted(kid)}, which JWT_KEYS (${known}) does not have: it was removed, or the token is of another API.`;
    }
    case 'algorithm':
      return `It has the algorithm ${quoted(alg)}, which is not that of ${key}.`;
    case 'signature':
      return `Its signature is not by ${key}: it is of another API, the secret was changed since, or a part of the token was changed or cut off.`;
    case 'not_before':
      return 'It is not valid yet (nbf), and this API makes no such tokens.';
    case 'expired':
      return 'It has expired.';
    case 'audience':
      return `Its audience is ${quoted(aud)}, and JWT_AUDIENCE is ${quoted(env.JWT_AUDIENCE)}.`;
    case 'issuer':
      return `Its issuer is ${quoted(iss)}, and JWT_ISSUER is ${quoted(env.JWT_ISSUER)}.`;
    case 'claims':
      return 'Its signature is by our key, but sub, jti, sid, iat and exp are not those of an access token.';
    case 'issued_later':
      return 'It is issued in the future (iat): the clock of the server that made it is ahead, or the clock of this machine is behind.';
  }
}

function formText(token: string, alg: unknown): string {
  if (REFRESH_TOKEN_FORM.test(token)) {
    return 'It has the form of a refresh token, but it was not made with this JWT_SECRET.';
  }
  const parts = token.split('.');
  if (parts.length !== 3)
    return `It is malformed: a token has three parts between dots, and this has ${parts.length}.`;
  if (parts[2] === '') return `It has no signature (algorithm ${quoted(alg)}).`;
  if (/[^\w.-]/.test(token)) {
    return 'It is malformed: it has other characters than A-Z a-z 0-9 - _ and dots, for example quotes or spaces.';
  }
  return 'It is malformed: a part of it is no JSON.';
}
