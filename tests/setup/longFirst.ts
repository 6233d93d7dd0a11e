import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take more than five seconds, most of them processor time, the longest first. */
const BUSY = [
  'bench/bench',
  'models/session/races',
  'controllers/reference.browser',
  'stores/redis/redis.failover.faults',
  'docs/postman',
  'docs/containers',
  'routes/mfa',
  'routes/adminAudit',
  'models/session/session.store.contract',
  'scripts/explain',
  'examples/web.browser',
  'models/session/refresh.races',
  'routes/oidc',
  'models/password/passwordHash',
  'models/account/recovery.races',
  'workers',
  'docs/readme',
  'http/stop.faults',
  'scripts/engines',
  'server',
  'regularExpressions',
  'scripts/start',
  'models/admin/admin.races',
  'models/limits/lockout',
  'docs/contributing',
  'examples/service',
  'telemetry/metrics',
  'reload',
  'scripts/start.npm',
  'controllers/cookie',
  'routes/input.security',
  'client/client',
  'routes/closing',
];

/** Files that mostly wait, such as for a deadline or a server, the longest first. */
const WAITING = [
  'bench/scaling/run',
  'stores/faults',
  'scripts/doctor',
  'stores/network.faults',
  'models/account/erasure',
  'nats/events',
  'stores/redis/redis.groups',
  'models/oidc/provider.faults',
  'models/limits/rateLimit.store.contract',
  'routes/recovery',
  'models/audit/audit.faults',
  'stores/db.mysql',
  'mail/mailer',
  'models/limits/lockout.store.contract',
  'models/account/recovery.faults',
  'models/audit/audit',
  'stores/mysql.faults',
  'client/client.express',
  'models/oneTime/oneTime.store.contract',
  'models/limits/rateLimit.faults',
  'models/mfa/mfa.faults',
];

/**
 * Begins the long files first: a run that begins one of them last ends with idle cores. And begins a file that waits
 * with each three others, so that not all that run at a time wait.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const nameOf = ({ project, moduleId }: TestSpecification) =>
      relative(`${project.config.root}/tests`, moduleId).replace('.test.ts', '');
    const sorted = await super.sort(files);
    const listed = (names: string[]) => names.flatMap(name => sorted.filter(file => nameOf(file) === name));
    const waiting = listed(WAITING);
    const busy = listed(BUSY);
    const others = sorted.filter(file => !waiting.includes(file) && !busy.includes(file));
    const mixed = [...busy, ...others].flatMap((file, i) => [
      ...(i % 3 === 0 ? waiting.splice(0, 1) : []),
      file,
    ]);
    return [...mixed, ...waiting];
  }
}
