import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/**
 * Compiles what only the benchmarks start, and beside it the server as `npm run build` does.
 * @throws {Error} when it does not compile
 */
export function build(): void {
  // The second replaces dist/server.js, which the first has written, too.
  run('node_modules/typescript/bin/tsc', '-p', 'bench/tsconfig.json', '--singleThreaded');
  run('scripts/build.mjs');
}

function run(...argv: string[]): void {
  const env = { GOGC: 'off', ...process.env }; // as in scripts/build.mjs
  if (spawnSync(process.execPath, argv, { cwd: ROOT, env, stdio: 'inherit' }).status !== 0)
    throw new Error('The build failed.');
}
