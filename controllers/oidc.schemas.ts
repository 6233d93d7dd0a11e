import * as z from 'zod';
import { label } from './fields.ts';

const single = z.string('must be there once');

export const oidcBodies = {
  oidcToken: z.object({ code: z.string(), device_name: label.optional() }),
  linkIdentity: z.object({ password: z.string().optional(), return_to: z.string().optional() }),
};

export const startQuery = z.object({ return_to: single.optional() });

/** OpenID Connect Core 1.0, sections 3.1.2.5 and 3.1.2.6, and RFC 9207. */
export const callbackQuery = z.object({
  state: single,
  code: single.optional(),
  iss: single.optional(),
  error: single.optional(),
});
