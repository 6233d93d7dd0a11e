import { configDefaults, defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/**
 * The suites for `npm run test:quick`: those that need only Node.js. Suites on the real stores skip themselves, because no
 * server is started. Suites that start processes, need another program, or run many rounds are left to `npm test`.
 */
export default defineConfig({
  test: {
    ...base.test,
    globalSetup: 'tests/setup/quick.ts',
    exclude: [
      ...configDefaults.exclude,
      'tests/bench/{bench,scaling/run}.test.ts',
      'tests/http/**',
      'tests/examples/**',
      'tests/mail/**',
      'tests/nats/**',
      'tests/scripts/**',
      'tests/stores/redis/**',
      'tests/**/*.{browser,crash,faults,package,property,races}.test.ts',
      'tests/**/{faults,races}.test.ts',
      'tests/client/sign.test.ts',
      'tests/docs/{containers,contributing,nginx,postman,readme,scaling}.test.ts',
      'tests/models/password/passwordHash.test.ts',
      'tests/stores/db.mysql.test.ts',
      'tests/telemetry/logger.test.ts',
      'tests/{bundle,regularExpressions,server,workers}.test.ts',
    ],
  },
});
