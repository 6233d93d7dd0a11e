// `npm run docs:scaling`: puts the tables of the last run and of `npm run scaling` into docs/scaling.md.
import { readFile, writeFile } from 'node:fs/promises';
import { type Table, tableRows } from '../report.ts';
import measured from './measured.json' with { type: 'json' };
import { plan } from './plan.ts';

export const PAGE = 'docs/scaling.md';

/** Replaces each table of the page that has the head of one of these. @throws {Error} when a table is missing */
export function withTables(page: string, tables: Table[]): string {
  return tables.reduce((text, table) => {
    const rows = tableRows(table);
    const lines = text.split('\n');
    const first = lines.indexOf(rows.split('\n', 1)[0] ?? '');
    if (first < 0) throw new Error(`${PAGE} has no table "${table.title}".`);
    const length = lines.slice(first).findIndex(line => !line.startsWith('|'));
    return lines.toSpliced(first, length, rows).join('\n');
  }, page);
}

/** Those of the page. */
export const tables: Table[] = [...measured.tables, ...plan([])];

if (process.argv[1] === import.meta.filename)
  await writeFile(PAGE, withTables(await readFile(PAGE, 'utf8'), tables));
