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
  for (const [, table = '', body = ''] of sql.matchAll(
    /^CREATE TABLE IF NOT EXISTS (\w+) \(\n([^;]*)\n\)/gm,
  )) {
    const names = body.split('\n').map(line => line.trim().split(' ', 1)[0] ?? '');
    tables.set(
      table,
      names.filter(name => /^[a-z_]+$/.test(name)),
    );
  }
  return tables;
}
