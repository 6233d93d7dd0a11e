// `npm run docs:errors`: writes docs/errors.md from errors.ts and errors.causes.ts.
import { writeFileSync } from 'node:fs';
import { errorsMarkdown } from '../openapi/errorPages.ts';

writeFileSync('docs/errors.md', errorsMarkdown());
console.log('wrote docs/errors.md');
