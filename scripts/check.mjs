// `npm run check`: types and lint, side by side. Plain JavaScript, so that it needs no loader.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

// On one thread and without collecting garbage the compiler takes half of the processor time.
const compiler = ['node_modules/typescript/bin/tsc', '--singleThreaded', '--noEmit', '-p'];
const lint = ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'];
const env = { ...process.env, GOGC: process.env.GOGC ?? 'off' };

/** Runs programs of Node.js one after the other, and gives whether all of them passed. */
async function pass(...programs) {
  let passed = true;
  for (const args of programs) {
    const [code] = await once(spawn(process.execPath, args, { stdio: 'inherit', env }), 'close');
    passed &&= code === 0;
  }
  return passed;
}

const results = await Promise.all([
  pass([...compiler, '.']),
  pass([...compiler, 'examples/web'], [...compiler, 'reference'], lint),
]);
process.exitCode = results.every(Boolean) ? 0 : 1;
