import * as z from 'zod';
import type { PasswordPolicy } from '../models/password/passwordPolicy.model.ts';

/** The widths of the `users` table's columns, in characters. */
export const COLUMN_WIDTH = 100;

export const wellFormed = z
  .string()
  .refine(
    text => text.isWellFormed() && !/\p{Cc}/u.test(text),
    'must be well-formed text without control characters',
  );

/** A name that people read. */
export const label = wellFormed
  .trim()
  .min(1, 'must not be empty')
  .refine(text => [...text].length <= COLUMN_WIDTH, `must be at most ${COLUMN_WIDTH} characters`);

/** Lenient, because users from before this API may have addresses that registration refuses today. */
export const knownEmail = wellFormed.min(1, 'must not be empty').max(254, 'must be at most 254 characters');

/** A code as apps show it, often with a space in the middle. */
export const totpCode = z
  .string()
  .transform(text => text.replace(/\s/g, ''))
  .refine(text => /^\d{6}$/.test(text), 'must be 6 digits');

export const recoveryCode = z.string().min(1, 'must not be empty').max(64, 'must be at most 64 characters');

/** A code of the app or a recovery code. */
export const anyCode = recoveryCode.transform(text => text.replace(/\s/g, ''));

/**
 * The query of a list that comes in pages: `limit` is 1 to 100, 20 unless given.
 * @param cursor the form of the list's `next`
 */
export function pageQuery(cursor: RegExp) {
  return z.object({
    limit: z
      .string('must be there once')
      .regex(/^([1-9]\d?|100)$/, 'must be a whole number from 1 to 100')
      .default('20')
      .transform(Number),
    cursor: z.string('must be there once').regex(cursor, 'must be the `next` of a response').optional(),
  });
}

/** A password that is to be set. */
export function newPassword(policy: Pick<PasswordPolicy, 'faultOf'>) {
  return z.string().superRefine(async (password, context) => {
    const message = await policy.faultOf(password);
    if (message) context.addIssue({ code: 'custom', message });
  });
}

/** For `refine`: the repetition of a member, where it is sent, must be the same. */
export function repeats(
  name: string,
): [(body: Record<string, unknown>) => boolean, { path: string[]; message: string }] {
  const repetition = `${name}_confirmation`;
  return [
    body => (body[repetition] ?? body[name]) === body[name],
    { path: [repetition], message: `must be the same as ${name}` },
  ];
}
