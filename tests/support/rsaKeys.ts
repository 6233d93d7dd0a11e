import { generateKeyPairSync } from 'node:crypto';

let pair: ReturnType<typeof newPair> | undefined;

const newPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** One pair for all providers of a worker, made when it is first needed: a new one takes a quarter of a second. */
export function rsaKeys(): ReturnType<typeof newPair> {
  pair ??= newPair();
  return pair;
}
