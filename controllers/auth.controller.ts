import type { Request, Response } from 'express';
import type { AccountModel } from '../models/account/account.model.ts';
import type { LoginModel } from '../models/account/login.model.ts';
import type { SessionModel } from '../models/session/session.model.ts';
import type { Checked } from './bodies.ts';
import { clientContextOf } from './clientContextOf.ts';
import type { RefreshCookie } from './refreshCookie.ts';
import type { SendTokens } from './tokenResponse.ts';

interface Dependencies {
  accounts: AccountModel;
  logins: Pick<LoginModel, 'login'>;
  sessions: SessionModel;
  sendTokens: SendTokens;
  cookie: RefreshCookie;
}

/** Registration, login, logout, profile and password. */
export function createAuthController({ accounts, logins, sessions, sendTokens, cookie }: Dependencies) {
  return {
    async register(req: Checked<'register'>, res: Response) {
      res.status(201).json({ user: await accounts.register(req.body, clientContextOf(req)) });
    },

    async login(req: Checked<'login'>, res: Response) {
      const { email, password, device_name: name = null } = req.body;
      sendTokens(req, res, await logins.login(email, password, { name, ...clientContextOf(req) }));
    },

    async logout(req: Request, res: Response) {
      await sessions.end(req.auth.userId, req.auth.sessionId, 'logout', clientContextOf(req));
      cookie.clear(req, res);
      res.status(204).end();
    },

    async changePassword(req: Checked<'changePassword'>, res: Response) {
      const { current_password, new_password } = req.body;
      sendTokens(
        req,
        res,
        await accounts.changePassword(req.auth, current_password, new_password, clientContextOf(req)),
      );
    },

    async profile({ auth }: Request, res: Response) {
      res.json({ user: await accounts.profile(auth.userId) });
    },

    async updateProfile(req: Checked<'updateProfile'>, res: Response) {
      res.json({ user: await accounts.rename(req.auth, req.body.name, clientContextOf(req)) });
    },
  };
}
