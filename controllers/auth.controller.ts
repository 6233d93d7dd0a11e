import type { Request, Response } from 'express';
import type { AccountModel, LoggedIn } from '../models/account.model.ts';
import type { Device, SessionModel } from '../models/session.model.ts';
import type { Body, bodies } from './auth.schemas.ts';

/** A request whose body {@link validate} has checked. */
type Checked<K extends keyof typeof bodies> = Request<object, unknown, Body<K>>;

const MAX_USER_AGENT = 255;

/** The six core endpoints. */
export function createAuthController(accounts: AccountModel, sessions: SessionModel) {
  return {
    async register({ body }: Checked<'register'>, res: Response) {
      res.status(201).json({ user: await accounts.register(body) });
    },

    async login(req: Checked<'login'>, res: Response) {
      const { email, password, device_name } = req.body;
      res.json(tokenAnswer(await accounts.login(email, password, deviceOf(req, device_name))));
    },

    async logout({ auth }: Request, res: Response) {
      await sessions.end(auth.userId, auth.sessionId);
      res.status(204).end();
    },

    async changePassword(req: Checked<'changePassword'>, res: Response) {
      const { current_password, new_password } = req.body;
      res.json(
        tokenAnswer(
          await accounts.changePassword(req.auth.userId, current_password, new_password, deviceOf(req)),
        ),
      );
    },

    async profile({ auth }: Request, res: Response) {
      res.json({ user: await accounts.profile(auth.userId) });
    },

    async updateProfile({ auth, body }: Checked<'updateProfile'>, res: Response) {
      res.json({ user: await accounts.rename(auth.userId, body.name) });
    },
  };
}

function deviceOf(req: Request<object>, name: string | null = null): Device {
  return { name, ip: req.ip ?? '', userAgent: (req.get('User-Agent') ?? '').slice(0, MAX_USER_AGENT) };
}

function tokenAnswer({ user, session, accessToken, expiresIn, endedSessions }: LoggedIn) {
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: expiresIn,
    user,
    session: { id: session.id, expires_at: new Date(session.expiresAt).toISOString() },
    ended_sessions: endedSessions,
  };
}
