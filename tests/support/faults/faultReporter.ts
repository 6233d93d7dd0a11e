import type { Reporter, TestModule } from 'vitest/node';
import type { FaultRow } from './faultTable.ts';

/** Prints the table of all that {@link FaultRow}s were noted for, rows of one name added up. */
export class FaultReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = new Map<string, FaultRow>();
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        for (const row of test.meta().faults ?? []) rows.set(row.fault, merged(rows.get(row.fault), row));
      }
    }
    if (rows.size > 0) console.log(`\n${toTable([...rows.values()])}\n`);
  }
}

function merged(sum: FaultRow | undefined, row: FaultRow): FaultRow {
  if (!sum) return row;
  const worst = (a: number | null, b: number | null) =>
    a === null || b === null ? (a ?? b) : Math.max(a, b);
  return {
    fault: row.fault,
    tried: sum.tried + row.tried,
    wrong: sum.wrong + row.wrong,
    worstWaitMs: worst(sum.worstWaitMs, row.worstWaitMs),
    recoveryMs: worst(sum.recoveryMs, row.recoveryMs),
  };
}

/** A Markdown table, so that it can be taken over into a document. */
function toTable(rows: FaultRow[]): string {
  const ms = (value: number | null) => (value === null ? '–' : String(Math.round(value)));
  const cells = [
    ['fault', 'tried', 'wrong answers', 'worst wait (ms)', 'recovery (ms)'],
    ...rows.map(row => [row.fault, `${row.tried}`, `${row.wrong}`, ms(row.worstWaitMs), ms(row.recoveryMs)]),
  ];
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map(line => line[column]?.length ?? 0)),
  );
  const lines = cells.map(
    line =>
      `| ${line.map((cell, column) => (column ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[0] ?? 0))).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width, column) => (column ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
