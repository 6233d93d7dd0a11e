import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Response } from 'supertest';

export interface OpenApiDocument {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
  >;
  components: { schemas: { Problem: object } };
}

const READ_ONLY = ['HEAD', 'OPTIONS'];
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
const validators = new WeakMap<object, ValidateFunction>();
const validatorsByText = new Map<string, ValidateFunction>();
const patternsOf = new WeakMap<object, [template: string, pattern: RegExp][]>();

/** The check of a schema of the document. Documents of other apps have the same schemas, so each text is compiled once. */
function validatorOf({ components }: OpenApiDocument, schema: object): ValidateFunction {
  const known = validators.get(schema);
  if (known) return known;
  const whole = { ...schema, components };
  const text = JSON.stringify(whole);
  const validator = validatorsByText.get(text) ?? ajv.compile(JSON.parse(text));
  validatorsByText.set(text, validator);
  validators.set(schema, validator);
  return validator;
}

/** The path of the document that a path belongs to. */
function templateOf({ paths }: OpenApiDocument, path: string): string | undefined {
  const patterns =
    patternsOf.get(paths) ??
    Object.keys(paths).map((template): [string, RegExp] => [
      template,
      new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
    ]);
  patternsOf.set(paths, patterns);
  return patterns.find(([, pattern]) => pattern.test(path))?.[0];
}

/**
 * Checks a response against the document: its status, its media type, its body, and the code of an error.
 * @throws {Error} that says what differs
 */
export function checkResponse(document: OpenApiDocument, method: string, url: string, res: Response): void {
  if (READ_ONLY.includes(method)) return;
  const path = (url.split('?', 1)[0] ?? '').replace(/^\/api(?=\/auth)/, '');
  const template = templateOf(document, path);
  const operation = template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()];
  const mediaType = String(res.headers['content-type'] ?? '').split(';', 1)[0] ?? '';
  const where = `${method} ${path} ${res.status} ${mediaType}`;
  if (template === undefined || !operation) {
    if (res.status < 400) return; // a path that only a test has
    validate(document.components.schemas.Problem);
    return;
  }
  const documented = operation.responses[res.status];
  if (!documented) throw new Error(`${where} is not documented: ${res.text}`);
  if (!documented.content) {
    if (res.text) throw new Error(`${where} has a body`);
    return;
  }
  const content = documented.content[mediaType];
  if (!content) throw new Error(`${where} is not a documented media type`);
  if (mediaType.endsWith('json')) validate(content.schema);

  function validate(schema: object): void {
    const check = validatorOf(document, schema);
    if (!check(JSON.parse(res.text)))
      throw new Error(`${where} is not as documented: ${JSON.stringify(check.errors)} in ${res.text}`);
  }
}
