// `npm run admin -- grant|revoke ada@example.com admin` and `npm run admin -- list`: roles, without HTTP. The first
// administrator can be made only here. Each change is in the audit trail, and the user gets a mail.
import { createModels } from '../compose.ts';
import { parseEnv, readEnvironment } from '../config/env.ts';
import { ApiError } from '../errors.ts';
import { openMailer } from '../mail/mailer.ts';
import { createAuditModel } from '../models/audit/audit.model.ts';
import { ROLE_NAME } from '../models/role/role.model.ts';
import { errorText, openStores } from '../stores/stores.ts';
import { createLogger, stdout } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';

const USAGE = `npm run admin -- grant ada@example.com admin
npm run admin -- revoke ada@example.com admin
npm run admin -- list`;

const operator = { ip: '', userAgent: '', requestId: 'operator' };

type Models = ReturnType<typeof createModels>;
type Command = (models: Models, args: string[]) => Promise<string>;

const commands: Record<string, Command> = {
  async grant(models, args) {
    const { user, email, role } = await targetOf(models, args);
    const roles = await models.roles.set(user.id, held => [...held, role], null, operator);
    return `${email} has the roles ${roles.join(', ')}.`;
  },

  async revoke(models, args) {
    const { user, email, role } = await targetOf(models, args);
    const without = (held: string[]) => held.filter(each => each !== role);
    const roles = await models.roles.set(user.id, without, null, operator);
    return `${email} has ${roles.length > 0 ? `the roles ${roles.join(', ')}` : 'no role'}.`;
  },

  async list({ roles, users }) {
    const granted = await roles.list();
    const lines = granted.map(async ({ userId, role, grantedAt, grantedBy }) => {
      const { user } = (await users.findById(userId)) ?? {};
      const by = grantedBy === null ? 'the operator' : `user ${grantedBy}`;
      return `${role}  ${user?.email ?? 'a closed account'} (user ${userId}), granted ${grantedAt} by ${by}`;
    });
    return (await Promise.all(lines)).join('\n') || 'Nobody has a role.';
  },
};

/** @throws {Error} with one line */
async function targetOf({ users }: Models, [email, role]: string[]) {
  if (!email || !role) throw new Error(`give an address and a role:\n${USAGE}`);
  if (!ROLE_NAME.test(role)) {
    throw new Error('a role has 1 to 32 characters: a lower-case letter, then letters, digits, _ or -');
  }
  const found = await users.findByEmail(email);
  if (!found) throw new Error(`no user has the address ${email}`);
  return { ...found, email, role };
}

try {
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Error(`give a command:\n${USAGE}`);
  const env = parseEnv(readEnvironment());
  const log = createLogger('warn', stdout(env));
  const metrics = createMetrics();
  const stores = openStores(env, log, metrics);
  const audit = createAuditModel({ db: stores.db, log, now: Date.now });
  const mailer = openMailer(env, log, outcome => {
    if (outcome === 'lost') console.error('The mail to the user could not be sent.');
  });
  try {
    const models = createModels({ env, ...stores, log, audit, metrics, mailer, now: Date.now });
    console.log(await command(models, args));
    if (!stores.redis && name !== 'list') {
      console.log(
        'Sessions are in the server process: restart it, so that tokens with the earlier roles end.',
      );
    }
  } finally {
    await mailer.close();
    await audit.close();
    await stores.close();
  }
} catch (error) {
  const fields = error instanceof ApiError ? (error.data.fields ?? []) : [];
  const reasons = fields.map(({ path, message }) => `${path} ${message}`);
  console.error(`admin: ${reasons.join('; ') || errorText(error)}`);
  process.exitCode = 1;
}
