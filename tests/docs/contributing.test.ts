import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bareEnvironment,
  freshCheckout,
  type RunningProcess,
  run,
  runCompiler,
} from '../support/checkout.ts';
import { codeBlocks, section } from './markdown.ts';

describe('the worked example of CONTRIBUTING.md', () => {
  let directory: string;
  let remove: () => Promise<void>;
  let testFile = '';

  beforeAll(async () => {
    ({ directory, remove } = await freshCheckout());
    for (const { language, code } of codeBlocks(section('CONTRIBUTING.md', 'Adding an endpoint'))) {
      const [first = '', ...lines] = code.split('\n');
      const path = first.replace(/^(#|\/\/) /, '');
      if (language === 'diff') await change(join(directory, path), lines);
      if (language === 'ts') {
        testFile = path;
        await writeFile(join(directory, path), lines.join('\n'));
      }
    }
  });
  afterAll(() => remove());

  it('has the right types', async () => {
    await succeeds(runCompiler(['--noEmit'], directory));
  });

  it('passes the linter', async () => {
    const changed = ['controllers', 'models', 'routes', testFile];
    const check = ['check', '--error-on-warnings', '--vcs-enabled=false', ...changed];
    await succeeds(program(['node_modules/@biomejs/biome/bin/biome', ...check]));
  });

  it('passes its own test', async () => {
    const quick = ['run', '--config', 'vitest.quick.config.ts', testFile];
    await succeeds(program(['node_modules/vitest/vitest.mjs', ...quick]));
  });

  const program = (args: string[]) => run(process.execPath, args, { cwd: directory, env: bareEnvironment() });

  async function succeeds({ exited, output }: RunningProcess): Promise<void> {
    expect(await exited, output()).toBe(0);
  }
});

/** Applies the hunks of a diff without line numbers: the text of each must stand in the file exactly once. */
async function change(file: string, lines: string[]): Promise<void> {
  let text = await readFile(file, 'utf8');
  for (const hunk of lines.join('\n').split('@@\n')) {
    const kept = hunk.split('\n').filter(line => line !== '');
    const side = (signs: string) =>
      kept
        .filter(line => signs.includes(line.charAt(0)))
        .map(line => `${line.slice(1)}\n`)
        .join('');
    expect(text.split(side(' -')), `${file} has the lines of the hunk once`).toHaveLength(2);
    text = text.replace(side(' -'), () => side(' +'));
  }
  await writeFile(file, text);
}
