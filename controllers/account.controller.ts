import type { Request, Response } from 'express';
import type { AccountModel } from '../models/account/account.model.ts';
import type { ActivityModel } from '../models/audit/activity.model.ts';
import type { Checked, Query } from './auth.schemas.ts';
import { clientContextOf } from './clientContextOf.ts';
import { credentialOf } from './mfa.controller.ts';
import type { RefreshCookie } from './refreshCookie.ts';

interface Dependencies {
  accounts: AccountModel;
  activity: ActivityModel;
  cookie: RefreshCookie;
}

/** The endpoints about an account as a whole. */
export function createAccountController({ accounts, activity, cookie }: Dependencies) {
  return {
    async activity({ auth }: Request, res: Response, query: Query<'activity'>) {
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
