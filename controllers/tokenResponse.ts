import type { Request, Response } from 'express';
import type { Env } from '../config/env.ts';
import type { LoggedIn } from '../models/account/login.model.ts';
import type { RefreshCookie } from './refreshCookie.ts';

/** Sends the token response. The refresh token is in the body or in the cookie (REFRESH_DELIVERY). */
export type SendTokens = (req: Request<object>, res: Response, loggedIn: LoggedIn) => void;

export function createTokenResponse(env: Pick<Env, 'REFRESH_DELIVERY'>, cookie: RefreshCookie): SendTokens {
  return function sendTokens(req, res, { user, session }) {
    const { id, expiresAt, accessToken, expiresIn, refresh, endedSessions } = session;
    const inCookie = env.REFRESH_DELIVERY === 'cookie';
    if (refresh && inCookie) cookie.set(req, res, refresh.token, refresh.expiresIn);
    res.json({
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: expiresIn,
      ...(refresh && !inCookie && { refresh_token: refresh.token, refresh_expires_in: refresh.expiresIn }),
      user,
      session: { id, expires_at: new Date(expiresAt).toISOString() },
      ended_sessions: endedSessions,
    });
  };
}
