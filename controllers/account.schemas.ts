import * as z from 'zod';
import { anyCode, pageQuery } from './fields.ts';

export const accountBodies = {
  closeAccount: z.object({ password: z.string(), code: anyCode.optional() }),
};

export const activityQuery = pageQuery(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
