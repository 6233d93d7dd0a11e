import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Env, parseEnv } from '../../../config/env.ts';
import { mysqlOptions } from '../../../stores/mysqlLogin.ts';
import { sharedBuild } from '../../support/checkout.ts';
import { customerTable } from '../../support/customerTable.ts';
import {
  dropDatabase,
  hasRealStores,
  startTestApp,
  type TestApp,
  testSettings,
} from '../../support/harness.ts';

/** Rows as other programs left them; the hashes are libxcrypt's, of a low cost. */
const rows = {
  bea: {
    name: 'Bea',
    email: 'bea@example.com',
    password: 'correct horse battery',
    hash: '$2b$05$abcdefghijklmnopqrstuuD3mHdCr44zlIZ.VZCaYRpfQhXMYnEo.',
  },
  ann: {
    name: 'Ann',
    email: 'ann@example.com',
    password: 'correct horse battery',
    hash: '$2a$05$abcdefghijklmnopqrstuuD3mHdCr44zlIZ.VZCaYRpfQhXMYnEo.',
  },
  yves: {
    name: 'Yvès',
    email: 'yves@example.com',
    password: 'Passwörd mit Ümlaut',
    hash: '$2y$05$Zy0123456789abcdefghie0qHFb.f55BpOyAnUJ43iRjVbP8W7qbS',
  },
  mixed: {
    name: 'Mia',
    email: 'Mia.Mixed@Example.COM',
    password: 'correct horse battery',
    hash: '$2b$05$abcdefghijklmnopqrstuuD3mHdCr44zlIZ.VZCaYRpfQhXMYnEo.',
  },
  nameless: {
    name: null,
    email: 'nameless@example.com',
    password: 'correct horse battery',
    hash: '$2b$05$abcdefghijklmnopqrstuuD3mHdCr44zlIZ.VZCaYRpfQhXMYnEo.',
  },
};
type Customer = (typeof rows)[keyof typeof rows];

/** `localhost` as most machines have it, with an address of each family. */
const twoAddresses = `--import "data:text/javascript,${encodeURIComponent(`
  import dns from 'node:dns';
  const both = [{ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }];
  dns.lookup = (_host, options, done) =>
    process.nextTick(() => (options.all ? done(null, both) : done(null, '127.0.0.1', 4)));
`).replaceAll("'", '%27')}"`;

const CREATED = '2024-05-05 06:30:00';
const CREATED_ISO = '2024-05-04T23:30:00.000Z';

async function connect(env: Env): Promise<Connection> {
  const options = mysqlOptions(env);
  return mysql.createConnection({ ...options, timezone: '+07:00', multipleStatements: true });
}

