import { z } from 'zod';
import { anyCode } from './fields.ts';

export const accountBodies = {
  closeAccount: z.object({ password: z.string(), code: anyCode.optional() }),
};

export const activityQuery = z.object({
  limit: z
    .string('must be there once')
    .regex(/^([1-9]\d?|100)$/, 'must be a whole number from 1 to 100')
    .default('20')
    .transform(Number),
  cursor: z
    .string('must be there once')
    .regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/, 'must be the `next` of a response')
    .optional(),
});
