import type { Request, Response } from 'express';
import type * as z from 'zod';
import type { AccountModel } from '../models/account/account.model.ts';
import type { ActivityReader } from '../models/audit/activity.sql.ts';
import type { activityQuery } from './account.schemas.ts';
import type { Checked } from './bodies.ts';
import { clientContextOf } from './clientContextOf.ts';
import { credentialOf } from './mfa.controller.ts';
import type { RefreshCookie } from './refreshCookie.ts';

interface Dependencies {
  accounts: AccountModel;
  activity: ActivityReader;
  cookie: RefreshCookie;
}

/** Activity, and closing an account. */
export function createAccountController({ accounts, activity, cookie }: Dependencies) {
  return {
    async activity({ auth }: Request, res: Response, query: z.infer<typeof activityQuery>) {
      res.json(await activity.page(auth.userId, query.limit, query.cursor));
    },

    async close(req: Checked<'closeAccount'>, res: Response) {
      const { password, code } = req.body;
      await accounts.close(
        req.auth,
        password,
        code === undefined ? null : credentialOf(code),
        clientContextOf(req),
      );
      cookie.clear(req, res);
      res.status(204).end();
    },
  };
}
