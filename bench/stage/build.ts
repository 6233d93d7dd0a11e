import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/**
 * Compiles the server as `npm run build` does, and beside it what only the benchmarks start.
 * @throws {Error} when it does not compile
 */
export function build(): void {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const argv = [compiler, '-p', join(ROOT, 'bench/tsconfig.json')];
  if (spawnSync(process.execPath, argv, { stdio: 'inherit' }).status !== 0)
    throw new Error('The build failed.');
}
