import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Kind, kinds } from '../../../bench/scaling/model.ts';
import type { Measured } from '../../../bench/scaling/run.ts';
import { steps } from '../../../bench/scaling/traffic.ts';
import { hasBinaries } from '../../../scripts/engines.ts';
import { bareEnvironment, buildCheckout, run } from '../../support/checkout.ts';

// That it works, end to end, and that nothing is answered wrong; never how fast anything is.
describe.skipIf(!hasBinaries())('npm run bench:scaling -- --quick', () => {
  let remove: () => Promise<void>;
  let measured: Measured;

  beforeAll(async () => {
    const checkout = await buildCheckout();
    remove = checkout.remove;
    const bench = run('npm', ['run', '-s', 'bench:scaling', '--', '--quick', '--out', 'report'], {
      cwd: checkout.directory,
      env: bareEnvironment(),
    });
    expect(await bench.exited, bench.output()).toBe(0);
    measured = JSON.parse(await readFile(join(checkout.directory, 'report/measured.json'), 'utf8'));
  }, 600_000);
  afterAll(() => remove?.());

  function rowsOf(title: string): string[][] {
    return measured.tables.find(table => table.title === title)?.rows ?? [];
  }

  /** Reads `1,234 (5.6 %)`. */
  const numberOf = (cell = '') => Number.parseInt(cell.replaceAll(',', ''), 10);

  /** The cells behind the label of each row. */
  const byLabel = (title: string): Record<string, string[]> =>
    Object.fromEntries(rowsOf(title).map(([label, ...cells]) => [label, cells]));

  it('counts what each kind of request makes the stores do', () => {
    const counted = (kind: Kind) => {
      const { redisCommands, scripts, mysqlReads, mysqlWrites, auditRows } = measured.shares.requests[kind];
      return { redisCommands, scripts, mysqlReads, mysqlWrites, auditRows };
    };
    const reads = { mysqlWrites: 0, auditRows: 0 };
    expect(counted('check')).toEqual({ ...reads, redisCommands: 1, scripts: 0, mysqlReads: 1 });
    expect(counted('profile')).toEqual({ ...reads, redisCommands: 3, scripts: 1, mysqlReads: 1 });
    expect(counted('list')).toMatchObject({ ...reads, scripts: 2, mysqlReads: 0 });
    expect(counted('signed')).toMatchObject({ ...reads, scripts: 2, mysqlReads: 0 });
    expect(counted('refresh')).toMatchObject({ scripts: 2, mysqlReads: 1, auditRows: 1 });
    expect(counted('logout')).toMatchObject({ scripts: 3, mysqlReads: 0, auditRows: 1 });
    // The first login of a user ends no session, and each other one does.
    expect(counted('login')).toMatchObject({ scripts: 4, mysqlReads: 1, auditRows: 2 });
  });

  it('measures sizes and processor time', () => {
    const { requests, pollMicros: _, ...sizes } = measured.shares;
    for (const figure of Object.values(sizes)) expect(figure).toBeGreaterThan(0);
    for (const kind of Object.keys(kinds) as Kind[]) expect(requests[kind].apiMicros).toBeGreaterThan(0);
  });

  it('spreads the sessions over the masters, and has all of them on the replicas', () => {
    const keys = rowsOf('The servers of the cluster').map(([, , cell]) => numberOf(cell));
    const [masters, replicas] = [keys.slice(0, 3), keys.slice(3)];
    expect(masters.reduce((sum, each) => sum + each)).toBe(3 * 1200);
    expect(replicas).toEqual(masters);
  });

  it('sends every kind of request before, during and after the move', () => {
    const rows = rowsOf('Answers while slots move');
    expect(rows.map(([, step]) => step)).toEqual([...steps, ...steps, ...steps, ...steps]);
    for (const [, , answers] of rows) expect(numberOf(answers)).toBeGreaterThan(0);
  });

  it('finds no wrong answer and no lost session', () => {
    const rows = byLabel('Wrong answers while slots move');
    const count = (label: string) => numberOf(rows[label]?.[0]);
    expect(count('answers that were judged')).toBeGreaterThan(100);
    expect(count('sessions read afterwards, of users whose slot moved')).toBeGreaterThan(0);
    expect(count('ended tokens that were let in')).toBe(0);
    expect(count('live tokens that got 401')).toBe(0);
    expect(count('other wrong answers')).toBe(0);
    expect(count('of these lost')).toBe(0);
  });

  it('shows what goes wrong when the API reads from a replica that is behind', () => {
    const answers = Object.entries(byLabel('Reads from a replica that is behind'));
    const differing = answers.filter(([, [right, , replica]]) => right !== replica);
    for (const [, [right, primary]] of answers) expect(primary).toBe(right);
    expect(differing.map(([name, [right, , replica]]) => `${name}: ${replica}, not ${right}`)).toEqual([
      'log in with the old password after its change: **200**, not invalid_credentials',
      'log in with the new password after its change: **invalid_credentials**, not 200',
      'log in without a code after the second factor was turned on: **200**, not mfa_required',
      'log in to a closed account: **200**, not invalid_credentials',
      'use a new link that resets the password: **validation_failed**, not 204',
      'use a link that resets the password twice: **store_unavailable**, not validation_failed',
      'log in right after registration: **invalid_credentials**, not 200',
      'read the profile after a change of the name: **old name**, not new name',
      'read the activity after a change of the name: **without the change**, not with the change',
    ]);
  });
});
