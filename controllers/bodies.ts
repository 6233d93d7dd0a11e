import type { Request } from 'express';
import type * as z from 'zod';
import type { PasswordPolicy } from '../models/password/passwordPolicy.model.ts';
import { accountBodies } from './account.schemas.ts';
import { adminBodies } from './admin.schemas.ts';
import { authBodies } from './auth.schemas.ts';
import { mfaBodies } from './mfa.schemas.ts';
import { oidcBodies } from './oidc.schemas.ts';
import { recoveryBodies } from './recovery.schemas.ts';
import { serviceBodies } from './service.schemas.ts';
import { sessionBodies } from './session.schemas.ts';

export type Bodies = ReturnType<typeof createBodies>;

/** The schema of each body; the schemas of new passwords ask the policy. */
export function createBodies(policy: Pick<PasswordPolicy, 'faultOf'>) {
  return {
    ...authBodies(policy),
    ...sessionBodies,
    ...mfaBodies,
    ...recoveryBodies(policy),
    ...accountBodies,
    ...serviceBodies,
    ...oidcBodies,
    ...adminBodies,
  };
}

/** A request whose body was checked. */
export type Checked<K extends keyof Bodies> = Request<object, unknown, z.infer<Bodies[K]>>;
