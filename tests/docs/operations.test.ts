import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startRedis } from '../../scripts/engines/redis.ts';
import { run } from '../support/checkout.ts';
import { eventually } from '../support/eventually.ts';
import { hasRealStores, startTestApp, type TestApp } from '../support/harness.ts';
import { codeBlocks, section } from './markdown.ts';

const file = 'docs/operations.md';
const page = readFileSync(file, 'utf8');
const alertRules = 'docs/alerts.yaml';

function commands(heading: string, kind: 'sh' | 'sql' = 'sh'): string[] {
  return codeBlocks(section(file, heading))
    .filter(({ language }) => language === kind)
    .map(({ code }) => code);
}

describe('the operations page', () => {
  it.skipIf(!existsSync(alertRules))('says of every alert what to do', () => {
    const { groups } = parse(readFileSync(alertRules, 'utf8'));
    const rules = groups.flatMap((group: { rules: { alert: string }[] }) => group.rules);
    const headings = [...page.matchAll(/^### (\w+)$/gm)].map(([, heading]) => heading);
    expect(headings.sort()).toEqual(rules.map(({ alert }: { alert: string }) => alert).sort());
  });

  it.skipIf(!hasRealStores)('has a command that ends every session, refresh tokens included', async () => {
    const redis = await startRedis(); // its own: it takes away everybody's
    const app = await startTestApp('real', { REDIS_URL: redis.url });
    try {
      const user = await app.register();
      const { body } = await app.call('POST', '/auth/login', { body: user });
      const [script = ''] = commands('Ending every session');
      const ended = run('sh', ['-ec', script.replaceAll('redis-cli', `redis-cli -u ${redis.url}`)]);
      expect(await ended.exited, ended.output()).toBe(0);
      const profile = await app.call('GET', '/auth/profile', { token: body.access_token });
      expect(profile.body.code).toBe('token_revoked');
      const { refresh_token } = body;
      const refreshed = await app.call('POST', '/auth/refresh', { body: { refresh_token } });
      expect(refreshed.body.code).toBe('refresh_invalid');
      expect((await app.call('POST', '/auth/login', { body: user })).status).toBe(200);
    } finally {
      await app.close();
      await redis.stop();
    }
  });

  it.skipIf(!hasRealStores)('has commands that change Redis’ password under a running API', async () => {
    const redis = await startRedis();
    const cli = (command: string) =>
      run('sh', ['-ec', command.replaceAll('redis-cli', `redis-cli -u ${redis.url}`)]);
    expect(await cli('redis-cli config set requirepass "the old one"').exited).toBe(0);
    const withPassword = (password: string) => redis.url.replace('//', `//:${encodeURIComponent(password)}@`);
    const before = await startTestApp('real', { REDIS_URL: withPassword('the old one') });
    const [script = ''] = commands('Secrets and passwords');
    const [add = '', drop = ''] = script.trim().split('\n');
    const asAdmin = async (command: string, password: string) => {
      const { exited, output } = cli(`export REDISCLI_AUTH="${password}"; ${command}`);
      await exited;
      expect(output().trim().split('\n').at(-1)).toBe('OK');
    };
    const ready = async (app: TestApp) => (await app.call('GET', '/health/ready')).status;
    await asAdmin(add, 'the old one');
    const after = await startTestApp('real', { REDIS_URL: withPassword('the new one') });
    try {
      expect([await ready(before), await ready(after)]).toEqual([200, 200]);
      await asAdmin(drop, 'the new one');
      expect([await ready(before), await ready(after)]).toEqual([200, 200]);
      expect(await cli('REDISCLI_AUTH="the old one" redis-cli -e ping').exited).not.toBe(0);
    } finally {
      await before.close();
      await after.close();
      await redis.stop();
    }
  });

  it.skipIf(!hasRealStores)('has statements for old audit rows and for closed accounts', async () => {
    const app = await startTestApp('real');
    const { db } = app.stores;
    const statement = (sql = '') => sql.replace(/;[^;]*$/, '');
    const rows = async (table: string, id: number) =>
      (await db.query(`SELECT user_id FROM ${table} WHERE user_id = ?`, [id])).length;
    try {
      const { id } = await app.register();
      await eventually(async () => expect(await rows('audit_log', id)).toBe(1));
      await db.run("UPDATE audit_log SET created_at = '2020-01-01' WHERE user_id = ?", [id]);
      await db.run(statement(commands('Logs and audit', 'sql')[0]), []);
      expect(await rows('audit_log', id)).toBe(0);

      const [handOver, count] = commands('Closed accounts', 'sql').map(statement);
      await db.run('UPDATE users SET name = NULL, email = NULL, password = NULL WHERE id = ?', [id]);
      await db.run(handOver ?? '', []);
      expect(await rows('erasures', id)).toBe(1);
      expect(Object.values((await db.query(count ?? '', []))[0] ?? {}).map(Number)).toEqual([0]);
      // The statement takes the time of the database, which runs on while the clock of the app stands still.
      app.clock.advance(60_000);
      await eventually(async () =>
        expect((await db.query('SELECT erased_at FROM erasures WHERE user_id = ?', [id]))[0]).toMatchObject({
          erased_at: expect.anything(),
        }),
      );
    } finally {
      await app.close();
    }
  });
});
