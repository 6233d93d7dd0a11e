import { readFileSync } from 'node:fs';
import Sqlite from 'libsql';
import { describe, expect, it } from 'vitest';
import { type Env, parseEnv } from '../../config/env.ts';
import { type Database, UnstorableTextError } from '../../stores/db.ts';
import { openMysql } from '../../stores/mysql.ts';
import { readSchema, tablesOf } from '../../stores/schema.ts';
import { databaseWarnings, waitForStores } from '../../stores/stores.ts';
import { createDatabase, dropDatabase, hasRealStores, testSettings } from '../support/harness.ts';

const mysql = tablesOf(readSchema('schema.sql'));
const sqlite = tablesOf(readSchema('schema.sqlite.sql'));

describe('the two schemas', () => {
  it('have the same tables with the same columns', () => {
    expect(mysql.size).toBeGreaterThanOrEqual(8);
    expect(Object.fromEntries(sqlite)).toEqual(Object.fromEntries(mysql));
  });

  it('are read as SQLite reads them', () => {
    const db = new Sqlite(':memory:');
    db.exec(readSchema('schema.sqlite.sql'));
    const names = (sql: string) => (db.prepare(sql).all() as { name: string }[]).map(({ name }) => name);
    const tables = names("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    expect(tables.sort()).toEqual([...sqlite.keys()].sort());
    for (const table of tables)
      expect(names(`SELECT name FROM pragma_table_info('${table}')`)).toEqual(sqlite.get(table));
    db.close();
  });

  it.skipIf(!hasRealStores)('are read as the real server reads them', async () => {
    const env = parseEnv(testSettings('real'));
    await createDatabase(env, readFileSync('schema.sql', 'utf8'));
    const db = openMysql(env);
    try {
      const rows = await db.query(
        'SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = ? ORDER BY ordinal_position',
        [env.DB_NAME],
      );
      const found: Record<string, string[]> = {};
      for (const { t, c } of rows) found[String(t)] = [...(found[String(t)] ?? []), String(c)];
      expect(found).toEqual(Object.fromEntries(mysql));
    } finally {
      await db.close();
      await dropDatabase(env);
    }
  });
});

describe.skipIf(!hasRealStores)('the start', () => {
  async function withDatabase(sql: string, work: (db: Database, env: Env) => Promise<void>): Promise<void> {
    const env = parseEnv(testSettings('real'));
    await createDatabase(env, sql);
    const db = openMysql(env);
    try {
      await work(db, env);
    } finally {
      await db.close();
      await dropDatabase(env);
    }
  }

  it('needs every table with every column', async () => {
    const start = (db: Database, env: Env) => waitForStores({ db, redis: null, close: async () => {} }, env);
    await withDatabase(readSchema('schema.sql'), async (db, env) => {
      await start(db, env);
      for (const [table, columns] of mysql) {
        await db.run(`RENAME TABLE ${table} TO elsewhere`);
        await expect(start(db, env), table).rejects.toThrow('run `npm run db:setup`');
        await db.run(`RENAME TABLE elsewhere TO ${table}`);
        const last = columns.at(-1);
        await db.run(`ALTER TABLE ${table} RENAME COLUMN ${last} TO elsewhere`);
        await expect(start(db, env), `${table}.${last}`).rejects.toThrow('lacks a column');
        await db.run(`ALTER TABLE ${table} RENAME COLUMN elsewhere TO ${last}`);
      }
      await start(db, env);
    });
  });

  it('warns of names that the table cannot hold, with the statement that changes it', async () => {
    const latin = readSchema('schema.sql').replace(
      'name VARCHAR(100)',
      'name VARCHAR(100) CHARACTER SET latin1',
    );
    await withDatabase(latin, async db => {
      const insert = () => db.run("INSERT INTO users (name, email) VALUES (?, 'li@example.com')", ['李 📱']);
      await expect(insert()).rejects.toThrow(UnstorableTextError);
      const [warning = '', ...more] = await databaseWarnings({ db });
      expect([warning, more]).toEqual([expect.stringContaining('latin1'), []]);
      const [, statement = ''] = /(ALTER TABLE .*);$/.exec(warning) ?? [];
      await db.run(statement);
      expect(await databaseWarnings({ db })).toEqual([]);
      await insert();
    });
  });
});
