// `npm run db:setup`: creates the database that .env names, where it is missing, and applies schema.sql.
import mysql from 'mysql2/promise';
import { parseEnv, readEnvironment, usesMysql } from '../config/env.ts';
import { mysqlAddress, mysqlOptions } from '../stores/mysqlLogin.ts';
import { readSchema } from '../stores/schema.ts';
import { errorText } from '../stores/stores.ts';

try {
  const env = parseEnv(readEnvironment());
  if (!usesMysql(env)) throw new Error('DB_HOST is not set: the embedded database needs no set-up.');
  const { database, ...server } = mysqlOptions(env);
  const connection = await mysql.createConnection({ ...server, multipleStatements: true });
  try {
    await connection.query('CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4', [database]);
    await connection.changeUser({ database });
    await connection.query(readSchema('schema.sql'));
    console.log(`The database ${database} at ${mysqlAddress(env)} is ready.`);
  } finally {
    await connection.end();
  }
} catch (error) {
  console.error(`db:setup: ${errorText(error)}`);
  process.exitCode = 1;
}
