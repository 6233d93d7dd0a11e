import type { Request, Response } from 'express';
import type { Env } from '../config/env.ts';
import type { Cookies } from './cookies.ts';

export type RefreshCookie = ReturnType<typeof createRefreshCookie>;

/** The refresh token in a cookie for the auth routes. */
export function createRefreshCookie(env: Pick<Env, 'REFRESH_DELIVERY'>, cookies: Cookies) {
  const shapeFor = (req: Request<object>) =>
    ({ name: 'refresh_token', path: req.baseUrl, sameSite: 'strict' }) as const;

  return {
    /** @param maxAge seconds */
    set(req: Request<object>, res: Response, token: string, maxAge: number): void {
      cookies.set(req, res, shapeFor(req), token, maxAge);
    },

    /** Deletes the cookie. Does nothing where tokens are in the body. */
    clear(req: Request<object>, res: Response): void {
      if (env.REFRESH_DELIVERY === 'cookie') cookies.clear(req, res, shapeFor(req));
    },

    read: (req: Request<object>): string | undefined => cookies.read(req, shapeFor(req)),
  };
}
