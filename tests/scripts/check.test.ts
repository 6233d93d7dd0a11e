import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { bareEnvironment, run } from '../support/checkout.ts';

const FAULT = `export const a: string = 1;\n`;
const DEBUGGER = 'debugger;\n';

it.each([
  { faults: { 'examples/web': FAULT } },
  { faults: { '.': FAULT, reference: FAULT, lint: DEBUGGER } },
])('npm run check fails, and names each of the faults: $faults', async ({ faults }) => {
  const { lint = '', ...code } = { '.': '', 'examples/web': '', reference: '', ...faults };
  const directory = await mkdtemp(join(tmpdir(), 'check-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await symlink(join(process.cwd(), 'node_modules'), join(directory, 'node_modules'));
  const tsconfig = { compilerOptions: { lib: ['ES5'], types: [] }, files: ['a.ts'] };
  for (const [part, text] of Object.entries(code)) {
    await mkdir(join(directory, part), { recursive: true });
    await writeFile(join(directory, part, 'tsconfig.json'), `${JSON.stringify(tsconfig, null, 2)}\n`);
    await writeFile(join(directory, part, 'a.ts'), text);
  }
  await writeFile(join(directory, 'lint.ts'), lint);
  await writeFile(join(directory, 'biome.json'), '{ "formatter": { "enabled": false } }');

  const check = run(process.execPath, [join(process.cwd(), 'scripts/check.mjs')], {
    cwd: directory,
    env: bareEnvironment(),
  });
  expect(await check.exited).toBe(1);
  for (const part of Object.keys(faults)) {
    const finding = part === 'lint' ? 'lint/suspicious/noDebugger' : `${join(part, 'a.ts')}(1,14): error`;
    expect(check.output()).toContain(finding);
  }
});
