import bcrypt from 'bcrypt';

export type HashKind = 'bcrypt' | 'argon2id';

/** OWASP Password Storage Cheat Sheet, the first of its choices for argon2id; `m` in KiB. */
const ARGON2 = { m: 19_456, t: 2, p: 1 };

/**
 * The longest new password in bytes of UTF-8. bcrypt reads no further; for argon2id the bound only keeps nonsense
 * away.
 */
export const MAX_BYTES = { bcrypt: 72, argon2id: 1024 } as const satisfies Record<HashKind, number>;

const BCRYPT_HASH = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
const ARGON2_HASH = /^(\$argon2(?:id|i|d)\$v=\d+\$)((?:[mtp]=\d+,?){3})\$[+/A-Za-z0-9]+\$[+/A-Za-z0-9]+$/;

/** Kind and cost of a hash: its beginning up to the salt. */
export type Scheme = string;

/** @param rounds bcrypt's cost: 2^rounds iterations */
export function schemeFor(kind: HashKind, rounds: number): Scheme {
  if (kind === 'bcrypt') return `$2b$${String(rounds).padStart(2, '0')}$`;
  return `$argon2id$v=19$m=${ARGON2.m},p=${ARGON2.p},t=${ARGON2.t}$`;
}

/** The scheme of a hash; null for any other text. PHP writes `$2y$` for `$2b$`. */
export function schemeOf(hash: string): Scheme | null {
  const [, rounds] = BCRYPT_HASH.exec(hash) ?? [];
  if (rounds) return `$2b$${rounds}$`;
  const [, kind, cost = ''] = ARGON2_HASH.exec(hash) ?? [];
  // Libraries write the parameters in different orders.
  return kind ? `${kind}${cost.split(',').sort().join(',')}$` : null;
}

/** @param text a scheme or a hash */
function kindOf(text: string): HashKind {
  return text.startsWith('$argon2') ? 'argon2id' : 'bcrypt';
}

/** False for what a new hash of this scheme would take for another password: cut, or with lone surrogates all alike. */
export function isHashable(password: string, scheme: Scheme): boolean {
  return isVerifiable(password, scheme) && Buffer.byteLength(password) <= MAX_BYTES[kindOf(scheme)];
}

/**
 * False for a password that no hash of this scheme belongs to. For bcrypt any length can belong to one: older systems
 * let bcrypt cut a password after 72 bytes, and their users log in with the whole of it.
 */
export function isVerifiable(password: string, scheme: Scheme): boolean {
  const fits = kindOf(scheme) === 'bcrypt' || Buffer.byteLength(password) <= MAX_BYTES.argon2id;
  return fits && password.isWellFormed() && !password.includes('\0');
}

/**
 * @param scheme a {@link schemeFor}
 * @returns a hash in PHC or modular crypt format
 */
export async function hashPassword(password: string, scheme: Scheme): Promise<string> {
  if (kindOf(scheme) === 'bcrypt') return bcrypt.hash(password, Number(scheme.slice(4, 6)));
  const { argon2id, hash } = await argon2();
  const { m: memoryCost, t: timeCost, p: parallelism } = ARGON2;
  return hash(password, { type: argon2id, memoryCost, timeCost, parallelism });
}

/** Whether the password belongs to a hash that has a {@link schemeOf}. */
export async function matches(password: string, hash: string): Promise<boolean> {
  if (kindOf(hash) === 'bcrypt') return bcrypt.compare(password, hash.replace(/^\$2y\$/, '$2b$'));
  return (await argon2()).verify(hash, password);
}

/** A hash that no password belongs to. To check it takes as long as any other of the scheme. */
export function dummyHash(scheme: Scheme): string {
  return kindOf(scheme) === 'bcrypt'
    ? scheme + '.'.repeat(53)
    : `${scheme}${'A'.repeat(22)}$${'A'.repeat(43)}`;
}

/** Loaded at first use: most installations use bcrypt. */
async function argon2() {
  return (await import('argon2')).default;
}
