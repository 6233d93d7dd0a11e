import * as z from 'zod';
import type { PasswordPolicy } from '../models/password/passwordPolicy.model.ts';
import { knownEmail, newPassword, repeats } from './fields.ts';

const verifyEmail = z.object({ token: z.string() });

const forgotPassword = z.object({ email: knownEmail });

export function recoveryBodies(policy: Pick<PasswordPolicy, 'faultOf'>) {
  const resetPassword = z
    .object({
      token: z.string(),
      new_password: newPassword(policy),
      new_password_confirmation: z.string().optional(),
    })
    .refine(...repeats('new_password'));
  return { verifyEmail, forgotPassword, resetPassword };
}
