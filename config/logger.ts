import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

const secretNames = [
  'password',
  'current_password',
  'new_password',
  'password_confirmation',
  'new_password_confirmation',
  'access_token',
  'refresh_token',
  'mfa_token',
  'recovery_code',
  'recovery_codes',
  'secret',
  'otpauth_uri',
  'authorization',
  'cookie',
  '["set-cookie"]',
  '["x-signature"]',
];

/**
 * The process's log: JSON lines on stdout unless a destination is given.
 * Nothing secret is logged on purpose; the redaction is the net under that.
 */
export function createLogger(level: string, destination: DestinationStream = stdout()): Logger {
  const paths = secretNames.flatMap(name => {
    const key = name.startsWith('[') ? name : `.${name}`;
    return [name, `*${key}`, `*.*${key}`];
  });
  return pino(
    { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, redact: paths },
    destination,
  );
}

/** Said to be synchronous: otherwise pino flushes at exit, and that never returns when the reader has gone. */
function stdout(): DestinationStream {
  return pino.destination({ dest: 1, sync: true });
}
