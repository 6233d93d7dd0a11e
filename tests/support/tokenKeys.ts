import { generateKeyPairSync } from 'node:crypto';
import type { KeyFileEntry } from '../../config/keySets.ts';

type State = KeyFileEntry['state'];

/** A new entry of a key file. */
export function keyEntry(kid: string, alg: KeyFileEntry['alg'], state: State = 'active'): KeyFileEntry {
  if (alg === 'HS256') return { kid, alg, state, secret: kid.padEnd(32, '.') };
  const { privateKey } =
    alg === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { kid, alg, state, private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** The text of a key file. */
export const keyFile = (...keys: KeyFileEntry[]) => JSON.stringify({ keys });
