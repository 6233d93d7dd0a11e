import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/**
 * Builds the server as `npm run build` does, and beside it what only the benchmarks start.
 * @throws {Error} when it does not compile
 */
export function build(): void {
  const argv = ['scripts/build.mjs', 'bench/tsconfig.json'];
  if (spawnSync(process.execPath, argv, { cwd: ROOT, stdio: 'inherit' }).status !== 0)
    throw new Error('The build failed.');
}
