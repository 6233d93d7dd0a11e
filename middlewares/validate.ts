import type { RequestHandler } from 'express';
import type * as z from 'zod';
import { invalidInput } from '../errors.ts';

/**
 * Replaces the body by the parsed one, without unknown members. Refuses with `validation_failed` and every fault. The
 * handler has the schema as `bodySchema`, for the OpenAPI document.
 */
export function validate<T>(schema: z.ZodType<T>): RequestHandler<object, unknown, T> {
  const handler: RequestHandler<object, unknown, T> = async function validate(req, _res, next) {
    const parsed = await schema.safeParseAsync(req.body);
    if (!parsed.success) {
      const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
      throw invalidInput(...errors);
    }
    req.body = parsed.data;
    next();
  };
  return Object.assign(handler, { bodySchema: schema });
}
