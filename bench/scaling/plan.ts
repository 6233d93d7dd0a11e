// `npm run scaling`: what a number of users needs, from the shares that `npm run bench:scaling` has measured.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type Table, tableRows } from '../report.ts';
import measured from './measured.json' with { type: 'json' };
import { type Assumptions, assumptions, estimate } from './model.ts';
import { assumptionTable, estimateTable, optionOf } from './tables.ts';

const USERS = '1000000,10000000,100000000';
const names = Object.keys(assumptions) as (keyof Assumptions)[];

const usage = `npm run scaling -- [options]
  --users a,b              registered users (${USERS})
${names.map(name => `  ${`--${optionOf(name)} n`.padEnd(25)}${assumptions[name].meaning} (${assumptions[name].value})`).join('\n')}`;

/**
 * The assumptions and the estimate.
 * @throws {Error} with what is wrong with the arguments
 */
export function plan(args: string[]): Table[] {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const name of ['users', ...names]) options[optionOf(name)] = { type: 'string' };
  const { values } = parseArgs({ args, options });
  const given = (name: string) => values[optionOf(name)]?.toString();
  const assumed = Object.fromEntries(
    names.map(name => [name, Number(given(name) ?? assumptions[name].value)]),
  ) as Assumptions;
  const users = (given('users') ?? USERS).split(',').map(Number);
  return [
    assumptionTable(assumed),
    estimateTable(users.map(count => estimate(count, assumed, measured.shares))),
  ];
}

function main(args: string[]): void {
  try {
    console.log(args.includes('--help') ? usage : plan(args).map(tableRows).join('\n\n'));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

if (process.argv[1] === import.meta.filename) main(process.argv.slice(2));
