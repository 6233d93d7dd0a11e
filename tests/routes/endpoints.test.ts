import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

// The suites that compare documents with the routes would not notice a file that is missing there.
it.each(readdirSync('routes').filter(file => file.endsWith('.routes.ts')))(
  'the list of endpoints has those of %s',
  file => {
    expect(readFileSync('tests/support/endpoints.ts', 'utf8')).toContain(`'../../routes/${file}'`);
  },
);
