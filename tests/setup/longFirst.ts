import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of about ten seconds and more, the longest first. Much of it is waiting, so their size does not tell. */
const LONG = [
  'bench/scaling/run.test.ts',
  'bench/bench.test.ts',
  'models/session/races.test.ts',
  'controllers/reference.browser.test.ts',
  'stores/faults.test.ts',
  'docs/postman.test.ts',
  'models/account/erasure.test.ts',
  'stores/network.faults.test.ts',
  'examples/web.browser.test.ts',
  'scripts/doctor.test.ts',
  'server.test.ts',
  'scripts/start.test.ts',
  'models/session/session.store.contract.test.ts',
  'stores/redis/redis.failover.faults.test.ts',
  'routes/adminAudit.test.ts',
  'scripts/explain.test.ts',
  'workers.test.ts',
  'nats/events.test.ts',
  'docs/admin.test.ts',
  'docs/contributing.test.ts',
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
