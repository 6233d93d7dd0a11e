import { isIP } from 'node:net';
import * as z from 'zod';
import { clientKeys, tokenKeys } from './keySets.ts';
import { oidcProviders } from './oidcProviders.ts';

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

/** `false`: one session for each user; `true`: any number (0 here); N: at most N. */
const sessionLimit = z
  .string()
  .regex(/^(true|false|[1-9]\d{0,5})$/, 'must be true, false or a whole number from 1')
  .transform(value => (value === 'true' ? 0 : value === 'false' ? 1 : Number(value)));

/** A comma-separated list. */
function listOf(isEntry: (entry: string) => boolean, what: string) {
  return z
    .string()
    .transform(list => list.split(',').map(entry => entry.trim()))
    .refine(list => list.every(isEntry), `must be a comma-separated list of ${what}`);
}

const subnets = listOf(isSubnet, 'addresses or CIDRs, for example 10.0.0.0/8');

function isSubnet(entry: string): boolean {
  const [address = '', prefix, ...rest] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

const origins = listOf(isOrigin, 'exact origins, for example https://app.example.com');

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

const hosts = listOf(isHostAndPort, 'host:port');

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

const natsUrls = z
  .string()
  .transform(list => list.split(',').map(entry => entry.trim()))
  .refine(list => list.every(isNatsUrl), 'must look like nats://user:password@host:4222 or tls://…')
  .refine(
    list => new Set(list.filter(isNatsUrl).map(natsLogin)).size <= 1,
    'must give every server the same scheme, user and password',
  );

function natsLogin(entry: string): string {
  const { protocol, username, password } = new URL(entry);
  return JSON.stringify([protocol, username, password]);
}

function isNatsUrl(entry: string): boolean {
  if (!/^(nats|tls):\/\/[^/?#]+$/.test(entry) || !URL.canParse(entry)) return false;
  return new URL(entry).hostname !== '' && hasDecodableLogin(entry);
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
  DOCS: flag.optional(),
  SLOW_REQUEST_MS: integer(1, 600_000).default(1000),

  JWT_SECRET: z.string('is missing'),
  JWT_KEYS: tokenKeys.default([]),
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
  SIGNATURE_KEYS: clientKeys.default({}),
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
  MFA_RESET_BY_MAIL: z.enum(['off', 'on']).default('off'),
  MFA_FAILURES: integer(1, 1000).default(5),
  ADMIN_REQUIRE_MFA: flag.optional(),
  DATA_KEY: dataKey.optional(),
  DATA_KEY_PREVIOUS: dataKey.optional(),

  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: mailbox.default('no-reply@localhost'),
  APP_URL: pageUrl.default('http://localhost:3000'),
  REQUIRE_EMAIL_VERIFICATION: flag.default(false),

  OIDC_PROVIDERS: oidcProviders.default({}),

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

  NATS_URL: natsUrls.optional(),

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

/** The checked settings. */
export type Settings = z.infer<typeof envSchema>;
