import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes `.env` with random secrets, and a Postman environment with the signing key and the address. Does nothing
 * where there is a `.env`, or where the environment has both secrets.
 * @returns the names of the files that were written /
 */
export function writeFirstEnv(directory: string, environment: NodeJS.ProcessEnv): string[] {
  const file = join(directory, '.env');
  if (existsSync(file) || (environment.JWT_SECRET && environment.SIGNATURE_KEY)) return [];
  const signatureKey = environment.SIGNATURE_KEY || randomBytes(32).toString('hex');
  const example = readFileSync(join(directory, '.env.example'), 'utf8');
  const text = example
    .replace(/^JWT_SECRET=$/m, () => `JWT_SECRET=${randomBytes(32).toString('hex')}`)
    .replace(/^DATA_KEY=$/m, () => `DATA_KEY=${randomBytes(32).toString('hex')}`)
    .replace(/^SIGNATURE_KEY=.*$/m, () => `SIGNATURE_KEY=${signatureKey}`);
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return []; // another first start did it meanwhile
    throw error;
  }
  const postman = {
    name: 'express-auth-api (local)',
    values: [
      {
        key: 'base_url',
        value: `http://127.0.0.1:${environment.PORT || 3000}`,
        type: 'default',
        enabled: true,
      },
      { key: 'SIGNATURE_KEY', value: signatureKey, type: 'secret', enabled: true },
    ],
    _postman_variable_scope: 'environment',
  };
  writeFileSync(join(directory, 'postman_environment.local.json'), `${JSON.stringify(postman, null, 2)}\n`, {
    mode: 0o600,
  });
  return ['.env', 'postman_environment.local.json'];
}
