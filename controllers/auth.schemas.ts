import * as z from 'zod';
import type { PasswordPolicy } from '../models/password/passwordPolicy.model.ts';
import { COLUMN_WIDTH, knownEmail, label, newPassword, repeats } from './fields.ts';

const login = z.object({
  email: knownEmail,
  password: z.string(),
  device_name: label.optional(),
});

const updateProfile = z.object({ name: label });

export function authBodies(policy: Pick<PasswordPolicy, 'faultOf'>) {
  const register = z
    .object({
      name: label,
      email: z
        .email('must be an e-mail address')
        .max(COLUMN_WIDTH, `must be at most ${COLUMN_WIDTH} characters`),
      password: newPassword(policy),
      password_confirmation: z.string().optional(),
    })
    .refine(...repeats('password'))
    .superRefine(async (body, context) => {
      if (context.issues.length > 0) return; // the password's own faults are told already
      const message = await policy.faultOf(body.password, body);
      if (message) context.addIssue({ code: 'custom', path: ['password'], message });
    });

  const changePassword = z
    .object({
      current_password: z.string(),
      new_password: newPassword(policy),
      new_password_confirmation: z.string().optional(),
    })
    .refine(...repeats('new_password'))
    .refine(body => body.new_password !== body.current_password, {
      path: ['new_password'],
      message: 'must differ from current_password',
    });

  return { register, login, changePassword, updateProfile };
}
