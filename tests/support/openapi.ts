import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Response } from './http.ts';

export interface OpenApiDocument {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
  >;
}

interface Checker {
  ajv: Ajv2020;
  templates: [template: string, matches: RegExp][];
}

const READ_ONLY = ['HEAD', 'OPTIONS'];
/** Most apps have the same document, and each has an object of its own. */
const byText = new Map<string, Checker>();
const byDocument = new WeakMap<OpenApiDocument, Checker>();

function checkerOf(document: OpenApiDocument): Checker {
  let checker = byDocument.get(document);
  if (checker) return checker;
  const text = JSON.stringify(document);
  checker = byText.get(text) ?? createChecker(JSON.parse(text));
  byText.set(text, checker);
  byDocument.set(document, checker);
  return checker;
}

function createChecker(document: OpenApiDocument): Checker {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'openapi');
  const templates = Object.keys(document.paths).map((template): [string, RegExp] => [
    template,
    new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  ]);
  return { ajv, templates };
}

/**
 * Checks a response against the document: its status, its media type, its body, and the code of an error.
 * @throws {Error} that says what differs
 */
export function checkResponse(document: OpenApiDocument, method: string, url: string, res: Response): void {
  if (READ_ONLY.includes(method)) return;
  const path = (url.split('?', 1)[0] ?? '').replace(/^\/api(?=\/auth)/, '');
  const { ajv, templates } = checkerOf(document);
  const [template] = templates.find(([, matches]) => matches.test(path)) ?? [];
  const operation = template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()];
  const mediaType = String(res.headers['content-type'] ?? '').split(';', 1)[0] ?? '';
  const where = `${method} ${path} ${res.status} ${mediaType}`;
  const pointer = (...parts: string[]) =>
    `openapi#/${parts.map(part => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
  if (template === undefined || !operation) {
    if (res.status < 400) return; // a path that only a test has
    validate(pointer('components', 'schemas', 'Problem'));
    return;
  }
  const documented = operation.responses[res.status];
  if (!documented) throw new Error(`${where} is not documented: ${res.text}`);
  if (!documented.content) {
    if (res.text) throw new Error(`${where} has a body`);
    return;
  }
  if (!documented.content[mediaType]) throw new Error(`${where} is not a documented media type`);
  if (!mediaType.endsWith('json')) return;
  validate(
    pointer(
      ...['paths', template, method.toLowerCase(), 'responses', String(res.status)],
      ...['content', mediaType, 'schema'],
    ),
  );

  function validate(ref: string): void {
    const check = ajv.getSchema(ref);
    if (!check) throw new Error(`${where}: there is no ${ref}`);
    if (!check(JSON.parse(res.text)))
      throw new Error(`${where} is not as documented: ${JSON.stringify(check.errors)} in ${res.text}`);
  }
}
