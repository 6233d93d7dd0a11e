import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of about ten seconds and more, the longest first. Much of it is waiting, so their size does not tell. */
const LONG = [
  'controllers/reference.browser.test.ts',
  'bench/bench.test.ts',
  'server.test.ts',
  'scripts/start.test.ts',
  'bench/scaling/run.test.ts',
  'models/session/races.test.ts',
  'stores/faults.test.ts',
  'docs/postman.test.ts',
  'examples/web.browser.test.ts',
  'stores/network.faults.test.ts',
  'models/account/erasure.test.ts',
  'scripts/doctor.test.ts',
  'scripts/explain.test.ts',
  'nats/events.test.ts',
  'docs/containers.test.ts',
  'stores/redis/redis.failover.faults.test.ts',
  'models/session/refresh.races.test.ts',
  'routes/adminAudit.test.ts',
  'models/account/recovery.races.test.ts',
  'docs/contributing.test.ts',
  'docs/admin.test.ts',
  'scripts/engines.test.ts',
  'workers.test.ts',
  'reload.test.ts',
  'http/stop.faults.test.ts',
  'models/session/session.store.contract.test.ts',
  'controllers/cookie.browser.test.ts',
].map(path => `tests/${path}`);

/** Begins the long files first: a run that begins one of them last ends with idle cores. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ project, moduleId }: TestSpecification) => {
      const place = LONG.indexOf(relative(project.config.root, moduleId));
      return place === -1 ? LONG.length : place;
    };
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => placeOf(a) - placeOf(b));
  }
}