/** Runs `npm run db:setup`'s program with the settings. */
async function setUp(env: Env, overrides: Record<string, string> = {}) {
  const { DB_HOST = '', DB_USER, DB_PASSWORD, DB_NAME, DB_PORT, JWT_SECRET } = env;
  const settings = { DB_HOST, DB_USER, DB_PASSWORD, DB_NAME, DB_PORT: String(DB_PORT), JWT_SECRET };
  const child = spawn(process.execPath, ['dist/scripts/db-setup.js'], {
    cwd: await sharedBuild(),
    env: { PATH: process.env.PATH, ...settings, ...overrides },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code: code as number | null, stdout, stderr };
}

describe.skipIf(!hasRealStores).each([
  { charset: 'utf8mb4', collation: 'utf8mb4_unicode_ci' },
  { charset: 'utf8mb4', collation: 'utf8mb4_bin' },
  { charset: 'latin1', collation: 'latin1_swedish_ci' },
])("the customer's own database, with $collation", ({ charset, collation }) => {
  let app: TestApp;
  let connection: Connection;

  beforeAll(async () => {
    app = await startTestApp('real', { CONCURRENT_LOGIN: 'true', LOCKOUT_FAILURES: '0' });
    connection = await connect(app.env);
    const [[made]] = await connection.query<RowDataPacket[]>(
      "SELECT AUTO_INCREMENT AS nextId FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'users'",
    );
    await connection.query(
      `ALTER DATABASE CHARACTER SET ${charset} COLLATE ${collation}; DROP TABLE users; ${customerTable}; ` +
        // Sessions share one Redis with those of other tests, so ids must differ.
        `ALTER TABLE users AUTO_INCREMENT = ${made?.nextId}; SET time_zone = '+07:00'`,
    );
    const insert = 'INSERT INTO users (name, email, password, created_at, updated_at) VALUES (?, ?, ?, ?, ?)';
    for (const { name, email, hash } of Object.values(rows)) {
      await connection.execute(insert, [name, email, hash, CREATED, CREATED]);
    }
    await connection.execute(insert, ['Ghost', 'ghost@example.com', null, CREATED, CREATED]);
    await connection.execute(insert, ['Nobody', null, rows.bea.hash, CREATED, null]);
  });
  afterAll(async () => {
    await connection?.end();
    await app?.close();
  });

  const logIn = (email: string, password: string) =>
    app.call('POST', '/auth/login', { body: { email, password } });

  async function rowOf(email: string): Promise<RowDataPacket> {
    const [[row]] = await connection.execute<RowDataPacket[]>('SELECT * FROM users WHERE email = ?', [email]);
    if (!row) throw new Error(`there is no row of ${email}`);
    return row;
  }

  /** Everything there is to the table. */
  async function content() {
    const [[definition]] = await connection.query<RowDataPacket[]>('SHOW CREATE TABLE users');
    const [all] = await connection.query<RowDataPacket[]>('SELECT * FROM users ORDER BY id');
    const [tables] = await connection.query<RowDataPacket[]>('SHOW TABLES');
    return { definition, all, users: tables.some(table => Object.values(table).includes('users')) };
  }

  it('stays as it is, row by row, when schema.sql is applied over it', async () => {
    const before = await content();
    expect(before.all).toHaveLength(Object.keys(rows).length + 2);
    await connection.query(await readFile('schema.sql', 'utf8'));
    expect(await content()).toEqual(before);
    const { code, stderr } = await setUp(app.env);
    expect([code, stderr]).toEqual([0, '']);
    expect(await content()).toEqual(before);
  });

  it.each(Object.entries(rows))(
    'lets %s log in, see and change the profile and the password',
    async (_who, { name, email, password }: Customer) => {
      const before = await rowOf(email);
      const login = await logIn(email, password);
      expect([login.status, login.body.code]).toEqual([200, undefined]);
      expect(login.body.user).toMatchObject({ id: before.id, name, created_at: CREATED_ISO });
      const token = login.body.access_token;

      const profile = await app.call('GET', '/auth/profile', { token });
      expect([profile.status, profile.body.user]).toEqual([200, login.body.user]);
      expect(profile.body.user.email.toLowerCase()).toBe(email.toLowerCase());
      expect((await logIn(email, `${password}!`)).body.code).toBe('invalid_credentials');

      const body = { current_password: password, new_password: 'a new password' };
      const changed = await app.call('POST', '/auth/change-password', { token, body });
      expect(changed.status).toBe(200);
      expect((await logIn(email, password)).body.code).toBe('invalid_credentials');
      expect((await logIn(email, 'a new password')).status).toBe(200);
      expect(await rowOf(email)).toEqual({
        ...before,
        password: expect.stringMatching(/^\$2b\$04\$/),
        updated_at: expect.not.stringMatching(CREATED),
      });

      const renamed = await app.call('PATCH', '/auth/profile', {
        token: changed.body.access_token,
        body: { name: 'Zoë' },
      });
      expect([renamed.status, renamed.body.user?.name]).toEqual([200, 'Zoë']);
      expect((await rowOf(email)).name).toBe('Zoë');
    },
  );

  it('finds an address whatever the case it is typed in', async () => {
    const wrong = await logIn(rows.ann.email.toUpperCase(), 'not this one');
    expect(wrong.body.code).toBe('invalid_credentials');
    const password = await logIn('ANN@example.com', 'a new password');
    expect(password.status).toBe(200);
  });

  it.each([rows.bea.email, rows.mixed.email])('gives %s to nobody else', async email => {
    const [before] = await connection.query<RowDataPacket[]>('SELECT id, email FROM users ORDER BY id');
    const body = { name: 'Eve', email, password: 'correct horse' };
    const answer = await app.call('POST', '/auth/register', { body });
    expect([answer.status, answer.body.code]).toEqual([409, 'email_taken']);
    const [after] = await connection.query<RowDataPacket[]>('SELECT id, email FROM users ORDER BY id');
    expect(after).toEqual(before);
  });

  it('lets nobody in by a row without a password or without an address', async () => {
    for (const password of ['', 'null', 'NULL', 'correct horse battery']) {
      expect((await logIn('ghost@example.com', password)).body.code).toBe('invalid_credentials');
      expect((await logIn('null', password)).body.code).toBe('invalid_credentials');
    }
  });

  it('answers an address that its characters cannot even write like any unknown one', async () => {
    const answer = await logIn('be\u200Ba👩‍🚀@example.com', 'correct horse battery');
    expect([answer.status, answer.body.code]).toEqual([401, 'invalid_credentials']);
  });

  it('keeps a name in any script, or says that it cannot', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const answer = await app.call('PATCH', '/auth/profile', { token, body: { name: '李小龍' } });
    expect([200, 422]).toContain(answer.status);
    if (answer.status === 200) expect((await rowOf(user.email)).name).toBe('李小龍');
  });

  it('shows a user whose times are zero, as older servers allowed', async () => {
    const user = await app.register();
    await connection.query("SET SESSION sql_mode = ''");
    await connection.execute('UPDATE users SET created_at = 0, updated_at = 0 WHERE id = ?', [user.id]);
    const answer = await logIn(user.email, user.password);
    expect([answer.status, answer.body.user?.created_at]).toEqual([200, null]);
  });

  it('takes new users beside the old ones', async () => {
    const user = await app.register();
    expect((await logIn(user.email, user.password)).status).toBe(200);
    expect((await logIn(rows.bea.email, 'a new password')).status).toBe(200);
  });
});

