import { readFile } from 'node:fs/promises';
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Env, parseEnv } from '../../../config/env.ts';
import { ApiError } from '../../../errors.ts';
import { createUserModel, type UserModel } from '../../../models/user/user.model.ts';
import type { Database, Row } from '../../../stores/db.ts';
import { mysqlOptions } from '../../../stores/mysqlLogin.ts';
import { openStores, type Stores } from '../../../stores/stores.ts';
import { createLogger } from '../../../telemetry/logger.ts';
import { createMetrics } from '../../../telemetry/metrics.ts';
import { createDatabase, dropDatabase, testSettings } from '../../support/harness.ts';
import { userTables } from '../../support/userTables.ts';

/** A moment at which +07:00 has another day than UTC, with a fraction that the table does not keep. */
const MOMENT = Date.UTC(2025, 2, 30, 18, 30, 15, 678);
const ISO_MOMENT = '2025-03-30T18:30:15.000Z';

/** What a user has whom no administrator changed. */
const ordinary = { roles: [], isDisabled: false };

describe.each(userTables)('the user model on $name', ({ backend, sql }) => {
  let env: Env;
  let stores: Stores;
  let users: UserModel;
  let time = MOMENT;
  let count = 0;
  const newEmail = (name = 'ada') => `${name}.${++count}@example.com`;

  beforeAll(async () => {
    env = parseEnv(testSettings(backend));
    await createDatabase(env, (await readFile('schema.sql', 'utf8')) + sql);
    stores = await openStores(env, createLogger('silent'), createMetrics());
    users = createUserModel(stores.db, () => time);
  });
  afterAll(async () => {
    await stores.close();
    await dropDatabase(env);
  });

  const codeOf = (error: unknown) => (error instanceof ApiError ? error.code : error);

  it('anonymize leaves a row that nothing finds or brings back, and frees the address', async () => {
    const email = newEmail();
    const { id } = await users.create('Ada', email, 'a hash');
    await users.anonymize(id);
    const blank = await stores.db.query('SELECT id, name, email, password FROM users WHERE id = ?', [id]);
    expect(blank).toEqual([{ id, name: null, email: null, password: null }]);
    expect([await users.findById(id), await users.findByEmail(email)]).toEqual([null, null]);
    expect(await users.findByEmail('null')).toBeNull();
    expect(await users.rename(id, 'Lazarus')).toBeNull();
    expect(await users.replacePassword(id, null, 'another')).toBe(false);
    expect(await users.replacePassword(id, 'a hash', 'another')).toBe(false);
    expect(await users.replaceHash(id, 'a hash', 'another')).toBe(false);
    expect(await stores.db.query('SELECT id, name, email, password FROM users WHERE id = ?', [id])).toEqual(
      blank,
    );
    expect((await users.create('Bea', email, 'her hash')).id).toBeGreaterThan(id);
  });

  it('reads for a profile only what it shows', async () => {
    const { id } = await users.create('Ada', newEmail(), 'a hash');
    const rows: Row[] = [];
    const query: Database['query'] = async (...args) => {
      const found = await stores.db.query(...args);
      rows.push(...found);
      return found;
    };
    const profile = await createUserModel({ ...stores.db, query }, () => time).findProfile(id);
    expect(rows.map(row => Object.keys(row))).toEqual([Object.keys(profile ?? {})]);
  });

  it('samples the hashes of users', async () => {
    await users.create('Ada', newEmail(), 'one of the hashes');
    const { id } = await users.create('Ada', newEmail(), 'a hash');
    await users.anonymize(id);
    const hashes = await users.sampleHashes();
    expect(hashes).toContain('one of the hashes');
    expect(hashes).not.toContain('null');
  });

  describe('create', () => {
    it('gives an id, and what was stored', async () => {
      const email = newEmail();
      const user = await users.create('Ada Lovelace', email, 'a hash');
      expect(user).toEqual({
        id: expect.any(Number),
        name: 'Ada Lovelace',
        email,
        created_at: ISO_MOMENT,
        updated_at: ISO_MOMENT,
      });
      expect(await users.findById(user.id)).toEqual({ user, passwordHash: 'a hash', ...ordinary });
      expect(await users.findByEmail(email)).toMatchObject({ user, passwordHash: 'a hash', ...ordinary });
      expect((await users.create('Ada', newEmail(), 'a hash')).id).toBeGreaterThan(user.id);
    });

    it('keeps every character of a name that the table can hold', async () => {
      const letters = sql.includes('latin1') ? 'Zoë d\'Été "; --' : 'Zoë 李 👩‍🚀 "; --';
      const { id } = await users.create(letters, newEmail(), 'a hash');
      expect((await users.findById(id))?.user.name).toBe(letters);
    });

    it('refuses an address that is taken, and leaves its owner alone', async () => {
      const email = newEmail();
      const owner = await users.create('Owner', email, 'the hash');
      expect(codeOf(await users.create('Other', email, 'other hash').catch(e => e))).toBe('email_taken');
      expect(await users.findByEmail(email)).toMatchObject({ user: owner, passwordHash: 'the hash' });
    });

    it('takes one of 20 simultaneous rows with the same address', async () => {
      const email = newEmail();
      const attempts = Array.from({ length: 20 }, (_, i) =>
        users.create(`Number ${i}`, email, 'a hash').then(
          () => 'created',
          error => codeOf(error),
        ),
      );
      const outcomes = await Promise.all(attempts);
      expect(outcomes.filter(outcome => outcome === 'created')).toHaveLength(1);
      expect(outcomes.filter(outcome => outcome === 'email_taken')).toHaveLength(19);
      const rows = await stores.db.query('SELECT id FROM users WHERE email = ?', [email]);
      expect(rows).toHaveLength(1);
    });
  });

  describe('findByEmail and findById', () => {
    it('find nobody where there is nobody', async () => {
      expect(await users.findByEmail('nobody@example.com')).toBeNull();
      expect(await users.findById(0)).toBeNull();
      expect(await users.findById(2_147_483_647)).toBeNull();
    });

    it.each([
      ['a trailing space', 'strasse@example.com '],
      ['a leading space', ' strasse@example.com'],
      ['an accent', 'strässe@example.com'],
      ['a ligature', 'straße@example.com'],
      ['a Kelvin sign for a letter', 'stras\u212Ae@example.com'],
      ['a zero-width space', 'stra\u200Bsse@example.com'],
      ['a full-width letter', 'ｓtrasse@example.com'],
      ['a combining mark', 'stra\u0301sse@example.com'],
      ['an emoji', 'strasse👩‍🚀@example.com'],
      ['a wildcard', 'str_sse@example.com'],
      ['a wildcard for the rest', 'str%'],
      ['a backslash', 'strasse@example.com\\'],
    ])('find nobody by an address with %s', async (_what, lookalike) => {
      const email = 'strasse@example.com';
      if (!(await users.findByEmail(email))) await users.create('Ada', email, 'a hash');
      if (!(await users.findByEmail('straske@example.com')))
        await users.create('Eve', 'straske@example.com', '-');
      expect(await users.findByEmail(email)).not.toBeNull();
      expect(await users.findByEmail(lookalike)).toBeNull();
    });

    it('find a user whatever the case of the letters typed', async () => {
      const { id, email } = await users.create('Ada', `Typed.${newEmail('case')}`, 'a hash');
      expect(email).toBe(email.toLowerCase());
      expect((await users.findByEmail(email.toUpperCase()))?.user.id).toBe(id);
    });

    it('find look-alikes each by its own address, or refuse the second as taken', async () => {
      const email = newEmail('resume');
      for (const address of [email, email.replace('e', 'é'), email.replace('s', 'ß')]) {
        const created = await users.create(address, address, 'a hash').catch(e => e);
        if (created instanceof Error) expect(codeOf(created)).toBe('email_taken');
        else expect((await users.findByEmail(address))?.user).toEqual(created);
      }
      expect((await users.findByEmail(email))?.user.name).toBe(email);
    });

    it('find rows in which a name, a password or a time is missing', async () => {
      const email = newEmail();
      const { insertId } = await stores.db.run('INSERT INTO users (email) VALUES (?)', [email]);
      await stores.db.run('UPDATE users SET created_at = NULL, updated_at = NULL WHERE id = ?', [insertId]);
      expect(await users.findById(insertId)).toEqual({
        user: expect.objectContaining({ id: insertId, name: null, email }),
        passwordHash: null,
        ...ordinary,
      });
      expect((await users.findByEmail(email))?.user.id).toBe(insertId);
    });
  });

  describe('findByEmail', () => {
    it('tells whether the second factor is on, which a begun enrolment is not', async () => {
      const email = newEmail();
      const { id } = await users.create('Ada', email, 'a hash');
      const isOn = async () => (await users.findByEmail(email))?.hasSecondFactor;
      expect(await isOn()).toBe(false);
      await stores.db.run('INSERT INTO totp_secrets (user_id, secret) VALUES (?, ?)', [id, 'a secret']);
      expect(await isOn()).toBe(false);
      await stores.db.run('UPDATE totp_secrets SET recovery_batch = ? WHERE user_id = ?', ['a batch', id]);
      expect(await isOn()).toBe(true);
    });
  });

  describe('rename', () => {
    it('changes the name and the time of the change, nothing else', async () => {
      const created = await users.create('Ada', newEmail(), 'a hash');
      time = MOMENT + 86_400_000;
      try {
        const renamed = await users.rename(created.id, 'Countess');
        expect(renamed).toEqual({ ...created, name: 'Countess', updated_at: '2025-03-31T18:30:15.000Z' });
        expect(await users.findById(created.id)).toEqual({
          user: renamed,
          passwordHash: 'a hash',
          ...ordinary,
        });
      } finally {
        time = MOMENT;
      }
    });

    it('answers the user when the name stays the same', async () => {
      const created = await users.create('Ada', newEmail(), 'a hash');
      expect(await users.rename(created.id, 'Ada')).toEqual(created);
    });

    it('answers null when there is no such user, and renames nobody', async () => {
      const created = await users.create('Ada', newEmail(), 'a hash');
      expect(await users.rename(2_147_483_647, 'Nobody')).toBeNull();
      expect((await users.findById(created.id))?.user.name).toBe('Ada');
    });
  });

  describe('replacePassword', () => {
    it('changes the hash and the time of the change, nothing else', async () => {
      const created = await users.create('Ada', newEmail(), 'the old hash');
      time = MOMENT + 1000;
      try {
        expect(await users.replacePassword(created.id, 'the old hash', 'the new hash')).toBe(true);
      } finally {
        time = MOMENT;
      }
      expect(await users.findById(created.id)).toEqual({
        user: { ...created, updated_at: '2025-03-30T18:30:16.000Z' },
        passwordHash: 'the new hash',
        ...ordinary,
      });
    });

    it('sets one for a user who has none, once', async () => {
      const { id } = await users.create('Ada', newEmail(), 'a hash');
      await stores.db.run('UPDATE users SET password = NULL WHERE id = ?', [id]);
      expect(await users.replacePassword(id, 'a hash', 'another')).toBe(false);
      expect(await users.replacePassword(id, null, 'another')).toBe(true);
      expect(await users.replacePassword(id, null, 'a third')).toBe(false);
      expect((await users.findById(id))?.passwordHash).toBe('another');
    });

    it('changes nothing when the hash is no longer the old one', async () => {
      const created = await users.create('Ada', newEmail(), 'the old hash');
      await users.replacePassword(created.id, 'the old hash', 'the new hash');
      expect(await users.replacePassword(created.id, 'the old hash', 'a third')).toBe(false);
      expect(await users.replacePassword(2_147_483_647, 'the new hash', 'a third')).toBe(false);
      expect((await users.findById(created.id))?.passwordHash).toBe('the new hash');
    });

    it('lets one of 10 simultaneous changes win, 20 times', async () => {
      for (let round = 0; round < 20; round++) {
        const { id } = await users.create('Ada', newEmail(), 'the old hash');
        const hashes = Array.from({ length: 10 }, (_, i) => `new hash ${i}`);
        const changed = await Promise.all(
          hashes.map(hash => users.replacePassword(id, 'the old hash', hash)),
        );
        expect(changed.filter(Boolean)).toHaveLength(1);
        expect((await users.findById(id))?.passwordHash).toBe(hashes[changed.indexOf(true)]);
      }
    });

    it('does not touch the other users', async () => {
      const [ada, eve] = [
        await users.create('Ada', newEmail(), 'hash'),
        await users.create('Eve', newEmail(), 'hash'),
      ];
      await users.replacePassword(ada.id, 'hash', 'the new hash');
      expect((await users.findById(eve.id))?.passwordHash).toBe('hash');
    });
  });

  describe.skipIf(backend !== 'real')('times, seen from a session at +07:00', () => {
    async function atPlus7<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
      const connection = await mysql.createConnection(mysqlOptions(env));
      try {
        await connection.query("SET time_zone = '+07:00'");
        return await work(connection);
      } finally {
        await connection.end();
      }
    }

    it('are stored as the moments they are', async () => {
      const { id } = await users.create('Ada', newEmail(), 'a hash');
      const [[row]] = await atPlus7(connection =>
        connection.execute<RowDataPacket[]>(
          'SELECT created_at, UNIX_TIMESTAMP(created_at) AS created, UNIX_TIMESTAMP(updated_at) AS updated FROM users WHERE id = ?',
          [id],
        ),
      );
      const seconds = Math.floor(MOMENT / 1000);
      expect(row).toEqual({ created_at: '2025-03-31 01:30:15', created: seconds, updated: seconds });
    });

    it('are read as the moments they are, on every connection of the pool', async () => {
      const { id } = await users.create('Ada', newEmail(), 'a hash');
      await atPlus7(connection =>
        connection.execute(
          "UPDATE users SET created_at = '2024-01-01 06:59:59', updated_at = '2024-01-01 07:00:00' WHERE id = ?",
          [id],
        ),
      );
      const found = await Promise.all(Array.from({ length: 5 * env.DB_POOL_SIZE }, () => users.findById(id)));
      for (const credentials of found) {
        expect(credentials?.user).toMatchObject({
          created_at: '2023-12-31T23:59:59.000Z',
          updated_at: '2024-01-01T00:00:00.000Z',
        });
      }
    });
  });
});
