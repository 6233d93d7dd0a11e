import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import measured from '../../bench/scaling/measured.json' with { type: 'json' };
import { PAGE, tables, withTables } from '../../bench/scaling/page.ts';
import { plan } from '../../bench/scaling/plan.ts';
import { run } from '../support/checkout.ts';
import { codeBlocks } from './markdown.ts';

const page = readFileSync(PAGE, 'utf8');

/** What a command prints. */
async function printed(command: string): Promise<{ code: number | null; output: string }> {
  const { exited, output } = run('sh', ['-ec', command]);
  return { code: await exited, output: output() };
}

describe('docs/scaling.md', () => {
  it('has the tables that `npm run docs:scaling` writes', () => {
    expect(page, 'run `npm run docs:scaling`').toBe(withTables(page, tables));
  });

  it('fails to be written when it has no place for a table', () => {
    const [first, ...others] = page.split('| users |');
    expect(() => withTables([first, ...others].join('| people |'), tables)).toThrow('no table "Estimate"');
  });

  it('says where the run was', () => {
    for (const fact of measured.facts) expect(page).toContain(fact);
  });

  it('has commands for an estimate that work', async () => {
    const commands = codeBlocks(page).flatMap(({ code }) => code.trim().split('\n'));
    const estimates = commands.filter(command => command.startsWith('npm run scaling'));
    expect(estimates.length).toBeGreaterThan(1);
    for (const command of estimates) {
      const [, args = ''] = command.split(' -- ');
      if (args.startsWith('--users')) {
        expect(plan(args.split(' ')).map(({ rows }) => rows.length)).not.toContain(0);
        continue;
      }
      const { code, output } = await printed(command);
      expect(code, output).toBe(0);
      expect(output).toMatch(/^\| \*\*Redis: masters|^npm run scaling -- \[options\]/m);
    }
  });
});

describe('npm run scaling', () => {
  it('takes other assumptions', () => {
    const [assumed, estimated] = plan(['--users', '1000', '--sessions-per-user', '3', '--pool-size', '7']);
    expect(assumed?.rows).toContainEqual([expect.any(String), '`--pool-size`', '7']);
    expect(estimated?.head).toEqual(['users', '1,000']);
    expect(estimated?.rows).toContainEqual(['sessions; in use at the busiest time', '3,000; 150']);
    expect(estimated?.rows).toContainEqual(['MySQL: connections', '14']);
  });

  it.each([
    [['--users', 'many'], 'users cannot be NaN.'],
    [['--users', '1000,'], 'users cannot be 0.'],
    [['--api-load', '0'], 'apiLoad cannot be 0.'],
    [['--list-share', '2'], 'more than 1 together'],
    [['--unknown', '1'], 'Unknown option'],
  ])('says what is wrong with %j', (args, message) => {
    expect(() => plan(args)).toThrow(message);
  });

  it('ends with 1 and one line where the arguments are wrong', async () => {
    const { code, output } = await printed('npm run -s scaling -- --api-load 0');
    expect(code).toBe(1);
    expect(output.trim()).toBe('apiLoad cannot be 0.');
  });
});
