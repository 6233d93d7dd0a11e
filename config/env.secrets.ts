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
    'JWT_SECRET' | 'SIGNATURE_KEY' | 'SIGNATURE_KEY_PREVIOUS' | 'METRICS_TOKEN' | 'DATA_KEY'
  >,
): string[] {
  const howTo = `make one with: node -p "crypto.randomBytes(32).toString('hex')"`;
  const weak = [];
  for (const name of ['JWT_SECRET', 'SIGNATURE_KEY', 'SIGNATURE_KEY_PREVIOUS', 'METRICS_TOKEN'] as const) {
    const value = env[name];
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
  if (env.DATA_KEY && [env.JWT_SECRET, env.SIGNATURE_KEY].includes(env.DATA_KEY)) {
    weak.push(`DATA_KEY is the same as JWT_SECRET or SIGNATURE_KEY; ${howTo}`);
  }
  return weak;
}
