import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tableRows } from '../../bench/report.ts';
import measured from '../../bench/scaling/measured.json' with { type: 'json' };
import { run } from '../support/checkout.ts';
import { codeBlocks } from './markdown.ts';

const page = readFileSync('docs/scaling.md', 'utf8');

/** What a command prints. */
async function printed(command: string): Promise<{ code: number | null; output: string }> {
  const { exited, output } = run('sh', ['-ec', command]);
  return { code: await exited, output: output() };
}

describe('docs/scaling.md', () => {
  it.each(measured.tables.map(table => [table.title, table] as const))(
    'has the table "%s" of the last run',
    (_, table) => {
      expect(page).toContain(tableRows(table));
    },
  );

  it('says where the run was', () => {
    for (const fact of measured.facts) expect(page).toContain(fact);
  });

  it('has the tables that `npm run scaling` prints', async () => {
    const { code, output } = await printed('npm run -s scaling');
    expect(code, output).toBe(0);
    const tables = output.trim().split('\n\n');
    expect(tables).toHaveLength(2);
    for (const table of tables) expect(page).toContain(table);
  });

  it('has commands for an estimate that work', async () => {
    const commands = codeBlocks(page).flatMap(({ code }) => code.trim().split('\n'));
    const estimates = commands.filter(command => command.startsWith('npm run scaling'));
    expect(estimates.length).toBeGreaterThan(1);
    for (const command of estimates) {
      const { code, output } = await printed(command);
      expect(code, output).toBe(0);
      expect(output).toMatch(/^\| \*\*Redis: masters|^npm run scaling -- \[options\]/m);
    }
  });
});

describe('npm run scaling', () => {
  it('takes other assumptions', async () => {
    const few = 'npm run -s scaling -- --users 1000 --sessions-per-user 3 --pool-size 7';
    const { output } = await printed(few);
    expect(output).toMatch(/^\| users \| 1,000 \|$/m);
    expect(output).toMatch(/^\| sessions; in use at the busiest time \| 3,000; 150 \|$/m);
    expect(output).toMatch(/^\| MySQL: connections \| 14 \|$/m);
  });

  it.each([
    ['--users many', 'users cannot be NaN.'],
    ['--users 1000,', 'users cannot be 0.'],
    ['--api-load 0', 'apiLoad cannot be 0.'],
    ['--list-share 2', 'more than 1 together'],
    ['--unknown 1', 'Unknown option'],
  ])('says what is wrong with %s', async (args, message) => {
    const { code, output } = await printed(`npm run -s scaling -- ${args}`);
    expect(code).toBe(1);
    expect(output).toContain(message);
    expect(output).not.toMatch(/\n\s+at /);
  });
});
