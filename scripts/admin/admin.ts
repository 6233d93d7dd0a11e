import { parseArgs } from 'node:util';
import { createModels } from '../../compose.ts';
import { parseEnv } from '../../config/env.ts';
import { ApiError } from '../../errors.ts';
import { openMailer } from '../../mail/mailer.ts';
import { createAuditModel } from '../../models/audit/audit.model.ts';
import { errorText, openStores } from '../../stores/stores.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics } from '../../telemetry/metrics.ts';
import type { Program, Surroundings } from '../program.ts';
import { commands, optionsOf, USAGE } from './commands.ts';

/** `npm run admin`. */
export const admin: Program = async surroundings => {
  try {
    await runCommand(surroundings);
    return 0;
  } catch (error) {
    const fields = error instanceof ApiError ? (error.data.fields ?? []) : [];
    const reasons = fields.map(({ path, message }) => `${path} ${message}`);
    const detail = error instanceof ApiError ? error.data.detail : undefined;
    surroundings.console.error(printable(`admin: ${reasons.join('; ') || detail || errorText(error)}`));
    return 1;
  }
};

async function runCommand({ args, settings, stdout, stderr, console }: Surroundings): Promise<void> {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Error(`give a command:\n${USAGE}`);
  const { positionals, values } = parseArgs({
    args: rest,
    options: optionsOf[name] ?? {},
    allowPositionals: true,
  });
  const env = parseEnv(settings());
  // Not to the standard output, where the CSV is.
  const log = createLogger('warn', stderr);
  const metrics = createMetrics();
  const stores = await openStores(env, log, metrics);
  const audit = createAuditModel({ db: stores.db, log, now: Date.now });
  const mailer = openMailer(env, log, outcome => {
    if (outcome === 'lost') console.error('The mail to the user could not be sent.');
  });
  try {
    const models = createModels({ env, ...stores, log, audit, metrics, mailer, now: Date.now });
    const context = { ...models, hasSessions: stores.redis !== null, stdout };
    const text = await command(context, positionals, values);
    if (text) console.log(printable(text));
  } finally {
    await mailer.close();
    await audit.close();
    await stores.close();
  }
}

/** Without characters that control a terminal: others chose names and user agents. */
function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, ' ');
}
