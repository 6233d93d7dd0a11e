// `npm run build`: compiles each module into dist/, and replaces the programs there by bundles with their packages. A
// bundle loads few files, so it starts in half the time and takes a fifth less memory. Plain JavaScript, because it runs
// before anything is built. Takes another compiler project than tsconfig.build.json, for the benchmarks.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const SCRIPTS = ['admin', 'db-setup', 'doctor', 'explain', 'first-start', 'mfa-remove'];
/** With native parts, or with exports that only Node.js sees. */
const NOT_BUNDLED = ['argon2', 'bcrypt', 'libsql', '@zxcvbn-ts/language-common'];
const CHUNKS = 'dist/chunks';

// The compiler and the bundler are programs in Go. They end soon, so they need not collect their garbage, which takes a
// third of their time. With more threads the compiler does much of its work several times.
process.env.GOGC ??= 'off';

const [project = 'tsconfig.build.json'] = process.argv.slice(2);
const compiler = ['node_modules/typescript/bin/tsc', '-p', project, '--singleThreaded'];
if (spawnSync(process.execPath, compiler, { stdio: 'inherit' }).status !== 0) process.exit(1);

try {
  const { metafile } = await build({
    entryPoints: ['server.ts', ...SCRIPTS.map(name => `scripts/${name}.ts`)],
    outbase: '.',
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: NOT_BUNDLED,
    // For packages in CommonJS.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    // The text of a program stays in memory. Names and lines stay for stack traces.
    minifyWhitespace: true,
    lineLimit: 160,
    sourcemap: true,
    metafile: true,
  });
  for (const name of readdirSync(CHUNKS)) {
    if (!(`${CHUNKS}/${name}` in metafile.outputs)) rmSync(`${CHUNKS}/${name}`);
  }
} catch {
  process.exit(1); // esbuild has said why
}
