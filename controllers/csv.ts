import type { AuditEntry } from '../models/audit/auditTrail.sql.ts';

const COLUMNS = [
  'time',
  'event',
  'user_id',
  'session_id',
  'reason',
  'ip',
  'user_agent',
  'request_id',
  'id',
  'detail',
] as const satisfies (keyof AuditEntry)[];

/** Spreadsheets run a cell that begins with one of these as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** Audit entries as CSV (RFC 4180) with a header line, a text for each list of entries. */
export async function* auditCsv(lists: AsyncIterable<AuditEntry[]>): AsyncGenerator<string> {
  let header = lineOf(COLUMNS);
  for await (const entries of lists) {
    const lines = entries.map(entry => lineOf(COLUMNS.map(column => textOf(entry[column]))));
    yield header + lines.join('');
    header = '';
  }
}

function textOf(value: AuditEntry[keyof AuditEntry]): string {
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

/** A cell that a spreadsheet shows as text: an apostrophe stands before what it would take for a formula. */
function toCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
