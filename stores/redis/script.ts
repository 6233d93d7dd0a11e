import { createHash } from 'node:crypto';

/** A Lua script with the SHA-1 digest that EVALSHA takes. */
export interface Script {
  lua: string;
  sha1: string;
}

/** Computes the digest of a script once, at load. */
export function defineScript(lua: string): Script {
  return { lua, sha1: createHash('sha1').update(lua).digest('hex') };
}
