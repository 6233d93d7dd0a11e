// `npm run admin -- …`: what the admin API does, on the server, without HTTP and without a token. The first administrator
// can be made only here. Each act is in the audit trail, and the user gets a mail about it.
import { parseArgs } from 'node:util';
import { createModels } from '../compose.ts';
import { parseEnv, readEnvironment } from '../config/env.ts';
import { ApiError } from '../errors.ts';
import { openMailer } from '../mail/mailer.ts';
import { createAuditModel } from '../models/audit/audit.model.ts';
import { errorText, openStores } from '../stores/stores.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { commands, optionsOf, USAGE } from './admin/commands.ts';

/** Without characters that control a terminal: others chose names and user agents. */
function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, ' ');
}

try {
  const [name = '', ...rest] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Error(`give a command:\n${USAGE}`);
  const { positionals, values } = parseArgs({
    args: rest,
    options: optionsOf[name] ?? {},
    allowPositionals: true,
  });
  const env = parseEnv(readEnvironment());
  // Not to the standard output, where the CSV is.
  const log = createLogger('warn', process.stderr);
  const metrics = createMetrics();
  const stores = openStores(env, log, metrics);
  const audit = createAuditModel({ db: stores.db, log, now: Date.now });
  const mailer = openMailer(env, log, outcome => {
    if (outcome === 'lost') console.error('The mail to the user could not be sent.');
  });
  try {
    const models = createModels({ env, ...stores, log, audit, metrics, mailer, now: Date.now });
    const text = await command({ ...models, hasSessions: stores.redis !== null }, positionals, values);
    if (text) console.log(printable(text));
  } finally {
    await mailer.close();
    await audit.close();
    await stores.close();
  }
} catch (error) {
  const fields = error instanceof ApiError ? (error.data.fields ?? []) : [];
  const reasons = fields.map(({ path, message }) => `${path} ${message}`);
  const detail = error instanceof ApiError ? error.data.detail : undefined;
  console.error(printable(`admin: ${reasons.join('; ') || detail || errorText(error)}`));
  process.exitCode = 1;
}
