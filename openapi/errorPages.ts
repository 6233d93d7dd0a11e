import { createHash } from 'node:crypto';
import { explanations } from '../errors.causes.ts';
import { ApiError, type ErrorCode, type ErrorData, errorTable } from '../errors.ts';
import { problemDetails } from '../http/problemDetails.ts';

/** The text of one code, without the form of a page. */
interface Section {
  code: ErrorCode;
  status: number;
  title: string;
  detail: string;
  meaning: string;
  causes: { cause: string; cure: string }[];
  /** Members and headers of the response, each with its meaning. */
  extras: { name: string; meaning: string }[];
}

const INTRODUCTION =
  'An error is `application/problem+json` (RFC 9457) with `type`, `title`, `status`, `code`, `detail` and `request_id`. Programs should use `code`. `detail` says more about the case at hand than this page. To find a request in the log, search for its `request_id`.';

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --soft: #8882; }
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 48rem; padding: 1rem; overflow-wrap: anywhere; }
h1, h2 { line-height: 1.2; }
h2 { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 1.5rem; }
h2 a { color: inherit; text-decoration: none; }
code { background: var(--soft); border-radius: .2rem; font-size: .9em; padding: .1em .25em; }
nav ul { list-style: none; padding: 0; }
nav li { margin: .25rem 0; }
dt { font-weight: 600; margin-top: 1rem; }
dd { margin: .25rem 0 0 1.25rem; }
:target { background: var(--soft); }
`;

/** The empty icon keeps browsers from asking for another one, which the policy would refuse. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Every error code as one static page in HTML, without scripts, and the Content-Security-Policy for it. */
export function errorsPage(): { html: string; contentSecurityPolicy: string } {
  return { html: errorsHtml(), contentSecurityPolicy: POLICY };
}

function errorsHtml(): string {
  const sections = sectionsOf();
  const contents = byStatus(sections).map(
    ({ status, codes }) => `<li>${status}: ${codes.map(code => html(`[\`${code}\`](#${code})`)).join(' ')}`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Error codes</title>
<style>${STYLE}</style>
<h1>Error codes</h1>
<p>${html(INTRODUCTION)}
<nav><ul>
${contents.join('\n')}
</ul></nav>
<main>
${sections.map(sectionHtml).join('\n')}
</main>
</html>
`;
}

/** The same as Markdown: docs/errors.md. */
export function errorsMarkdown(): string {
  const sections = sectionsOf();
  const rows = byStatus(sections).map(
    ({ status, codes }) => `| ${status} | ${codes.map(code => `[\`${code}\`](#${code})`).join(' ')} |`,
  );
  return [
    '# Error codes',
    '<!-- Written by `npm run docs:errors` from errors.ts and errors.causes.ts. Change those, not this page. -->',
    INTRODUCTION,
    ['| status | codes |', '| --- | --- |', ...rows].join('\n'),
    ...sections.map(sectionMarkdown),
    '',
  ].join('\n\n');
}

function sectionsOf(): Section[] {
  const codes = Object.keys(errorTable) as ErrorCode[];
  return codes.map(code => {
    const { status, title, detail } = errorTable[code];
    const { meaning, causes, members = {} } = explanations[code];
    const extras = Object.entries(members).map(([name, text]) => ({ name, meaning: text }));
    return { code, status, title, detail, meaning, causes, extras: [...extras, ...headersOf(code)] };
  });
}

/** As the response has them; none of those that every response has. */
function headersOf(code: ErrorCode): Section['extras'] {
  const data: ErrorData = errorTable[code].status === 405 ? { allowedMethods: ['GET'] } : {};
  const { headers } = problemDetails(new ApiError(code, data), '');
  const challenge = headers['WWW-Authenticate'];
  return [
    ...(challenge ? [{ name: `WWW-Authenticate: ${challenge}`, meaning: 'a header' }] : []),
    ...(headers['Retry-After'] ? [{ name: 'Retry-After', meaning: 'a header, the seconds to wait' }] : []),
    ...(headers.Allow ? [{ name: 'Allow', meaning: 'a header, the methods of this path' }] : []),
  ];
}

function byStatus(sections: Section[]): { status: number; codes: ErrorCode[] }[] {
  const statuses = [...new Set(sections.map(({ status }) => status))].sort((a, b) => a - b);
  return statuses.map(status => ({
    status,
    codes: sections.filter(section => section.status === status).map(({ code }) => code),
  }));
}

function sectionMarkdown({ code, status, title, detail, meaning, causes, extras }: Section): string {
  return [
    `## \`${code}\``,
    `**${status}: ${title}.** ${detail}`,
    meaning,
    causes.map(({ cause, cure }) => `- **${cause}** ${cure}`).join('\n'),
    ...(extras.length > 0
      ? [`Also in the response: ${extras.map(({ name, meaning }) => `\`${name}\` (${meaning})`).join(', ')}.`]
      : []),
  ].join('\n\n');
}

function sectionHtml({ code, status, title, detail, meaning, causes, extras }: Section): string {
  const terms = causes.map(({ cause, cure }) => `<dt>${html(cause)}\n<dd>${html(cure)}`);
  const items = extras.map(({ name, meaning }) => `<li>${html(`\`${name}\`: ${meaning}`)}`);
  return `<section id="${code}">
<h2><a href="#${code}"><code>${code}</code></a></h2>
<p><strong>${status}: ${html(title)}.</strong> ${html(detail)}
<p>${html(meaning)}
<dl>
${terms.join('\n')}
</dl>
${items.length > 0 ? `<p>Also in the response:\n<ul>\n${items.join('\n')}\n</ul>\n` : ''}</section>`;
}

/** A text with `code` and links. A link to a page of docs/ becomes the name of the file, as the API does not serve it. */
function html(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\[([^[\]]+)\]\((#\w+)\)/g, '<a href="$2">$1</a>')
    .replace(/\[([^[\]]+)\]\((\w+\.md)(?:#[\w-]+)?\)/g, (_, label: string, page: string) =>
      label === `docs/${page}` ? `<code>${label}</code>` : `${label} (<code>docs/${page}</code>)`,
    );
}
