import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import * as z from 'zod';

const clientKeySchema = z.record(
  z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .refine(id => id !== 'default'),
  z.strictObject({
    current: z.string().min(1),
    previous: z.string().min(1).optional(),
    /** Method and path of each route that the client may call; all where it is absent. */
    routes: z.array(z.string().regex(/^(POST|PUT|PATCH|DELETE) \/auth\/[\w/:.-]+$/)).optional(),
  }),
);

/** Signing keys by client id. */
export type ClientKeys = z.infer<typeof clientKeySchema>;

export const clientKeys = z.string().transform((text, context): ClientKeys => {
  try {
    return clientKeySchema.parse(JSON.parse(text));
  } catch {
    context.addIssue({
      code: 'custom',
      message:
        'must be JSON such as {"billing":{"current":"…","previous":"…","routes":["POST /auth/introspect"]}}, or the path of a file with it, with ids of letters, digits and . _ - other than "default"',
    });
    return z.NEVER;
  }
});

/** `next` only verifies, until every process knows it. `active` signs. `retired` only verifies. */
const entry = { kid: z.string().regex(/^[\w.-]{1,64}$/), state: z.enum(['next', 'active', 'retired']) };
const times = {
  created_at: z.iso.datetime().optional(),
  retired_at: z.iso.datetime().optional(),
};

/** A key file: what `npm run keys` writes. */
export const keyFileSchema = z
  .strictObject({
    keys: z.array(
      z.discriminatedUnion('alg', [
        z.strictObject({ ...entry, alg: z.literal('HS256'), secret: z.string().min(32), ...times }),
        z.strictObject({ ...entry, alg: z.enum(['ES256', 'RS256']), private_key: z.string(), ...times }),
      ]),
    ),
  })
  .superRefine(({ keys }, context) => {
    const fault = (message: string) => context.addIssue({ code: 'custom', message });
    const kids = new Set(keys.map(({ kid }) => kid));
    if (kids.size < keys.length) fault('has a kid twice');
    for (const once of ['active', 'next'] as const) {
      if (keys.filter(({ state }) => state === once).length > 1) fault(`has two keys that are ${once}`);
    }
    for (const key of keys) {
      try {
        tokenKey(key);
      } catch (error) {
        fault(`has a key ${key.kid} that is of no use: ${(error as Error).message}`);
      }
    }
  });

export type KeyFile = z.infer<typeof keyFileSchema>;
export type KeyFileEntry = KeyFile['keys'][number];

/** A key of access tokens, with the one algorithm that it is used with. */
export interface TokenKey {
  /** Undefined for JWT_SECRET: its tokens have no `kid`. */
  kid: string | undefined;
  algorithm: 'HS256' | 'ES256' | 'RS256';
  isActive: boolean;
  signingKey: KeyObject;
  /** The public key of a pair, otherwise the signing key. */
  verifyingKey: KeyObject;
}

/** @throws {Error} when the key does not fit its algorithm */
export function tokenKey(entry: KeyFileEntry): TokenKey {
  const { kid, alg, state } = entry;
  const isActive = state === 'active';
  if (entry.alg === 'HS256') {
    const secret = createSecretKey(entry.secret, 'utf8');
    return { kid, algorithm: alg, isActive, signingKey: secret, verifyingKey: secret };
  }
  const signingKey = createPrivateKey(entry.private_key);
  const { asymmetricKeyType: type, asymmetricKeyDetails: { namedCurve, modulusLength = 0 } = {} } =
    signingKey;
  if (alg === 'ES256' && namedCurve !== 'prime256v1') throw new Error('ES256 needs a key on the curve P-256');
  if (alg === 'RS256' && !(type === 'rsa' && modulusLength >= 2048)) {
    throw new Error('RS256 needs an RSA key of at least 2048 bits');
  }
  return { kid, algorithm: alg, isActive, signingKey, verifyingKey: createPublicKey(signingKey) };
}

/** The keys of a key file, from its text. */
export const tokenKeys = z.string().transform((text, context): TokenKey[] => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {}
  const file = keyFileSchema.safeParse(json);
  if (file.success) return file.data.keys.map(tokenKey);
  // The message of a wrong entry could have a part of a secret, so only our own messages are passed on.
  const own = file.error.issues.filter(({ code }) => code === 'custom').map(({ message }) => message);
  context.addIssue({
    code: 'custom',
    message: own.join('; ') || 'must be the path of a key file; make one with: npm run keys -- generate',
  });
  return z.NEVER;
});
