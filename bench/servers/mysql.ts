import mysql, { type RowDataPacket } from 'mysql2/promise';

const { DB_HOST, DB_PORT, DB_USER, DB_PASSWORD, DB_NAME, DB_POOL_SIZE } = process.env;

/** The pool of a peer, as large as ours. */
export function createPool(database: string): mysql.Pool {
  const created = mysql.createPool({
    host: DB_HOST ?? '',
    port: Number(DB_PORT),
    user: DB_USER ?? '',
    password: DB_PASSWORD ?? '',
    database,
    connectionLimit: Number(DB_POOL_SIZE),
    timezone: 'Z',
  });
  created.pool.on('connection', connection => {
    connection.query("SET time_zone = '+00:00'");
  });
  return created;
}

const pool = createPool(DB_NAME ?? '');

async function first(sql: string, value: string | number): Promise<RowDataPacket | undefined> {
  const [rows] = await pool.execute<RowDataPacket[]>(sql, [value]);
  return rows[0];
}

/** The user as an answer shows it. */
export function findUser(id: number) {
  return first('SELECT id, name, email, created_at, updated_at FROM users WHERE id = ?', id);
}

/** What a login is checked against. */
export function findCredentials(email: string) {
  return first('SELECT id, password FROM users WHERE email = ?', email);
}
