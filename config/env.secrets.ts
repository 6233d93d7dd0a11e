import type { Settings } from './env.schema.ts';

const exampleSecrets = new Set([
  'default_secret',
  'your_super_secret_key',
  'your_jwt_secret',
  'your_signature_key',
  'your-256-bit-secret',
  'a-string-secret-at-least-256-bits-long',
  'changeme',
  'change_me',
  'secret',
]);

/** Weak secrets, a line each: faults in production, warnings elsewhere. */
export function weakSecrets(
  env: Pick<
    Settings,
    | 'JWT_SECRET'
    | 'JWT_KEYS'
    | 'SIGNATURE_KEY'
    | 'SIGNATURE_KEY_PREVIOUS'
    | 'SIGNATURE_KEYS'
    | 'METRICS_TOKEN'
    | 'DATA_KEY'
  >,
): string[] {
  const howTo = `make one with: node -p "crypto.randomBytes(32).toString('hex')"`;
  const weak = [];
  const { JWT_SECRET, SIGNATURE_KEY, SIGNATURE_KEY_PREVIOUS, METRICS_TOKEN } = env;
  const secrets = { JWT_SECRET, SIGNATURE_KEY, SIGNATURE_KEY_PREVIOUS, METRICS_TOKEN, ...clientSecrets(env) };
  for (const [name, value] of Object.entries(secrets)) {
    if (value === undefined) continue;
    if (exampleSecrets.has(value.toLowerCase()))
      weak.push(`${name} is missing or a known example value; ${howTo}`);
    else if (Buffer.byteLength(value) < 32) weak.push(`${name} is shorter than 32 bytes; ${howTo}`);
  }
  if (env.JWT_SECRET === env.SIGNATURE_KEY) {
    weak.push(
      `JWT_SECRET and SIGNATURE_KEY are the same, so every signing client could make tokens; ${howTo}`,
    );
  }
  if (Object.values(clientSecrets(env)).includes(JWT_SECRET)) {
    weak.push(`A key of SIGNATURE_KEYS is JWT_SECRET, so its client could make tokens; ${howTo}`);
  }
  const signingKeys = new Set([SIGNATURE_KEY, SIGNATURE_KEY_PREVIOUS, ...Object.values(clientSecrets(env))]);
  for (const { kid, algorithm, signingKey } of env.JWT_KEYS) {
    if (algorithm === 'HS256' && signingKeys.has(signingKey.export().toString())) {
      weak.push(
        `The key ${kid} of JWT_KEYS is also a signing key, so its clients could make tokens; ${howTo}`,
      );
    }
  }
  if (env.DATA_KEY && [env.JWT_SECRET, env.SIGNATURE_KEY].includes(env.DATA_KEY)) {
    weak.push(`DATA_KEY is the same as JWT_SECRET or SIGNATURE_KEY; ${howTo}`);
  }
  return weak;
}

/** The keys of the clients, by the name under which a message tells of them. */
export function clientSecrets(env: Pick<Settings, 'SIGNATURE_KEYS'>): Record<string, string | undefined> {
  const entries = Object.entries(env.SIGNATURE_KEYS).flatMap(([id, { current, previous }]) => [
    [`SIGNATURE_KEYS ${id} current`, current] as const,
    [`SIGNATURE_KEYS ${id} previous`, previous] as const,
  ]);
  return Object.fromEntries(entries);
}
