import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Response } from 'supertest';

export interface OpenApiDocument {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
  >;
}

const READ_ONLY = ['HEAD', 'OPTIONS'];
const checkers = new Map<string, Ajv2020>();

function checkerOf(document: OpenApiDocument): Ajv2020 {
  const text = JSON.stringify(document);
  const known = checkers.get(text);
  if (known) return known;
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(JSON.parse(text), 'openapi');
  checkers.set(text, ajv);
  return ajv;
}

/**
 * Checks a response against the document: its status, its media type, its body, and the code of an error.
 * @throws {Error} that says what differs
 */
export function checkResponse(document: OpenApiDocument, method: string, url: string, res: Response): void {
  if (READ_ONLY.includes(method)) return;
  const path = (url.split('?', 1)[0] ?? '').replace(/^\/api(?=\/auth)/, '');
  const template = Object.keys(document.paths).find(template =>
    new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
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
    const check = checkerOf(document).getSchema(ref);
    if (!check) throw new Error(`${where}: there is no ${ref}`);
    if (!check(JSON.parse(res.text)))
      throw new Error(`${where} is not as documented: ${JSON.stringify(check.errors)} in ${res.text}`);
  }
}
