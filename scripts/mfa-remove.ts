// `npm run mfa:remove -- ada@example.com`: removes the second factor of a user who lost it and every recovery code.
// Sessions continue. The audit trail has the event, and the user gets a mail.
import { createModels } from '../compose.ts';
import { parseEnv, readEnvironment } from '../config/env.ts';
import { openMailer } from '../mail/mailer.ts';
import { createAuditModel } from '../models/audit/audit.model.ts';
import { errorText, openDatabase } from '../stores/stores.ts';
import { createLogger, stdout } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';

const operator = { ip: '', userAgent: '', requestId: 'operator' };

try {
  const [email] = process.argv.slice(2);
  if (!email) throw new Error('give the e-mail address: npm run mfa:remove -- ada@example.com');
  const env = parseEnv(readEnvironment());
  const log = createLogger('warn', stdout(env));
  const metrics = createMetrics();
  const db = await openDatabase(env, metrics);
  const audit = createAuditModel({ db, log, now: Date.now });
  const mailer = openMailer(env, log, outcome => {
    if (outcome === 'lost') console.error('The mail to the user could not be sent.');
  });
  try {
    const { users, mfa } = createModels({ env, db, redis: null, log, audit, metrics, mailer, now: Date.now });
    const found = await users.findByEmail(email);
    if (!found) throw new Error(`no user has the address ${email}`);
    const removed = await mfa.remove({ userId: found.user.id, ...operator }, 'operator');
    console.log(removed ? `The second factor of ${email} is removed.` : `${email} has no second factor.`);
  } finally {
    await mailer.close();
    await audit.close();
    await db.close();
  }
} catch (error) {
  console.error(`mfa:remove: ${errorText(error)}`);
  process.exitCode = 1;
}
