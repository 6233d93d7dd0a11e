import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { refusedCases } from '../../bench/refused/cases.ts';
import { serviceWays } from '../../bench/services.ts';
import { checks, signed } from '../../bench/stage/contenders.ts';
import { bareEnvironment, buildCheckout, run } from '../support/checkout.ts';
import { hasRealStores } from '../support/harness.ts';

// That it works, end to end; never how fast anything is. The run itself ends where a server answers wrong.
describe.skipIf(!hasRealStores)('npm run bench -- --quick', () => {
  let remove: () => Promise<void>;
  let markdown: string;
  let chart: string;

  beforeAll(async () => {
    const { redisUrl, mariadb } = inject('engines');
    const checkout = await buildCheckout();
    remove = checkout.remove;
    const bench = run('npm', ['run', '-s', 'bench', '--', '--quick', '--node', '20,24', '--out', 'report'], {
      cwd: checkout.directory,
      env: bareEnvironment({
        TEST_REDIS_URL: redisUrl ?? '',
        TEST_DB_HOST: mariadb?.host ?? '',
        TEST_DB_PORT: String(mariadb?.port),
        TEST_DB_USER: mariadb?.user ?? '',
        TEST_DB_PASSWORD: mariadb?.password ?? '',
      }),
    });
    expect(await bench.exited, bench.output()).toBe(0);
    markdown = await readFile(join(checkout.directory, 'report/bench.md'), 'utf8');
    chart = await readFile(join(checkout.directory, 'report/bench.svg'), 'utf8');
  }, 300_000);
  afterAll(() => remove?.());

  /** The cells of the rows that begin with this label. */
  function rows(label: string): string[][] {
    const lines = markdown.split('\n').filter(text => text.startsWith(`| ${label} |`));
    return lines.map(line => line.split('|').map(cell => cell.trim()));
  }
  const row = (label: string) => rows(label)[0] ?? [];

  it('says on which Node.js it ran', () => {
    expect(markdown).toMatch(/^- Node\.js 20\.\d+\.\d+ and 24\.\d+\.\d+ on /m);
  });

  it.each([...checks, ...signed].map(({ label }) => label))('has rows for %s, on both Node.js', label => {
    const [overview = [], ...details] = rows(label);
    for (const cell of [2, 4]) expect(Number(overview[cell])).toBeGreaterThan(0);
    for (const on of details.slice(0, 2)) {
      expect(Number(on[2])).toBeGreaterThan(0);
      expect(on.at(-2), 'refused').toBe('–');
    }
    expect(details.length).toBeGreaterThanOrEqual(2);
  });

  it.each(['20', '24'])('compares a profile with Fastify on Node.js %s', node => {
    const judged = rows('`GET /auth/profile`, of Fastify').map(cells => cells[2]);
    expect(judged).toContain(node);
  });

  it.each(['POST /auth/login', 'POST /auth/register', 'bcrypt.compare alone', 'alone', 'beside logins'])(
    'has a row for %s',
    label => {
      expect(Number(row(label)[2])).toBeGreaterThanOrEqual(0);
    },
  );

  // Other suites use the same Redis meanwhile, so there may be more.
  it.each([
    ['Redis round trips of a checked request', 1],
    ['Redis round trips of a signed request', 2],
  ])('counts the %s', (label, least) => {
    expect(Number(row(label)[4])).toBeGreaterThanOrEqual(least);
  });

  it.each(['check', 'login at the limit', 'list', 'revoke', 'logout-all'])(
    'measures the growth of %s',
    label => {
      expect(row(label).slice(2, -1)).toEqual([
        expect.stringMatching(/^\d+ · 1\.00/),
        expect.stringMatching(/^\d+ · /),
      ]);
    },
  );

  it.each(serviceWays)('has a row for %s', label => {
    expect(Number(row(label)[2])).toBeGreaterThan(0);
  });

  it.each(refusedCases.map(({ name }) => name))('has a row for the refused request %s', label => {
    const [, , status, cost] = row(label);
    expect(status).toMatch(/^(?:200|204|4\d\d)$/);
    expect(Number(cost)).toBeGreaterThan(0);
  });

  it('searches for slow requests', () => {
    const found = markdown.split('## Refused requests that a search found')[1] ?? '';
    expect(found).toMatch(/in 20 tries/);
    expect(
      found.split('\n').filter(line => /^\| .* \| [2-4]\d\d \| \d+ \| \d+ \| [A-Z]+ "/.test(line)),
    ).toHaveLength(2);
  });

  it('draws a chart that a browser can read', () => {
    for (const { label } of [...checks.slice(1), ...signed]) expect(chart).toContain(`>${label}</text>`);
    expect(chart).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [\s\S]*<\/svg>\n$/);
    expect(chart).not.toMatch(/NaN|Infinity/);
  });
});
