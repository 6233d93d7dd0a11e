import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PageFile, PageFiles } from '../controllers/docs.controller.ts';
import { aroundBody, stringToSign } from '../signing/canonical.ts';

const OWN = [
  'page.css',
  'page.js',
  'element.js',
  'lastRequest.js',
  'logins.js',
  'requests.js',
  'schemas.js',
  'sessions.js',
  'signer.js',
  'swaggerPlugin.js',
];
const OF_SWAGGER_UI = ['swagger-ui-bundle.js', 'swagger-ui.css'];

/**
 * The files of the reference page. Nothing else is served.
 * @throws {Error} when swagger-ui-dist is not installed
 */
export function pageFiles(): PageFiles {
  const { resolve } = createRequire(import.meta.url);
  // Found by the name of the package, because the compiled form of this module is one folder deeper.
  const root = dirname(resolve('express-auth-api/package.json'));
  const own = (name: string) => ({ path: join(root, 'reference', name) });
  return {
    page: own('page.html'),
    assets: new Map<string, PageFile>([
      ...OWN.map(name => [name, own(name)] as const),
      ...OF_SWAGGER_UI.map(name => [name, { path: resolve(`swagger-ui-dist/${name}`) }] as const),
      // The page signs with the server's own rule.
      ['canonical.js', { script: `export ${stringToSign}\n${aroundBody}\n` }],
    ]),
  };
}
