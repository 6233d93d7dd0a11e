import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Writes `.env` with random secrets, and a Postman environment with the signing key and the address. Does nothing
 * where there is a `.env`, or where the environment has both secrets.
 * @returns the names of the files that were written
 * @throws {Error} with one line when a file cannot be written
 */
export function writeFirstEnv(directory: string, environment: NodeJS.ProcessEnv): string[] {
  const file = join(directory, '.env');
  const postmanFile = join(directory, 'postman_environment.local.json');
  if (existsSync(file) || (environment.JWT_SECRET && environment.SIGNATURE_KEY)) return [];
  const signatureKey = environment.SIGNATURE_KEY || randomBytes(32).toString('hex');
  const example = readFileSync(join(directory, '.env.example'), 'utf8');
  const text = example
    .replace(/^JWT_SECRET=$/m, () => `JWT_SECRET=${randomBytes(32).toString('hex')}`)
    .replace(/^DATA_KEY=$/m, () => `DATA_KEY=${randomBytes(32).toString('hex')}`)
    .replace(/^SIGNATURE_KEY=.*$/m, () => `SIGNATURE_KEY=${signatureKey}`);
  if (!write(file, text, 'wx')) return []; // another first start did it meanwhile
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
  write(postmanFile, `${JSON.stringify(postman, null, 2)}\n`, 'w');
  return ['.env', 'postman_environment.local.json'];
}

/** @returns false when the flag `wx` found the file there */
function write(file: string, text: string, flag: 'w' | 'wx'): boolean {
  try {
    writeFileSync(file, text, { flag, mode: 0o600 });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'ENOSPC') {
      throw new Error(
        `${basename(file)} cannot be written (${code}): let this user write to the folder ${dirname(file)}`,
      );
    }
    rmSync(file, { force: true }); // half of a .env would be taken for a whole one
    throw new Error(
      `${basename(file)} cannot be written (ENOSPC): free space on the disk of ${dirname(file)}`,
    );
  }
}
