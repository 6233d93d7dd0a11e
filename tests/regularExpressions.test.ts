import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from 'recheck';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';

const ROOT = join(import.meta.dirname, '..');
const SKIPPED = ['node_modules', 'dist', 'tests', 'data'];

/** Patterns that are slow on some texts, and why such a text does not reach them. */
const ACCEPTED: Record<string, string> = {
  'client/index.ts /\\/+$/': 'the base URL that the program itself gives, once per client',
  'config/env.schema.ts /\\/+$/': 'a setting of the operator, once at start',
  'scripts/configuration.ts /((?:^# .*\\n)*)^([A-Z_]+)=(.*)$/gm': 'the .env.example of the project, offline',
  'bench/measure/profile.ts /.*node_modules\\/((?:@[^/]+\\/)?[^/]+)/': 'file names in a CPU profile, offline',
  'http/signedBody.ts /"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"/g':
    'slow only when a quote is not closed; the text has passed JSON.parse and is at most 100 KiB',
};

interface Pattern {
  where: string;
  source: string;
  flags: string;
}

/** The parts of a syntax tree that say what a regular expression is. */
interface SyntaxNode {
  type?: string;
  regex?: { pattern: string; flags: string };
  callee?: { name?: string };
  arguments?: SyntaxNode[];
  value?: unknown;
  quasis?: { value: { cooked: string } }[];
}

function sourceFiles(): string[] {
  const entries = readdirSync(ROOT, { withFileTypes: true }).filter(
    ({ name }) => !SKIPPED.includes(name) && !name.startsWith('.'),
  );
  const files = entries.flatMap(entry =>
    entry.isDirectory()
      ? readdirSync(join(ROOT, entry.name), { recursive: true, encoding: 'utf8' }).map(file =>
          join(entry.name, file),
        )
      : entry.name,
  );
  return files.map(file => file.replaceAll('\\', '/')).filter(file => /\.m?ts$|\.mjs$/.test(file));
}

/** The text of a string or a template, each inserted value replaced by 1, which is a count as well as a word. */
function constantText({ type, value, quasis = [] }: SyntaxNode): string {
  if (type === 'TemplateLiteral') return quasis.map(part => part.value.cooked).join('1');
  return type === 'Literal' && typeof value === 'string' ? value : '';
}

/**
 * Finds every regular expression in a source text: literals, `RegExp(...)` and `new RegExp(...)`.
 * @throws {Error} when the text of one is not constant and cannot be checked
 */
function patternsIn(file: string, text: string): Pattern[] {
  const found: Pattern[] = [];
  const add = (source: string, flags: string) =>
    found.push({ where: `${file} /${source}/${flags}`, source, flags });
  const visit = (node: SyntaxNode): void => {
    if (node.regex) add(node.regex.pattern, node.regex.flags);
    if (node.callee?.name === 'RegExp') {
      const [source, flags] = (node.arguments ?? []).map(constantText);
      if (!source) throw new Error(`${file}: a RegExp that is made from a variable cannot be checked`);
      add(source, flags ?? '');
    }
    for (const child of Object.values(node)) if (typeof child === 'object' && child !== null) visit(child);
  };
  visit(parseAst(text, { lang: 'ts' }, file) as SyntaxNode);
  return found;
}

/**
 * What the detector says against a pattern, null where it needs time in proportion to the text. The detector is a program
 * for this platform where there is one, which needs a fifth of the time of the one in JavaScript.
 */
async function complaint({ where, source, flags }: Pattern): Promise<string | null> {
  const found = await check(source, flags, { timeout: 120_000 });
  if (found.status === 'safe') return null;
  return `${where}: ${found.status === 'vulnerable' ? found.complexity.summary : found.error.kind}`;
}

async function complaints(patterns: Pattern[]): Promise<string[]> {
  const found: string[] = [];
  for (const pattern of patterns) found.push((await complaint(pattern)) ?? '');
  return found.filter(Boolean);
}

describe('the regular expressions of the code', () => {
  const patterns = sourceFiles().flatMap(file => patternsIn(file, readFileSync(join(ROOT, file), 'utf8')));

  it('need time in proportion to the text', async () => {
    expect(patterns.length).toBeGreaterThan(50);
    expect(await complaints(patterns.filter(({ where }) => !(where in ACCEPTED)))).toEqual([]);
  });

  it('are still there where they are accepted', () => {
    const found = new Set(patterns.map(({ where }) => where));
    expect(Object.keys(ACCEPTED).filter(where => !found.has(where))).toEqual([]);
  });

  it.each([
    'header.match(/^Bearer +(\\S*) *$/)',
    'new RegExp(`^Bearer +(\\\\S*) *$`).exec(header)',
    'RegExp("^(a+)+$")',
  ])('are refused when they are slow: %s', async code => {
    expect(await complaints(patternsIn('example.ts', code))).toEqual([
      expect.stringMatching(/^example\.ts .*: (2nd degree polynomial|exponential)$/),
    ]);
  });

  it('are refused when their text is not constant', () => {
    expect(() => patternsIn('example.ts', 'new RegExp(given)')).toThrow('cannot be checked');
  });
});
