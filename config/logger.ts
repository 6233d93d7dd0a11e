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

/**
 * Said to be synchronous: otherwise pino flushes at exit, and that never returns when the reader has gone.
 * What cannot be written (the disk is full) waits up to 1 MB and is lost beyond: requests go on.
 */
function stdout(): DestinationStream {
  return pino.destination({ dest: 1, sync: true, maxLength: 1024 * 1024 }).on('error', () => {});
}
