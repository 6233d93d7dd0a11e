import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { createApp } from '../../app.ts';
import { type Env, parseEnv } from '../../config/env.ts';
import { createHttpServer, httpLimits } from '../../http/server.ts';
import { createMailer, type MailMessage } from '../../mail/mailer.ts';
import { createAuditModel } from '../../models/audit/audit.model.ts';
import { createVerifiedEmailTable } from '../../models/user/verifiedEmail.sql.ts';
import type { MariadbEngine } from '../../scripts/engines/mariadb.ts';
import type { Database } from '../../stores/db.ts';
import { openMysql } from '../../stores/mysql.ts';
import type { Redis } from '../../stores/redis/redis.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics } from '../../telemetry/metrics.ts';
import type { Stage } from '../stage/stage.ts';
import { createCaller, tokensOf } from './caller.ts';
import { type LagApi, PASSWORD, scenarios } from './lag.scenarios.ts';
import { type Replication, startReplication } from './replication.ts';

/** For mails and audit rows, which are written after the response. */
const LOOK_MS = 30_000;

export interface LagFinding {
  name: string;
  right: string;
  /** What the API answered when it read from the primary, and from the replica that was held back. */
  primary: string;
  replica: string;
}

const registration = z.object({ user: z.object({ id: z.number() }) });

/**
 * The API in this process.
 * @param db where it reads and writes
 */
async function openApi(
  env: Env,
  db: Database,
  primary: Database,
  redis: Redis,
  servers: Replication,
): Promise<LagApi & { close(): Promise<void> }> {
  const log = createLogger('silent');
  const metrics = createMetrics();
  let moved = 0;
  const now = () => Date.now() + moved;
  const audit = createAuditModel({ db: primary, log, now });
  const mails: MailMessage[] = [];
  const deliver = async (mail: MailMessage) => mails.push(mail);
  const mailer = createMailer({ deliver, from: env.MAIL_FROM, log, startWithinMs: 0 });
  const app = createApp({ env, db, redis, log, audit, mailer, metrics, now, startedAt: now() - 120_000 });
  const { server, listen } = createHttpServer(app, log, httpLimits, metrics.refused);
  const { port } = await listen(0, '127.0.0.1');
  const call = createCaller(`http://127.0.0.1:${port}`, env.SIGNATURE_KEY, now);

  /** Looks again and again until there is something. */
  async function found<T>(what: string, look: () => T | null | Promise<T | null>): Promise<T> {
    const giveUpAt = performance.now() + LOOK_MS;
    for (;;) {
      const result = await look();
      if (result !== null) return result;
      if (performance.now() > giveUpAt) throw new Error(`There is no ${what}.`);
      await sleep(10);
    }
  }

  return {
    call,
    now,
    hold: servers.hold,
    follow: servers.follow,
    advance(ms) {
      moved += ms;
    },
    async newUser() {
      const user = { name: 'Ada', email: `${randomBytes(6).toString('hex')}@example.com` };
      const { body } = await call('POST', '/auth/register', { body: { ...user, password: PASSWORD } });
      const { id } = registration.parse(body).user;
      await servers.follow();
      const login = await call('POST', '/auth/login', { body: { email: user.email, password: PASSWORD } });
      return { ...user, id, token: tokensOf(login).access };
    },
    linkTo: (page, { email }) =>
      found(`mail with a link to ${page}`, () => {
        const mail = mails.findLast(({ to, link }) => to === email && link?.includes(page));
        return mail?.link ? new URL(mail.link).searchParams.get('token') : null;
      }),
    async audited({ id }, event) {
      const sql = 'SELECT id FROM audit_log WHERE user_id = ? AND event = ?';
      await found(`row of ${event}`, async () => (await primary.query(sql, [id, event]))[0] ?? null);
    },
    verify: user =>
      createVerifiedEmailTable(primary, now).add({ ...user, created_at: null, updated_at: null }),
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await mailer.close();
      await audit.close();
    },
  };
}

/** Runs every scenario on an API that reads from the primary, and on one that reads from a replica that is held back. */
export async function measureLag(stage: Stage): Promise<LagFinding[]> {
  const schema = await readFile(join(import.meta.dirname, '..', '..', 'schema.sql'), 'utf8');
  const database = 'lag';
  const servers = await startReplication(schema, database);
  const envOf = ({ host, port, user, password }: MariadbEngine) =>
    parseEnv({
      ...stage.env,
      ...{ DB_HOST: host, DB_PORT: String(port), DB_USER: user, DB_PASSWORD: password, DB_NAME: database },
      ...{ BCRYPT_ROUNDS: '4', RATE_LIMIT: 'off', DB_TIMEOUT_MS: '5000', REDIS_TIMEOUT_MS: '5000' },
    });
  const env = envOf(servers.primary);
  const primary = openMysql(env);
  const replica = openMysql(envOf(servers.replica));
  const lagging: Database = { ...primary, query: replica.query };
  try {
    const apis = [];
    for (const db of [primary, lagging]) apis.push(await openApi(env, db, primary, stage.redis, servers));
    const findings: LagFinding[] = [];
    for (const { name, right, run } of scenarios) {
      const outcomes: string[] = [];
      for (const api of apis) {
        outcomes.push(await run(api));
        await servers.follow();
      }
      const [onPrimary = '', onReplica = ''] = outcomes;
      if (onPrimary !== right) throw new Error(`${name}: ${onPrimary} from the primary, not ${right}`);
      findings.push({ name, right, primary: onPrimary, replica: onReplica });
    }
    for (const api of apis) await api.close();
    return findings;
  } finally {
    await Promise.all([primary.close(), replica.close()]);
    await servers.stop();
  }
}
