import { describe, expect, inject, it } from 'vitest';
import { openMysql } from '../config/db.mysql.ts';
import { DatabaseError } from '../config/db.ts';
import { freePort } from './checkout.ts';

const { mariadb } = inject('engines');

function open(port: number, password = '') {
  return openMysql({
    DB_HOST: '127.0.0.1',
    DB_PORT: port,
    DB_USER: 'root',
    DB_PASSWORD: password,
    DB_NAME: 'mysql',
    DB_POOL_SIZE: 1,
    DB_TIMEOUT_MS: 1000,
  });
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    error => error,
  );
}

describe('a MySQL statement that failed', () => {
  it('is known to have changed nothing when there was no connection', async () => {
    const db = open(await freePort());
    const failure = await failureOf(db.run('DELETE FROM nothing'));
    expect(failure).toBeInstanceOf(DatabaseError);
    expect(failure).toMatchObject({ code: 'store_unavailable', refused: true });
    await db.close();
  });

  it.skipIf(!mariadb)(
    'is known to have changed nothing when the server said so, and not after a timeout',
    async () => {
      const db = open(mariadb?.port ?? 0, mariadb?.password);
      expect(await failureOf(db.run('DELETE FROM nothing'))).toMatchObject({ refused: true });
      expect(await failureOf(db.query('SELECT SLEEP(30)'))).toMatchObject({ refused: false });
      await db.close();
    },
  );
});
