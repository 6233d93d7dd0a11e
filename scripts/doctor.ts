// `npm run doctor`: checks what the API needs, and says what to do. It changes nothing.
// Exit code 0: nothing is at fault. 1: something is.
import { join } from 'node:path';
import { styleText } from 'node:util';
import { withDeadline } from '../deadline.ts';
import { errorText } from '../stores/stores.ts';
import { type Finding, fault, warning } from './doctor/findings.ts';
import { checkFolder, checkNats, checkPorts, checkSmtp } from './doctor/machine.ts';
import { checkEnvFile, checkNode, checkSettings } from './doctor/settings.ts';
import { checkDatabase, checkRedis } from './doctor/stores.ts';

/** The longest time of a check. */
const DEADLINE_MS = 15_000;

const marks = {
  ok: { sign: '✓', color: 'green' },
  warning: { sign: '!', color: 'yellow' },
  fault: { sign: '✗', color: 'red' },
} as const;
const hasColors = process.stdout.isTTY && process.stdout.hasColors();

type Check = () => Finding | Finding[] | Promise<Finding | Finding[]>;

const { env, faulty, findings: ofSettings } = checkSettings();
const { SMTP_URL, NATS_URL } = env;
const writesMails = !SMTP_URL && env.NODE_ENV !== 'production';

// All at once, printed in this order.
const checks = [
  run('Node.js', checkNode),
  run('.env', checkEnvFile),
  run('The settings', () => ofSettings),
  run('The database', () => checkDatabase(env), /^(DB|SQLITE)_/),
  run('Redis', () => checkRedis(env), /^REDIS_/),
  run('NATS', () => (NATS_URL ? checkNats(NATS_URL) : []), /^NATS_/),
  run('The SMTP server', () => (SMTP_URL ? checkSmtp(SMTP_URL) : []), /^SMTP_/),
  run('The folder of mails', () => (writesMails ? checkFolder(join('data', 'outbox'), 'SMTP_URL') : [])),
  run('The port', () => checkPorts(env), /^(HOST|(METRICS_)?PORT)$/),
];

let exitCode = 0;
for (const check of checks) {
  for (const { mark, text } of await check) {
    const { sign, color } = marks[mark];
    console.log(`${hasColors ? styleText(color, sign) : sign} ${text}`);
    if (mark === 'fault') exitCode = 1;
  }
}
// A connection that hangs must not keep the process.
process.stdout.write('', () => process.exit(exitCode));

/** @param needs the names of the settings without which it is left out */
async function run(name: string, check: Check, needs?: RegExp): Promise<Finding[]> {
  const missing = faulty.filter(setting => needs?.test(setting));
  if (missing.length > 0) return [warning(`${name}: not checked. Correct ${missing.join(' and ')} first`)];
  try {
    return [await withDeadline(Promise.resolve().then(check), DEADLINE_MS)].flat();
  } catch (error) {
    return [fault(`${name}: ${errorText(error)}`)];
  }
}
