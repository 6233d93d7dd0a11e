import { existsSync, readFileSync } from 'node:fs';

/** One level above this folder, or two above its compiled form in dist/. */
const ROOTS = ['../', '../../'];

/** The text of a schema file at the top of the project. */
export function readSchema(name: 'schema.sql' | 'schema.sqlite.sql'): string {
  const places = ROOTS.map(root => new URL(root + name, import.meta.url));
  const found = places.find(place => existsSync(place));
  if (!found) throw new Error(`${name} is missing beside package.json`);
  return readFileSync(found, 'utf8');
}

/** The columns that a schema creates, by table. */
export function tablesOf(sql: string): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  for (const statement of sql.replace(/^--.*$/gm, '').split(';')) {
    const [, table] = /CREATE TABLE IF NOT EXISTS (\w+) \(/.exec(statement) ?? [];
    if (!table) continue;
    const words = statement.split('\n').map(line => line.trim().split(' ', 1)[0] ?? '');
    // Keywords are in capitals.
    tables.set(
      table,
      words.filter(word => /^[a-z_]+$/.test(word)),
    );
  }
  return tables;
}
