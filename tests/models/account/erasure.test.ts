import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseEnv } from '../../../config/env.ts';
import { signatureHeaders, signatureKey } from '../../../signing/mac.ts';
import { mysqlOptions } from '../../../stores/mysqlLogin.ts';
import { openSqlite } from '../../../stores/sqlite.ts';
import {
  bareEnvironment,
  freePort,
  programFolder,
  type RunningProcess,
  run,
} from '../../support/checkout.ts';
import { createDatabase, dropDatabase, hasRealStores, testSettings } from '../../support/harness.ts';

const TABLES = ['totp_secrets', 'recovery_codes', 'account_links', 'mail_pace', 'verified_emails'];

describe.skipIf(!hasRealStores)('a server that is stopped before it has removed what is left', () => {
  const settings = testSettings('real', { DB_TIMEOUT_MS: '750' }) as Record<string, string>;
  const env = parseEnv(settings);
  const key = signatureKey(env.SIGNATURE_KEY);
  let directory: string;
  let remove: () => Promise<void>;
  let admin: mysql.Connection;
  let port = 0;
  const running: RunningProcess[] = [];

  beforeAll(async () => {
    await createDatabase(env);
    admin = await mysql.createConnection(mysqlOptions(env));
    ({ directory, remove } = await programFolder());
  });
  afterEach(async () => {
    for (const { child, exited } of running.splice(0)) {
      child.kill('SIGKILL');
      await exited;
    }
  });
  afterAll(async () => {
    await admin.end();
    await dropDatabase(env);
    await remove();
  });

  async function start(): Promise<RunningProcess> {
    port = await freePort();
    const server = run(process.execPath, ['dist/server.js'], {
      cwd: directory,
      env: bareEnvironment({ ...settings, PORT: String(port) }),
    });
    running.push(server);
    await server.printed('"listening"');
    return server;
  }

  async function send(method: string, path: string, content: object, token?: string) {
    const body = JSON.stringify(content);
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body,
      headers: {
        'Content-Type': 'application/json',
        ...signatureHeaders(key, { method, path, body, timestamp: Date.now() }),
        ...(token && { Authorization: `Bearer ${token}` }),
      },
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : null };
  }

  const count = async (sql: string, id: number) => {
    const [rows] = await admin.query<mysql.RowDataPacket[]>(sql, [id]);
    return rows.length;
  };
  const addresses = (id: number) =>
    count("SELECT id FROM audit_log WHERE user_id = ? AND (ip <> '' OR user_agent <> '')", id);
  /** How many rows are left in each of the tables, and how many rows of the audit trail have an address. */
  const left = async (id: number) => [
    ...(await Promise.all(TABLES.map(table => count(`SELECT user_id FROM ${table} WHERE user_id = ?`, id)))),
    await addresses(id),
  ];

  it.each(['SIGTERM', 'SIGKILL'] as const)('by %s: the next one does it', async signal => {
    const server = await start();
    const email = `${randomBytes(6).toString('hex')}@example.com`;
    const user = { name: 'Ada', email, password: 'correct horse battery' };
    const { id } = (await send('POST', '/auth/register', user)).body.user;
    const login = await send('POST', '/auth/login', user);
    await send('POST', '/auth/forgot-password', { email });
    await admin.query("INSERT INTO totp_secrets (user_id, secret) VALUES (?, 'not confirmed')", [id]);
    await admin.query("INSERT INTO recovery_codes (user_id, batch, code_hash) VALUES (?, 'a', 'b')", [id]);
    await admin.query('REPLACE INTO verified_emails SELECT id, email, NOW() FROM users WHERE id = ?', [id]);
    await expect.poll(() => addresses(id)).toBeGreaterThanOrEqual(3);
    await expect
      .poll(() => count('SELECT user_id FROM account_links WHERE user_id = ?', id))
      .toBeGreaterThan(0);

    // Still to be read, but not to be changed.
    await admin.query(`LOCK TABLES ${[...TABLES, 'audit_log'].map(table => `${table} READ`).join(', ')}`);
    const closed = await send(
      'DELETE',
      '/auth/account',
      { password: user.password },
      login.body.access_token,
    );
    expect(closed.status).toBe(204);
    server.child.kill(signal);
    await server.exited;
    expect((await left(id)).every(rows => rows > 0)).toBe(true);
    await admin.query('UNLOCK TABLES');

    await start();
    await expect.poll(() => left(id)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await count('SELECT id FROM users WHERE id = ? AND email IS NULL AND name IS NULL', id)).toBe(1);
  });
});

describe('a database from an earlier version', () => {
  const old = `CREATE TABLE account_tokens (
    token_hash CHAR(64) NOT NULL, user_id BIGINT NOT NULL, purpose VARCHAR(32) NOT NULL,
    email VARCHAR(100) NOT NULL, created_at DATETIME NOT NULL, expires_at DATETIME NOT NULL,
    UNIQUE (user_id, purpose))`;
  const row =
    "INSERT INTO account_tokens VALUES ('a', 1, 'reset_password', 'ada@example.com', '2026-01-01', '2026-01-02')";
  const link =
    "INSERT INTO account_links (token_hash, user_id, purpose, state_hash, expires_at) VALUES ('a', 1, 'reset_password', 'b', '2026-01-01')";

  it('loses the old table of links and keeps the new one, however often the schema is applied, SQLite', async () => {
    const env = parseEnv(
      testSettings('embedded', { SQLITE_PATH: join(tmpdir(), `${randomBytes(6).toString('hex')}.sqlite`) }),
    );
    try {
      const before = openSqlite(env.SQLITE_PATH, 1000);
      await before.run(old);
      await before.run(row);
      await before.run(link);
      await before.close();
      for (let i = 0; i < 2; i++) {
        const db = openSqlite(env.SQLITE_PATH, 1000);
        await expect(db.query('SELECT * FROM account_tokens')).rejects.toThrow();
        expect(await db.query('SELECT user_id FROM account_links')).toEqual([{ user_id: 1 }]);
        await db.close();
      }
    } finally {
      await dropDatabase(env);
    }
  });

  it.skipIf(!hasRealStores)(
    'loses the old table of links and keeps the new one, however often the schema is applied, MariaDB',
    async () => {
      const env = parseEnv(testSettings('real'));
      await createDatabase(env, `${old}; ${row}; CREATE TABLE users (id INT AUTO_INCREMENT PRIMARY KEY)`);
      const connection = await mysql.createConnection({ ...mysqlOptions(env), multipleStatements: true });
      try {
        for (let i = 0; i < 2; i++) {
          await connection.query(await readFile('schema.sql', 'utf8'));
          if (i === 0) await connection.query(link);
        }
        const [tables] = await connection.query<mysql.RowDataPacket[]>("SHOW TABLES LIKE 'account%'");
        expect(tables.map(table => Object.values(table)[0])).toEqual(['account_links']);
        const [links] = await connection.query<mysql.RowDataPacket[]>('SELECT user_id FROM account_links');
        expect(links).toEqual([{ user_id: 1 }]);
      } finally {
        await connection.end();
        await dropDatabase(env);
      }
    },
  );
});
