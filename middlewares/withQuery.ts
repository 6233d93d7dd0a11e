import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { ApiError } from '../errors.ts';

/**
 * Calls the handler with the parsed query, which Express has been told not to parse. A parameter may stand there once;
 * those the schema does not name are left out. Refuses with `validation_failed` and every fault.
 */
export function withQuery<T>(
  schema: z.ZodType<T>,
  handler: (req: Request, res: Response, query: T) => Promise<void>,
): RequestHandler {
  return async function withQuery(req, res) {
    const parsed = schema.safeParse(parametersOf(req));
    if (!parsed.success) {
      const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
      throw new ApiError('validation_failed', { members: { errors } });
    }
    await handler(req, res, parsed.data);
  };
}

/** Each parameter's text, or a list where it comes more than once. */
function parametersOf({ originalUrl }: Request): Record<string, string | string[]> {
  const parameters = new URLSearchParams(originalUrl.split('?').slice(1).join('?'));
  return Object.fromEntries(
    [...parameters.keys()].map(name => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}
