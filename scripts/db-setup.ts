// `npm run db:setup`: creates the database that .env names, where it is missing, and applies schema.sql.
import { readFile } from 'node:fs/promises';
import mysql from 'mysql2/promise';
import { mysqlOptions } from '../config/db.mysql.ts';
import { parseEnv, readEnvironment } from '../config/env.ts';
import { describe } from '../config/stores.ts';

try {
  const env = parseEnv(readEnvironment());
  if (!env.DB_HOST) throw new Error('DB_HOST is not set: the embedded database needs no set-up.');
  const { database, ...server } = mysqlOptions({ ...env, DB_HOST: env.DB_HOST });
  const connection = await mysql.createConnection({ ...server, multipleStatements: true });
  try {
    await connection.query('CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4', [database]);
    await connection.changeUser({ database });
    await connection.query(await readFile('schema.sql', 'utf8'));
    console.log(`The database ${database} at ${env.DB_HOST}:${env.DB_PORT} is ready.`);
  } finally {
    await connection.end();
  }
} catch (error) {
  console.error(`db:setup: ${describe(error)}`);
  process.exitCode = 1;
}
