import type { Request, Response } from 'express';
import type * as z from 'zod';
import { ApiError } from '../errors.ts';
import type { AccountModel } from '../models/account/account.model.ts';
import type { SessionModel } from '../models/session/session.model.ts';
import type { Checked } from './bodies.ts';
import { clientContextOf } from './clientContextOf.ts';
import type { RefreshCookie } from './refreshCookie.ts';
import type { sessionsQuery } from './session.schemas.ts';
import { sessionView } from './sessionView.ts';
import type { SendTokens } from './tokenResponse.ts';

interface Dependencies {
  accounts: AccountModel;
  sessions: SessionModel;
  sendTokens: SendTokens;
  cookie: RefreshCookie;
}

/** Refresh, list and end of sessions. */
export function createSessionController({ accounts, sessions, sendTokens, cookie }: Dependencies) {
  return {
    async refresh(req: Checked<'refreshByCookie'>, res: Response) {
      const token = req.body.refresh_token ?? cookie.read(req);
      if (!token)
        throw new ApiError('refresh_invalid', {
          detail: 'The request has no refresh token: send the cookie, or `refresh_token` in the body.',
        });
      try {
        sendTokens(req, res, await accounts.refresh(token, clientContextOf(req)));
      } catch (error) {
        if (error instanceof ApiError && error.kind.status === 401) cookie.clear(req, res);
        throw error;
      }
    },

    async list({ auth }: Request, res: Response, { limit, cursor }: z.infer<typeof sessionsQuery>) {
      const page = await sessions.list(auth.userId, limit, cursor);
      const isCurrent = (id: string) => id === auth.sessionId;
      res.json({
        ...page,
        sessions: page.sessions.map(session => ({ ...sessionView(session), current: isCurrent(session.id) })),
      });
    },

    async end(req: Request<{ id: string }>, res: Response) {
      const { userId, sessionId } = req.auth;
      const { id } = req.params;
      if (!(await sessions.end(userId, id, 'ended_by_user', clientContextOf(req)))) {
        throw new ApiError('not_found', {
          detail: 'You have no live session with this id. GET /auth/sessions lists them.',
        });
      }
      if (id === sessionId) cookie.clear(req, res);
      res.status(204).end();
    },

    async logoutAll(req: Checked<'logoutAll'>, res: Response) {
      const { userId, sessionId } = req.auth;
      const keep = req.body.keep_current;
      const kept = keep ? sessionId : undefined;
      const ended = await sessions.endAll(userId, 'logout_all', clientContextOf(req), kept);
      if (!keep) cookie.clear(req, res);
      res.json({ ended_sessions: ended });
    },
  };
}
