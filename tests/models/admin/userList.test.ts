import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEnv } from '../../../config/env.ts';
import { createUserList } from '../../../models/admin/userList.sql.ts';
import { type Database, UnstorableTextError } from '../../../stores/db.ts';
import { openStores } from '../../../stores/stores.ts';
import { createLogger } from '../../../telemetry/logger.ts';
import { createMetrics } from '../../../telemetry/metrics.ts';
import {
  backends,
  createDatabase,
  dropDatabase,
  startTestApp,
  type TestApp,
  testSettings,
} from '../../support/harness.ts';
import { userTables } from '../../support/userTables.ts';

describe.each(backends)('the list of users on %s stores', backend => {
  let app: TestApp;
  let list: ReturnType<typeof createUserList>;
  let firstId: number;

  const rows: [name: string | null, email: string | null][] = [
    ['Ada', 'ada@example.com'],
    ['ADAM', 'other-1@example.com'],
    ['Bob', 'adam@example.com'],
    ['100%', 'percent@example.com'],
    ['100 and more', 'hundred@example.com'],
    ['a_b', 'a_b@example.com'],
    ['axb', 'axb@example.com'],
    ['back\\slash', 'back\\slash@example.com'],
    ['!', '!@example.com'],
    [null, 'nameless@example.com'],
    ['Zoë', 'zoë@example.com'],
    [null, null],
    ['Ada, closed', null],
    ['Kelvin', '\u212aelvin@example.com'],
    ['Bea', 'k@example.com'],
  ];

  beforeAll(async () => {
    app = await startTestApp(backend);
    const { db } = app.stores;
    list = createUserList(db);
    for (const [name, email] of rows) {
      const { insertId } = await db.run('INSERT INTO users (name, email) VALUES (?, ?)', [name, email]);
      firstId ??= insertId;
    }
  });
  afterAll(() => app.close());

  /** The addresses of every page, with one user a page unless told otherwise. */
  async function search(text: string | undefined, limit = 1): Promise<string[]> {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const { users, next } = await list.page(text, limit, cursor);
      expect(users.length).toBeLessThanOrEqual(limit);
      found.push(...users.map(({ user }) => user.email));
      cursor = next;
    } while (cursor);
    return found;
  }

  it('has everybody once in the order of the ids, without closed accounts', async () => {
    const open = rows.flatMap(([, email]) => email ?? []);
    for (const limit of [1, 2, 5, 100]) expect(await search(undefined, limit)).toEqual(open);
  });

  it.each([
    ['ada', ['ada@example.com', 'adam@example.com', 'other-1@example.com']],
    ['ADA', ['ada@example.com', 'adam@example.com', 'other-1@example.com']],
    ['ada@', ['ada@example.com']],
    ['AdaM@Example', ['adam@example.com']],
    ['bob', ['adam@example.com']],
    ['%', []],
    ['100%', ['percent@example.com']],
    ['a_', ['a_b@example.com']],
    ['_', []],
    ['back\\', ['back\\slash@example.com']],
    ['\\', []],
    ['!', ['!@example.com']],
    ['zo', ['zoë@example.com']],
    ['zoë', ['zoë@example.com']],
    ['k', ['k@example.com', '\u212aelvin@example.com']],
    ['nobody', []],
    ["'; DROP TABLE users; --", []],
  ])('finds by %s', async (text, expected) => {
    for (const limit of [1, 2, 100]) expect(await search(text, limit)).toEqual(expected);
  });

  it('does not take a look-alike address for the one that was typed', async () => {
    expect(await search('\u212aelvin@')).toEqual(['\u212aelvin@example.com']);
    expect(await search('kelvin@')).toEqual([]);
    expect(await search('ado@')).toEqual([]);
    expect(await search('zoe@')).toEqual([]);
  });

  it('goes on in the same place while users come and go', async () => {
    const { users, next } = await list.page(undefined, 2);
    const { insertId } = await app.stores.db.run("INSERT INTO users (email) VALUES ('new@example.com')");
    await app.stores.db.run('DELETE FROM users WHERE id = ?', [insertId]);
    const second = await list.page(undefined, 2, next);
    expect(users.map(({ user }) => user.id)).toEqual([firstId, firstId + 1]);
    expect(second.users.map(({ user }) => user.id)).toEqual([firstId + 2, firstId + 3]);
  });
});

