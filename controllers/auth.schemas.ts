import type { Request } from 'express';
import { z } from 'zod';
import type { PasswordPolicy } from '../models/password/passwordPolicy.model.ts';

/** The widths of the `users` table's columns, in characters. */
const COLUMN_WIDTH = 100;

const wellFormed = z
  .string()
  .refine(
    text => text.isWellFormed() && !/\p{Cc}/u.test(text),
    'must be well-formed text without control characters',
  );

const label = wellFormed
  .trim()
  .min(1, 'must not be empty')
  .refine(text => [...text].length <= COLUMN_WIDTH, `must be at most ${COLUMN_WIDTH} characters`);

/** Lenient on purpose: who is already in the table may log in, whatever rules registration has by now. */
const knownEmail = wellFormed.min(1, 'must not be empty').max(254, 'must be at most 254 characters');

const login = z.object({
  email: knownEmail,
  password: z.string(),
  device_name: label.optional(),
});

const verifyEmail = z.object({ token: z.string() });

const forgotPassword = z.object({ email: knownEmail });

const refreshByBody = z.object({ refresh_token: z.string() });
const refreshByCookie = refreshByBody.partial();

const logoutAll = z.object({ keep_current: z.boolean().default(false) });

const updateProfile = z.object({ name: label });

/** As apps show it, often with a space in the middle. */
const totpCode = z
  .string()
  .transform(text => text.replace(/\s/g, ''))
  .refine(text => /^\d{6}$/.test(text), 'must be 6 digits');
const recoveryCode = z.string().min(1, 'must not be empty').max(64, 'must be at most 64 characters');

const enrolTotp = z.object({ password: z.string() });
const confirmTotp = z.object({ code: totpCode });
const disableTotp = z.object({
  password: z.string(),
  code: recoveryCode.transform(text => text.replace(/\s/g, '')),
});
const closeAccount = disableTotp.partial({ code: true });
const loginMfa = z
  .object({ mfa_token: z.string(), code: totpCode.optional(), recovery_code: recoveryCode.optional() })
  .refine(body => (body.code === undefined) !== (body.recovery_code === undefined), {
    path: ['code'],
    message: 'must be there, or recovery_code instead',
  });

export type Bodies = ReturnType<typeof createBodies>;

/** What the bodies of the mutating requests must look like. */
export function createBodies(policy: Pick<PasswordPolicy, 'faultOf'>) {
  const newPassword = z.string().superRefine(async (password, context) => {
    const message = await policy.faultOf(password);
    if (message) context.addIssue({ code: 'custom', message });
  });

  const register = z
    .object({
      name: label,
      email: z
        .email('must be an e-mail address')
        .max(COLUMN_WIDTH, `must be at most ${COLUMN_WIDTH} characters`),
      password: newPassword,
      password_confirmation: z.string().optional(),
    })
    .refine(({ password, password_confirmation }) => (password_confirmation ?? password) === password, {
      path: ['password_confirmation'],
      message: 'must be the same as password',
    })
    .superRefine(async (body, context) => {
      if (context.issues.length > 0) return; // the password's own faults are told already
      const message = await policy.faultOf(body.password, body);
      if (message) context.addIssue({ code: 'custom', path: ['password'], message });
    });

  const changePassword = z
    .object({
      current_password: z.string(),
      new_password: newPassword,
      new_password_confirmation: z.string().optional(),
    })
    .refine(body => (body.new_password_confirmation ?? body.new_password) === body.new_password, {
      path: ['new_password_confirmation'],
      message: 'must be the same as new_password',
    })
    .refine(body => body.new_password !== body.current_password, {
      path: ['new_password'],
      message: 'must differ from current_password',
    });

  const resetPassword = z
    .object({
      token: z.string(),
      new_password: newPassword,
      new_password_confirmation: z.string().optional(),
    })
    .refine(body => (body.new_password_confirmation ?? body.new_password) === body.new_password, {
      path: ['new_password_confirmation'],
      message: 'must be the same as new_password',
    });

  return {
    register,
    login,
    changePassword,
    updateProfile,
    closeAccount,
    verifyEmail,
    forgotPassword,
    resetPassword,
    refreshByBody,
    refreshByCookie,
    logoutAll,
    enrolTotp,
    confirmTotp,
    disableTotp,
    loginMfa,
  };
}

/** What the queries of reading requests must look like. */
export const queries = {
  activity: z.object({
    limit: z
      .string('must be there once')
      .regex(/^([1-9]\d?|100)$/, 'must be a whole number from 1 to 100')
      .default('20')
      .transform(Number),
    cursor: z
      .string('must be there once')
      .regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/, 'must be the `next` of an answer')
      .optional(),
  }),
};

/** A query that was checked. */
export type Query<K extends keyof typeof queries> = z.infer<(typeof queries)[K]>;

/** A request whose body was checked. */
export type Checked<K extends keyof Bodies> = Request<object, unknown, z.infer<Bodies[K]>>;
