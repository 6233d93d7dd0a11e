// `npm start`: builds what has changed, writes the first .env, runs the compiled server. Plain JavaScript, because
// it runs before anything is built.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const compiler = 'node_modules/typescript/bin/tsc';
if (existsSync(compiler)) {
  const build = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  if (build.status !== 0) process.exit(build.status ?? 1);
} else if (!existsSync('dist/server.js')) {
  console.error(
    'There is no build and no compiler: run `npm ci` (with its development packages), then `npm start`.',
  );
  process.exit(1);
}

if (process.env.NODE_ENV !== 'production') {
  const { writeFirstEnv } = await import('../dist/scripts/first-start.js');
  for (const file of writeFirstEnv(process.cwd(), process.env)) console.log(`wrote ${file}`);
}
await import('../dist/server.js');
