import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import dotenv from 'dotenv';
import { z } from 'zod';

const text = z.string();
const flag = z.stringbool({
  truthy: ['true'],
  falsy: ['false'],
  case: 'sensitive',
  error: 'must be true or false',
});

function integer(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,12}$/, 'must be a whole number')
    .transform(Number)
    .refine(n => n >= min && n <= max, `must be between ${min} and ${max}`);
}

/** `false` is one session a user, `true` any number (0 here), N at most N. */
const sessionLimit = z
  .string()
  .regex(/^(true|false|[1-9]\d{0,5})$/, 'must be true, false or a whole number from 1')
  .transform(value => (value === 'true' ? 0 : value === 'false' ? 1 : Number(value)));

const subnets = z
  .string()
  .transform(list => list.split(',').map(entry => entry.trim()))
  .refine(
    list => list.every(isSubnet),
    'must be a comma-separated list of addresses or CIDRs, for example 10.0.0.0/8',
  );

function isSubnet(entry: string): boolean {
  const [address = '', prefix, ...rest] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

const origins = z
  .string()
  .transform(list => list.split(',').map(entry => entry.trim()))
  .refine(
    list => list.every(isOrigin),
    'must be a comma-separated list of exact origins, for example https://app.example.com',
  );

const smtpUrl = z
  .url({ protocol: /^smtps?$/, error: 'must look like smtp://user:password@host:587 or smtps://…' })
  .refine(hasDecodableLogin, 'has a user or password that is not percent-encoded');

function hasDecodableLogin(url: string): boolean {
  try {
    const { username, password } = new URL(url);
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

const mailbox = z
  .string()
  .regex(
    /^(?:[^<>"\p{Cc}]*<[^\s<>@,]+@[^\s<>@,]+>|[^\s<>@,]+@[^\s<>@,]+)$/u,
    'must be a mail address, or one with a name: Example <no-reply@example.com>',
  );

const pageUrl = z
  .url({ protocol: /^https?$/, error: 'must look like https://app.example.com' })
  .refine(url => !/[?#]/.test(url), 'must have neither query nor fragment')
  .transform(url => url.replace(/\/+$/, ''));

function isOrigin(entry: string): boolean {
  return /^https?:\/\/[^*]+$/.test(entry) && URL.canParse(entry) && new URL(entry).origin === entry;
}

const hosts = z
  .string()
  .transform(list => list.split(',').map(entry => entry.trim()))
  .refine(list => list.every(isHostAndPort), 'must be a comma-separated list of host:port');

function isHostAndPort(entry: string): boolean {
  const [, port] = /^(?:[\w.-]+|\[[0-9a-fA-F:.]+\]):(\d{1,5})$/.exec(entry) ?? [];
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65535;
}

function isRedisUrl(value: string): boolean {
  if (!/^rediss?:\/\/[^/]/.test(value) || !URL.canParse(value)) return false;
  const { username, password, pathname } = new URL(value);
  try {
    return /^(\/\d*)?$/.test(pathname) && typeof decodeURIComponent(username + password) === 'string';
  } catch {
    return false;
  }
}

/**
 * The bytes of a DATA_KEY: 64 hex digits, or 32 bytes in base64.
 * @returns null for any other text
 */
export function readDataKey(text: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  return /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : null;
}

const dataKey = z
  .string()
  .refine(
    text => readDataKey(text) !== null,
    `must be 32 bytes in hex or base64; make one with: node -p "crypto.randomBytes(32).toString('hex')"`,
  );

/** Every variable the API reads, with its default. `.env.example` says what each means. */
export const envSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: text.optional(),
  PORT: integer(0, 65535).default(3000),
  WEB_CONCURRENCY: integer(1, 256).default(1),
  MAX_CONNECTIONS: integer(1, 1_000_000).default(10_000),
  SHUTDOWN_DELAY_MS: integer(0, 5000).default(2000),
  TRUST_PROXY: subnets.default([]),
  METRICS_PORT: integer(0, 65535).optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/-]+=*$/, 'must be of letters, digits and - . _ ~ + /')
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SLOW_REQUEST_MS: integer(1, 600_000).default(1000),

  JWT_SECRET: z.string('is missing'),
  JWT_EXPIRES_IN: integer(1, 31_536_000).default(3600),
  JWT_ISSUER: text.default('express-auth-api'),
  JWT_AUDIENCE: text.default('express-auth-api'),
  CONCURRENT_LOGIN: sessionLimit.default(1),
  CONCURRENT_LOGIN_POLICY: z.enum(['evict', 'deny']).default('evict'),

  REFRESH_TOKEN_TTL: integer(0, 31_536_000).default(604_800),
  REFRESH_LEEWAY: integer(0, 300).default(10),
  REFRESH_REUSE_SCOPE: z.enum(['session', 'user']).default('session'),
  REFRESH_DELIVERY: z.enum(['body', 'cookie']).default('body'),
  SESSION_MAX_AGE: integer(1, 315_360_000).default(2_592_000),
  CORS_ORIGIN: origins.default([]),

  SIGNATURE_KEY: text.default('default_secret'),
  SIGNATURE_KEY_PREVIOUS: text.optional(),
  SIGNATURE_TIMELIMIT: integer(1, 86_400_000).default(60_000),
  SIGNATURE_REPLAY: z.enum(['enforce', 'off']).default('enforce'),
  SIGNATURE_EXPLAIN: flag.default(false),

  RATE_LIMIT: z.enum(['on', 'off']).default('on'),
  RATE_LIMIT_MAX: integer(1, 1_000_000).default(300),
  RATE_LIMIT_WINDOW: integer(1, 86_400).default(60),
  LOCKOUT_FAILURES: integer(0, 1000).default(10),
  LOCKOUT_WINDOW: integer(1, 86_400).default(900),

  PASSWORD_MIN_LENGTH: integer(8, 64).default(8),
  PASSWORD_HASH: z.enum(['bcrypt', 'argon2id']).default('bcrypt'),
  BCRYPT_ROUNDS: integer(4, 20).default(10),
  HASH_QUEUE_LIMIT: integer(0, 100_000).default(64),
  UV_THREADPOOL_SIZE: integer(1, 1024).default(4),

  TOTP_ISSUER: text.regex(/^[^:]+$/, 'must not contain a colon').default('express-auth-api'),
  MFA_FAILURES: integer(1, 1000).default(5),
  DATA_KEY: dataKey.optional(),
  DATA_KEY_PREVIOUS: dataKey.optional(),

  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: mailbox.default('no-reply@localhost'),
  APP_URL: pageUrl.default('http://localhost:3000'),
  REQUIRE_EMAIL_VERIFICATION: flag.default(false),

  REDIS_URL: text.refine(isRedisUrl, 'must look like redis://host:6379').optional(),
  REDIS_CLUSTER_NODES: hosts.optional(),
  REDIS_SENTINELS: hosts.optional(),
  REDIS_SENTINEL_NAME: text.optional(),
  REDIS_SENTINEL_PASSWORD: text.optional(),
  REDIS_USERNAME: text.optional(),
  REDIS_PASSWORD: text.optional(),
  REDIS_TLS: flag.default(false),
  REDIS_TLS_CA: text.optional(),
  REDIS_TIMEOUT_MS: integer(1, 60_000).default(300),

  DB_HOST: text.optional(),
  DB_PORT: integer(1, 65535).default(3306),
  DB_SOCKET: text.optional(),
  DB_USER: text.default('root'),
  DB_PASSWORD: text.default(''),
  DB_NAME: text.default('api_test'),
  DB_TLS: flag.default(false),
  DB_TLS_CA: text.optional(),
  DB_POOL_SIZE: integer(1, 1000).default(10),
  DB_TIMEOUT_MS: integer(1, 60_000).default(2000),

  SQLITE_PATH: text.default('data/auth.sqlite'),
  ALLOW_EMBEDDED: flag.default(false),
  STARTUP_TIMEOUT_MS: integer(0, 600_000).default(30_000),
});

/** The checked configuration; `HOST` is always settled. */
export type Env = z.infer<typeof envSchema> & { HOST: string };

/** Everything that is wrong with the environment, a line each. */
export class ConfigError extends Error {
  readonly faults: string[];

  constructor(faults: string[]) {
    super(`The configuration is not usable:\n${faults.map(fault => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

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

/** What is weak about the secrets, a line each: faults in production, warnings elsewhere. */
export function weakSecrets(
  env: Pick<Env, 'JWT_SECRET' | 'SIGNATURE_KEY' | 'SIGNATURE_KEY_PREVIOUS' | 'METRICS_TOKEN' | 'DATA_KEY'>,
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

/** What an operator should know about a configuration that is all right otherwise, a line each. */
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

/** The process environment over the `.env` file of `directory` (none is fine); empty values count as absent. */
export function readEnvironment(directory = process.cwd()): Record<string, string> {
  const values = { ...readDotenv(`${directory}/.env`), ...process.env };
  const set: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) if (value) set[name] = value;
  return set;
}

function readDotenv(file: string): Record<string, string> {
  try {
    return dotenv.parse(readFileSync(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/**
 * Checks the configuration as a whole.
 * @throws {ConfigError} with every fault at once
 */
export function parseEnv(values: Record<string, string | undefined>): Env {
  const parsed = envSchema.safeParse(values);
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
  const contradictions = [...redisFaults(env), ...databaseTlsFaults(env)];
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

/** In which form the settings name a Redis, null where sessions live in this process. */
export function redisForm(env: RedisPlaces): 'single' | 'cluster' | 'sentinel' | null {
  if (env.REDIS_URL) return 'single';
  if (env.REDIS_CLUSTER_NODES) return 'cluster';
  return env.REDIS_SENTINELS ? 'sentinel' : null;
}

function redisFaults(env: z.infer<typeof envSchema>): string[] {
  const faults = [];
  const places = (['REDIS_URL', 'REDIS_CLUSTER_NODES', 'REDIS_SENTINELS'] as const).filter(name => env[name]);
  if (places.length > 1) faults.push(`${places.join(' and ')} exclude each other: give one`);
  if (env.REDIS_SENTINELS && !env.REDIS_SENTINEL_NAME) {
    faults.push('REDIS_SENTINEL_NAME is missing: the name under which the Sentinels know the master');
  }
  return faults;
}

/** Settings that would leave a connection open to all which somebody meant to secure. */
function databaseTlsFaults(env: Pick<Env, 'DB_SOCKET' | 'DB_TLS' | 'DB_TLS_CA'>): string[] {
  if (env.DB_TLS_CA && !env.DB_TLS) return ['DB_TLS_CA needs DB_TLS=true'];
  if (env.DB_TLS && env.DB_SOCKET) return ['DB_TLS=true is for DB_HOST; DB_SOCKET has no host to verify'];
  return [];
}

/** True when users live in MySQL or MariaDB. */
export function usesMysql(env: Pick<Env, 'DB_HOST' | 'DB_SOCKET'>): boolean {
  return Boolean(env.DB_HOST || env.DB_SOCKET);
}

/** True when users, sessions or both live in this process instead of in MySQL and Redis. */
export function isEmbedded(env: Pick<Env, 'DB_HOST' | 'DB_SOCKET'> & RedisPlaces): boolean {
  return !usesMysql(env) || !redisForm(env);
}
