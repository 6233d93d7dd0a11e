import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { serviceWays } from '../../bench/services.ts';
import { checks, signed } from '../../bench/stage/contenders.ts';
import { bareEnvironment, freshCheckout, run } from '../support/checkout.ts';
import { hasRealStores } from '../support/harness.ts';

// That it works, end to end; never how fast anything is. The run itself ends where a server answers wrong.
describe.skipIf(!hasRealStores)('npm run bench -- --quick', () => {
  let remove: () => Promise<void>;
  let markdown: string;
  let chart: string;

  beforeAll(async () => {
    const { redisUrl, mariadb } = inject('engines');
    const checkout = await freshCheckout();
    remove = checkout.remove;
    const bench = run('npm', ['run', '-s', 'bench', '--', '--quick', '--out', 'report'], {
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
  });
  afterAll(() => remove?.());

  /** The cells of the row that begins with this label. */
  function row(label: string): string[] {
    const line = markdown.split('\n').find(text => text.startsWith(`| ${label} |`));
    return line?.split('|').map(cell => cell.trim()) ?? [];
  }

  it.each([...checks, ...signed].map(({ label }) => label))('has a row for %s', label => {
    const [, , perSecond] = row(label);
    expect(Number(perSecond)).toBeGreaterThan(0);
    expect(row(label).at(-2), 'refused').toBe('–');
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
    expect(Number(row(label)[3])).toBeGreaterThanOrEqual(least);
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

  it('draws a chart that a browser can read', () => {
    for (const { label } of [...checks.slice(1), ...signed]) expect(chart).toContain(`>${label}</text>`);
    expect(chart).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [\s\S]*<\/svg>\n$/);
    expect(chart).not.toMatch(/NaN|Infinity/);
  });
});
