/** A table of the report; the first column is text, the others are figures. */
export interface Table {
  title: string;
  /** What one has to know to read it. */
  note?: string;
  head: string[];
  rows: string[][];
}

/** What the project has promised itself, and what came of it. */
export interface Reach {
  promise: string;
  /** Major version of the Node.js that it was measured on; undefined: the first of the run. */
  node?: number;
  target: string;
  measured: string;
  met: boolean;
}

/** A bar of the chart. */
export interface Bar {
  label: string;
  value: number;
  ours: boolean;
}

/** Bars that belong together. */
export interface Chart {
  title: string;
  bars: Bar[];
}

/** What a part of the run found. */
export interface Findings {
  tables: Table[];
  reach: Reach[];
  charts?: Chart[];
}

/**
 * The whole report as Markdown.
 * @param firstNode major version of the first Node.js of the run
 */
export function toMarkdown(facts: string[], findings: Findings[], firstNode: number): string {
  const reach = findings.flatMap(part => part.reach);
  const reached: Table = {
    title: 'Reach',
    head: ['promise', 'Node.js', 'target', 'measured', 'met'],
    rows: reach.map(({ promise, node = firstNode, target, measured, met }) => [
      promise,
      String(node),
      target,
      measured,
      met ? 'yes' : '**no**',
    ]),
  };
  const tables = [...(reach.length > 0 ? [reached] : []), ...findings.flatMap(part => part.tables)];
  return `${['# Benchmark', facts.map(fact => `- ${fact}`).join('\n'), ...tables.map(toSection)].join('\n\n')}\n`;
}

function toSection({ title, note, ...table }: Table): string {
  return [`## ${title}`, ...(note ? [note] : []), tableRows(table)].join('\n\n');
}

/** The lines of a Markdown table. */
export function tableRows({ head, rows }: Pick<Table, 'head' | 'rows'>): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const rule = line(head.map((_, i) => (i === 0 ? '---' : '---:')));
  return [line(head), rule, ...rows.map(line)].join('\n');
}

const ROW = 26;
const LABELS = 350;
const WIDTH = 400;

/** Bars as an SVG that can be read on a light and on a dark page. */
export function toSvg(charts: Chart[]): string {
  const longest = Math.max(...charts.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const parts: string[] = [];
  let y = 8;
  for (const { title, bars } of charts) {
    parts.push(`<text class="title" x="8" y="${y + 16}">${escaped(title)}</text>`);
    y += 30;
    for (const { label, value, ours } of bars) {
      const width = Math.max(1, (value / longest) * WIDTH).toFixed(1);
      parts.push(
        `<text x="${LABELS - 8}" y="${y + 14}" text-anchor="end">${escaped(label)}</text>`,
        `<rect class="${ours ? 'ours' : 'other'}" x="${LABELS}" y="${y}" width="${width}" height="${ROW - 8}" rx="2"/>`,
        `<text x="${LABELS + Number(width) + 6}" y="${y + 14}">${value.toFixed(2)}</text>`,
      );
      y += ROW;
    }
    y += 10;
  }
  const width = LABELS + WIDTH + 60;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" aria-label="Benchmark">
<style>
  text { font: 13px system-ui, sans-serif; fill: #24292f; }
  .title { font-weight: 600; }
  .ours { fill: #0969da; }
  .other { fill: #8c959f; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .ours { fill: #4493f8; }
    .other { fill: #7d8590; }
  }
</style>
${parts.join('\n')}
</svg>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