describe.skipIf(!hasRealStores)('npm run db:setup', () => {
  let env: Env;
  beforeAll(() => {
    env = parseEnv(testSettings('real'));
  });
  afterAll(() => dropDatabase(env));

  it('creates the database, and does nothing the second time', async () => {
    const first = await setUp(env);
    expect(first).toEqual({ code: 0, stdout: expect.stringContaining(env.DB_NAME), stderr: '' });
    const connection = await connect(env);
    try {
      const definition = async () => {
        const [[row]] = await connection.query<RowDataPacket[]>('SHOW CREATE TABLE users');
        return String(row?.['Create Table']);
      };
      const made = await definition();
      expect(made).toContain('CHARSET=utf8mb4');
      await connection.query("INSERT INTO users (name, email) VALUES ('Ada', 'ada@example.com')");
      const filled = await definition();

      expect(await setUp(env)).toEqual({ code: 0, stdout: expect.stringContaining(env.DB_NAME), stderr: '' });
      expect(await definition()).toBe(filled);
      const [all] = await connection.query<RowDataPacket[]>('SELECT name, email FROM users');
      expect(all).toEqual([{ name: 'Ada', email: 'ada@example.com' }]);

      await connection.query(`DROP TABLE users; ${customerTable}`);
      expect(await definition()).toBe(made);
    } finally {
      await connection.end();
    }
  });

  it.each([
    ['a wrong password', { DB_PASSWORD: 'not the password' }, /^db:setup: .*access denied/i],
    ['a server that is not there', { DB_PORT: '1' }, /^db:setup: .*(ECONNREFUSED|127\.0\.0\.1:1)/],
    [
      'a name with two addresses and no server',
      { DB_HOST: 'localhost', DB_PORT: '1', NODE_OPTIONS: twoAddresses },
      /^db:setup: .*(ECONNREFUSED|localhost)/,
    ],
    ['a port that is no number', { DB_PORT: 'none' }, /DB_PORT/],
  ])('tells %s in clear words, and ends with 1', async (_what, overrides, message) => {
    const { code, stdout, stderr } = await setUp(env, overrides);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stderr).not.toContain('not the password');
  });
});
