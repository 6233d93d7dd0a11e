import type { Request, RequestHandler, Response } from 'express';
import type * as z from 'zod';
import { invalidInput } from '../errors.ts';

const MAX_QUERY_LENGTH = 2048;

/**
 * Calls the handler with the parsed query (Express does not parse it here). A parameter may come once. Unknown names
 * are not read. Refuses with `validation_failed` and every fault. The result has the schema as `querySchema`, for the
 * OpenAPI document.
 * @param maxLength of the whole query, in characters (2048)
 */
export function withQuery<T>(
  schema: z.ZodType<T> & { shape: object },
  handler: (req: Request, res: Response, query: T) => Promise<void>,
  maxLength = MAX_QUERY_LENGTH,
): RequestHandler {
  const names = Object.keys(schema.shape);
  const checked: RequestHandler = async function withQuery(req, res) {
    const parsed = schema.safeParse(parametersOf(req, names, maxLength));
    if (!parsed.success) {
      const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
      throw invalidInput(...errors);
    }
    await handler(req, res, parsed.data);
  };
  return Object.assign(checked, { querySchema: schema });
}

/** The value of each named parameter, or a list when it comes more than once. */
function parametersOf(
  { originalUrl }: Request,
  names: string[],
  maxLength: number,
): Record<string, string | string[]> {
  const begin = originalUrl.indexOf('?');
  const query = begin < 0 ? '' : originalUrl.slice(begin + 1);
  if (query.length > maxLength) {
    const errors = [{ path: '', message: `the query must have at most ${maxLength} characters` }];
    throw invalidInput(...errors);
  }
  const parameters = new URLSearchParams(query);
  const found: Record<string, string | string[]> = {};
  for (const name of names) {
    const [value, ...more] = parameters.getAll(name);
    if (value !== undefined) found[name] = more.length > 0 ? [value, ...more] : value;
  }
  return found;
}
