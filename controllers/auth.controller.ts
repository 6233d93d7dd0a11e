import type { Request, Response } from 'express';
import type { AccountModel } from '../models/account/account.model.ts';
import type { SessionModel } from '../models/session/session.model.ts';
import type { Checked } from './auth.schemas.ts';
import { originOf } from './originOf.ts';
import type { RefreshCookie } from './refreshCookie.ts';
import type { SendTokens } from './tokenAnswer.ts';

interface Parts {
  accounts: AccountModel;
  sessions: SessionModel;
  sendTokens: SendTokens;
  cookie: RefreshCookie;
}

/** The account's endpoints. */
export function createAuthController({ accounts, sessions, sendTokens, cookie }: Parts) {
  return {
    async register(req: Checked<'register'>, res: Response) {
      res.status(201).json({ user: await accounts.register(req.body, originOf(req)) });
    },

    async login(req: Checked<'login'>, res: Response) {
      const { email, password, device_name: name = null } = req.body;
      sendTokens(req, res, await accounts.login(email, password, { name, ...originOf(req) }));
    },

    async logout(req: Request, res: Response) {
      await sessions.end(req.auth.userId, req.auth.sessionId, 'logout', originOf(req));
      cookie.clear(req, res);
      res.status(204).end();
    },

    async changePassword(req: Checked<'changePassword'>, res: Response) {
      const { current_password, new_password } = req.body;
      sendTokens(
        req,
        res,
        await accounts.changePassword(req.auth, current_password, new_password, originOf(req)),
      );
    },

    async profile({ auth }: Request, res: Response) {
      res.json({ user: await accounts.profile(auth.userId) });
    },

    async updateProfile(req: Checked<'updateProfile'>, res: Response) {
      res.json({ user: await accounts.rename(req.auth, req.body.name, originOf(req)) });
    },
  };
}
