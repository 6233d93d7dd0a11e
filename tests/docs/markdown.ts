import { readdirSync, readFileSync } from 'node:fs';

/** Every page of the documentation. */
export const pages = [
  'README.md',
  'README.id.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync('docs')
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
  ...readdirSync('examples').map(name => `examples/${name}/README.md`),
];

export interface CodeBlock {
  language: string;
  code: string;
}

/**
 * The text between a heading of the second level and the next one.
 * @throws {Error} when the page has no such heading
 */
export function section(page: string, title: string): string {
  const pattern = new RegExp(`^## ${title}$\\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm');
  const [, text] = pattern.exec(readFileSync(page, 'utf8')) ?? [];
  if (!text) throw new Error(`${page} has no section "${title}"`);
  return text;
}

/** The fenced code blocks of a text, in their order. */
export function codeBlocks(text: string): CodeBlock[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({
    language,
    code,
  }));
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchors(page: string): string[] {
  const prose = withoutCode(readFileSync(page, 'utf8'));
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** The targets of the links and images of a page that lead to files of the repository. */
export function relativeLinks(page: string): { path: string; anchor?: string | undefined }[] {
  const prose = withoutCode(readFileSync(page, 'utf8'));
  return [...prose.matchAll(/\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].map(([, path = '', anchor]) => ({
    path,
    anchor,
  }));
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, code => code.replace(/[[\]()]/g, ''));
}
