import type { RequestHandler } from 'express';
import type { z } from 'zod';
import { invalidInput } from '../errors.ts';

/** Replaces the body by the parsed one, without unknown members. Refuses with `validation_failed` and every fault. */
export function validate<T>(schema: z.ZodType<T>): RequestHandler<object, unknown, T> {
  return async function validate(req, _res, next) {
    const parsed = await schema.safeParseAsync(req.body);
    if (!parsed.success) {
      const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
      throw invalidInput(...errors);
    }
    req.body = parsed.data;
    next();
  };
}
