import { type Backend, hasRealStores } from './harness.ts';

interface UserTable {
  name: string;
  backend: Backend;
  /** Added to schema.sql. */
  sql: string;
}

/** The servers' usual defaults: MySQL 8 and MariaDB, older MariaDB, byte by byte, MySQL 5.7. */
const collations = ['utf8mb4_unicode_ci', 'utf8mb4_general_ci', 'utf8mb4_bin', 'latin1_swedish_ci'];
export const userTables: UserTable[] = [{ name: 'SQLite', backend: 'embedded', sql: '' }];
if (hasRealStores) {
  for (const collation of collations) {
    const charset = collation.split('_')[0];
    const sql = `ALTER TABLE users CONVERT TO CHARACTER SET ${charset} COLLATE ${collation};`;
    userTables.push({ name: `MariaDB with ${collation}`, backend: 'real', sql });
  }
}
