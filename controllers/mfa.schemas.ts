import * as z from 'zod';
import { anyCode, recoveryCode, totpCode } from './fields.ts';

export const mfaBodies = {
  enrolTotp: z.object({ password: z.string() }),
  confirmTotp: z.object({ code: totpCode }),
  disableTotp: z.object({ password: z.string(), code: anyCode }),
  loginMfa: z
    .object({ mfa_token: z.string(), code: totpCode.optional(), recovery_code: recoveryCode.optional() })
    .refine(body => (body.code === undefined) !== (body.recovery_code === undefined), {
      path: ['code'],
      message: 'must be there, or recovery_code instead',
    }),
};
