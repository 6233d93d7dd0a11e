import { configDefaults, defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/**
 * The suites that need nothing but Node.js, for `npm run test:quick`. No server is started, so suites on the real
 * stores skip themselves; what is slow or needs another program is left to `npm test`.
 */
export default defineConfig({
  test: {
    ...base.test,
    globalSetup: 'tests/support/quick-setup.ts',
    isolate: false,
    exclude: [
      ...configDefaults.exclude,
      'tests/bench/**',
      'tests/scripts/**',
      'tests/stores/redis/**',
      'tests/**/*.{faults,races,crash,browser,package}.test.ts',
      'tests/**/{faults,races}.test.ts',
      'tests/docs/{containers,nginx,postman,readme}.test.ts',
      'tests/{server,workers}.test.ts',
    ],
  },
});
