import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import dotenv from 'dotenv';
import { envSchema, type Settings } from './env.schema.ts';
import { clientSecrets, weakSecrets } from './env.secrets.ts';
import { collectOidcProviders } from './oidcProviders.ts';

/** The checked configuration; `HOST` is always set. */
export type Env = Settings & { HOST: string };

/** Every fault of the environment, a line each. */
export class ConfigError extends Error {
  readonly faults: string[];

  constructor(faults: string[]) {
    const list = faults.length === 1 ? ` ${faults[0]}` : faults.map(fault => `\n  - ${fault}`).join('');
    super(`The configuration is not usable:${list}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** Warnings about a configuration that is valid, a line each. */
export function configurationWarnings(env: Pick<Env, 'DATA_KEY' | 'RATE_LIMIT'>): string[] {
  const warnings = [];
  if (!env.DATA_KEY) {
    warnings.push(
      'DATA_KEY is not set: second factors are encrypted under JWT_SECRET, and changing that would lose them',
    );
  }
  if (env.RATE_LIMIT === 'off') warnings.push('RATE_LIMIT=off is for load tests: no address is held back');
  return warnings;
}

/**
 * The process environment over the `.env` file of `directory` (none is fine); empty values count as absent.
 * @throws {ConfigError} when there is a `.env` that cannot be read
 */
export function readVariables(directory = process.cwd()): Record<string, string> {
  const values = { ...readDotenv(`${directory}/.env`), ...process.env };
  const set: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) if (value) set[name] = value;
  return set;
}

/**
 * {@link readVariables}, with the content of the files that JWT_KEYS and SIGNATURE_KEYS name.
 * @throws {ConfigError} when such a file or `.env` cannot be read
 */
export function readEnvironment(directory = process.cwd()): Record<string, string> {
  const values = readVariables(directory);
  const faults: string[] = [];
  for (const name of ['JWT_KEYS', 'SIGNATURE_KEYS']) {
    const value = values[name];
    if (value === undefined || /^\s*\{/.test(value)) continue;
    try {
      values[name] = readFileSync(resolve(directory, value), 'utf8');
    } catch (error) {
      faults.push(`${name} names the file ${value}, which cannot be read: ${codeOf(error)}`);
    }
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return values;
}

function readDotenv(file: string): Record<string, string> {
  try {
    return dotenv.parse(readFileSync(file));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return {};
    const next: Record<string, string> = {
      EISDIR: 'it is a folder. Move it away; the next `npm start` writes the file',
      EACCES: 'this user may not. Give it the right, for example with chown',
    };
    throw new ConfigError([`.env cannot be read (${code}): ${next[code ?? ''] ?? (error as Error).message}`]);
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

/**
 * Checks the configuration as a whole.
 * @throws {ConfigError} with every fault at once
 */
export function parseEnv(values: Record<string, string | undefined>): Env {
  const parsed = envSchema.safeParse(collectOidcProviders(values));
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map(({ path, message }) =>
        path[0] === 'JWT_SECRET'
          ? `JWT_SECRET is missing; make one with: node -p "crypto.randomBytes(32).toString('hex')"`
          : `${path.join('.')} ${message}`,
      ),
    );
  }
  const env = parsed.data;
  const embedded = isEmbedded(env);
  const contradictions = [...redisFaults(env), ...databaseTlsFaults(env), ...clientKeyFaults(env)];
  if (contradictions.length > 0) throw new ConfigError(contradictions);
  const production = env.NODE_ENV === 'production';
  const faults: string[] = [];
  if (embedded && env.WEB_CONCURRENCY > 1) {
    faults.push(
      `WEB_CONCURRENCY=${env.WEB_CONCURRENCY} needs DB_HOST and REDIS_URL: embedded stores live in one process, so a user logged in at one worker would be unknown to the others`,
    );
  }
  if (production) {
    faults.push(...weakSecrets(env));
    if (embedded && !env.ALLOW_EMBEDDED) {
      faults.push(
        'DB_HOST and REDIS_URL are needed in production (or ALLOW_EMBEDDED=true for one small process)',
      );
    }
    if (env.REQUIRE_EMAIL_VERIFICATION && !env.SMTP_URL) {
      faults.push('REQUIRE_EMAIL_VERIFICATION=true needs SMTP_URL: without a mail nobody could log in');
    }
    if (env.SIGNATURE_EXPLAIN) faults.push('SIGNATURE_EXPLAIN=true is for development only');
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return { ...env, HOST: env.HOST ?? (production && !embedded ? '0.0.0.0' : '127.0.0.1') };
}

type RedisPlaces = Partial<Pick<Env, 'REDIS_URL' | 'REDIS_CLUSTER_NODES' | 'REDIS_SENTINELS'>>;

/** The form of Redis that the settings name; null where sessions live in this process. */
export function redisForm(env: RedisPlaces): 'single' | 'cluster' | 'sentinel' | null {
  if (env.REDIS_URL) return 'single';
  if (env.REDIS_CLUSTER_NODES) return 'cluster';
  return env.REDIS_SENTINELS ? 'sentinel' : null;
}

function redisFaults(env: Settings): string[] {
  const faults = [];
  const places = (['REDIS_URL', 'REDIS_CLUSTER_NODES', 'REDIS_SENTINELS'] as const).filter(name => env[name]);
  if (places.length > 1) faults.push(`${places.join(' and ')} exclude each other: give one`);
  if (env.REDIS_SENTINELS && !env.REDIS_SENTINEL_NAME) {
    faults.push('REDIS_SENTINEL_NAME is missing: the name under which the Sentinels know the master');
  }
  return faults;
}

/** Settings that would silently leave a connection unencrypted. */
function databaseTlsFaults(env: Pick<Env, 'DB_SOCKET' | 'DB_TLS' | 'DB_TLS_CA'>): string[] {
  if (env.DB_TLS_CA && !env.DB_TLS) return ['DB_TLS_CA needs DB_TLS=true'];
  if (env.DB_TLS && env.DB_SOCKET) return ['DB_TLS=true is for DB_HOST; DB_SOCKET has no host to verify'];
  return [];
}

/** With a key of two clients, each could send a captured request of the other as its own. */
function clientKeyFaults(env: Settings): string[] {
  const { SIGNATURE_KEY, SIGNATURE_KEY_PREVIOUS } = env;
  const names = new Map<string, string>();
  const faults = [];
  for (const [name, key] of Object.entries({
    SIGNATURE_KEY,
    SIGNATURE_KEY_PREVIOUS,
    ...clientSecrets(env),
  })) {
    if (key === undefined) continue;
    const other = names.get(key);
    if (other) faults.push(`${other} and ${name} are the same key: give each client keys of its own`);
    names.set(key, name);
  }
  return faults;
}

/** True when users live in MySQL or MariaDB. */
export function usesMysql(env: Pick<Env, 'DB_HOST' | 'DB_SOCKET'>): boolean {
  return Boolean(env.DB_HOST || env.DB_SOCKET);
}

/** True when users, sessions or both live in this process instead of in MySQL and Redis. */
export function isEmbedded(env: Pick<Env, 'DB_HOST' | 'DB_SOCKET'> & RedisPlaces): boolean {
  return !usesMysql(env) || !redisForm(env);
}
