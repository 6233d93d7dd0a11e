import { createRequire } from 'node:module';
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import type pretty from 'pino-pretty';
import type { Env } from '../config/env.ts';

export type { Logger };

/** Names of fields that are secret, in lower case. */
const SECRETS = new Set([
  ...['password', 'current_password', 'new_password', 'password_confirmation', 'new_password_confirmation'],
  ...[
    'access_token',
    'refresh_token',
    'token',
    'mfa_token',
    'authorization',
    'cookie',
    'set-cookie',
    'x-signature',
  ],
  ...['recovery_code', 'recovery_codes', 'secret', 'otpauth_uri'],
]);
/** Deeper than any logged value. */
const DEEPEST = 4;

/** Characters that control a terminal, change the reading direction or break lines. JSON keeps them. */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Escapes what could control a terminal or change the direction of a line, where JSON does not. */
export function escapeUnsafe(line: string): string {
  return line.replace(UNSAFE, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A copy without secrets. pino's `redact` needs paths of a fixed depth and parses them for each line. */
function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'function') return undefined; // an error's toJSON would repeat everything
  if (typeof value !== 'object' || value === null) return value;
  if ('toJSON' in value && !(value instanceof Error)) return value;
  if (depth > DEEPEST) return '[…]';
  if (Array.isArray(value)) return value.map(entry => withoutSecrets(entry, depth + 1));
  const fields = Object.entries(value instanceof Error ? stdSerializers.err(value) : value);
  return Object.fromEntries(
    fields.map(([name, inner]) => [
      name,
      SECRETS.has(name.toLowerCase()) ? '[Redacted]' : withoutSecrets(inner, depth + 1),
    ]),
  );
}

let second = Number.NaN;
let textOfSecond = '';

/** A time (ms since 1970) as ISO 8601 in UTC. A `Date` is made once a second instead of for each line. */
export function isoTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds !== second) {
    second = seconds;
    textOfSecond = new Date(seconds * 1000).toISOString().slice(0, -4);
  }
  return `${textOfSecond}${String(ms - seconds * 1000).padStart(3, '0')}Z`;
}

/**
 * The log of the process: JSON lines on stdout by default. No code logs secrets on purpose; the redaction is a second
 * line of defence.
 */
export function createLogger(level: string, destination: DestinationStream = jsonStdout()): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: () => `,"time":"${isoTime(Date.now())}"`,
      formatters: { log: fields => withoutSecrets(fields) as Record<string, unknown> },
      serializers: { err: error => error }, // is none any more behind the formatter
    },
    { write: line => destination.write(escapeUnsafe(line)) },
  );
}

/** The destination of the server's log: readable lines on a developer's terminal, JSON lines anywhere else. */
export function stdout({ NODE_ENV }: Pick<Env, 'NODE_ENV'>): DestinationStream {
  const out = jsonStdout();
  if (NODE_ENV !== 'development' || !process.stdout.isTTY) return out;
  // Loaded only here: it takes megabytes.
  const { prettyFactory, isColorSupported } = createRequire(import.meta.url)('pino-pretty') as typeof pretty;
  const prettify = prettyFactory({
    colorize: isColorSupported,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss.l',
    messageFormat: ({ msg, event, method, path, status, ms }) => {
      const parts = [msg, event, method, path, status, ms && `${ms} ms`];
      return JSON.stringify(parts.filter(part => part !== undefined).join(' ')).slice(1, -1);
    },
    ignore: 'method,path,status,ms,event',
  });
  return { write: line => out.write(escapeUnsafe(prettify(line))) };
}

/**
 * Marked as synchronous: otherwise pino flushes at exit, which never returns when the reader is gone. Lines that
 * cannot be written (disk full) wait up to 1 MB and are dropped beyond; requests continue.
 */
function jsonStdout(): DestinationStream {
  return pino.destination({ dest: 1, sync: true, maxLength: 1024 * 1024 }).on('error', () => {});
}