describe.each(userTables)('a search for addresses on $name', ({ backend, sql }) => {
  const env = parseEnv(testSettings(backend));
  let list: ReturnType<typeof createUserList>;
  let db: Database;
  let close: () => Promise<void>;
  /** What the column's character set can hold. */
  const stored: string[] = [];

  beforeAll(async () => {
    await createDatabase(env, (await readFile('schema.sql', 'utf8')) + sql);
    ({ db, close } = await openStores(env, createLogger('silent'), createMetrics()));
    list = createUserList(db);
    // A collation may take some of these for each other, so they differ in the number. Only MySQL has rows from before
    // this API, which may have capitals.
    const before = backend === 'real' ? ['Ada.2@x'] : [];
    const addresses = ['ada.1@x', '\u00e1da.3@x', '\u0430da.4@x', 'stra\u00dfe.5@x', 'strasse.6@x'];
    for (const email of [...addresses, ...before]) {
      await db.run('INSERT INTO users (email) VALUES (?)', [email]).then(
        () => stored.push(email),
        error => expect(error).toBeInstanceOf(UnstorableTextError),
      );
    }
  });
  afterAll(async () => {
    await close();
    await dropDatabase(env);
  });

  it('has a user once whose name and address begin alike, with capitals from before this API', async () => {
    const twice = backend === 'real' ? 'Twice@x' : 'twice@x';
    await db.run('INSERT INTO users (name, email) VALUES (?, ?)', ['twice', twice]);
    const { users } = await list.page('twice', 100);
    expect(users.map(({ user }) => user.email)).toEqual([twice]);
  });

  it.each([
    ['ada.', sql.includes('_ci') ? ['ada.1@x', 'Ada.2@x'] : ['ada.1@x']],
    ['ADA.1@', ['ada.1@x']],
    ['Ada.2@', ['Ada.2@x']],
    ['\u00e1da.', ['\u00e1da.3@x']],
    ['\u0430da.', ['\u0430da.4@x']],
    ['stra\u00dfe', ['stra\u00dfe.5@x']],
    ['strasse', ['strasse.6@x']],
  ])('finds by %s only what begins so, page by page', async (search, expected) => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const { users, next } = await list.page(search, 1, cursor);
      found.push(...users.map(({ user }) => user.email));
      cursor = next;
    } while (cursor);
    expect(found.sort()).toEqual(expected.filter(email => stored.includes(email)).sort());
  });
});

describe.each(backends)('a list of many users on %s stores', backend => {
  const COUNT = 20_500;
  let app: TestApp;
  let list: ReturnType<typeof createUserList>;
  /** How many rows the statements of a page returned. */
  let read = 0;

  beforeAll(async () => {
    app = await startTestApp(backend);
    const { db } = app.stores;
    list = createUserList({
      ...db,
      async query(sql, values) {
        const rows = await db.query(sql, values);
        read += rows.length;
        return rows;
      },
    });
    for (let i = 0; i < COUNT; i += 500) {
      const values = Array.from({ length: 500 }, (_, j) => [`Name ${i + j}`, `user-${i + j}@example.com`]);
      const places = values.map(() => '(?, ?)').join(', ');
      await db.run(`INSERT INTO users (name, email) VALUES ${places}`, values.flat());
    }
  });
  afterAll(() => app.close());

  it('looks at a bounded part of the names for each page, and finds the last one', async () => {
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const { users, next } = await list.page(`Name ${COUNT - 1}`, 20, cursor);
      pages.push(users.map(({ user }) => user.email));
      cursor = next;
    } while (cursor);
    expect(pages).toEqual([[], [], [`user-${COUNT - 1}@example.com`]]);
  });

  it('reads as many rows for the last page as for the first', async () => {
    read = 0;
    const first = await list.page(undefined, 20);
    const ofFirst = read;
    read = 0;
    const lastId = Number(first.users[0]?.user.id) + COUNT - 120;
    const last = await list.page(undefined, 20, `id.${lastId}`);
    expect(last.users).toHaveLength(20);
    expect(read).toBeLessThanOrEqual(ofFirst);
    expect(ofFirst).toBeLessThanOrEqual(102);
  });

  it('reads no address that does not begin like the search', async () => {
    read = 0;
    await list.page('user-2@', 20);
    expect(read).toBe(1);
    read = 0;
    await list.page('zzz@', 20);
    expect(read).toBe(0);
  });

  it('searches addresses by their index', async () => {
    const { db } = app.stores;
    const isMysql = db.engine === 'mysql';
    let plan = '';
    const watched = createUserList({
      ...db,
      async query(sql, values) {
        if (/email >=? \?/.test(sql)) {
          const [row] = await db.query(`EXPLAIN ${isMysql ? '' : 'QUERY PLAN '}${sql}`, values);
          plan = isMysql ? `${row?.type} ${row?.key}` : String(row?.detail);
        }
        return db.query(sql, values);
      },
    });
    await watched.page('user-77@', 20);
    expect(plan).toMatch(
      isMysql ? /^range email$/ : /^SEARCH users USING INDEX .* \(email>\? AND email<\?\)$/,
    );
  });
});
