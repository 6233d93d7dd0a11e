import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import type { Env } from '../config/env.ts';

export type RefreshCookie = ReturnType<typeof createRefreshCookie>;

/**
 * The refresh token in an HttpOnly cookie (RFC 6265bis) for the auth routes. `__Host-` would need the path `/`, so
 * the name has `__Secure-`. On a loopback host in development there is no TLS, so it has no prefix and no Secure
 * attribute.
 */
export function createRefreshCookie(env: Pick<Env, 'NODE_ENV' | 'REFRESH_DELIVERY'>) {
  function shapeFor(req: Request<object>): { name: string; options: CookieOptions } {
    const secure = env.NODE_ENV === 'production' || !isLoopback(req.hostname);
    return {
      name: secure ? '__Secure-refresh_token' : 'refresh_token',
      options: { httpOnly: true, secure, sameSite: 'strict', path: req.baseUrl },
    };
  }

  return {
    /** @param maxAge seconds */
    set(req: Request<object>, res: Response, token: string, maxAge: number): void {
      const { name, options } = shapeFor(req);
      res.cookie(name, token, { ...options, maxAge: maxAge * 1000 });
    },

    /** Deletes the cookie. Does nothing where tokens are in the body. */
    clear(req: Request<object>, res: Response): void {
      if (env.REFRESH_DELIVERY !== 'cookie') return;
      const { name, options } = shapeFor(req);
      res.clearCookie(name, options);
    },

    /** Undefined also when the name comes twice: another host of the site may have set one of them. */
    read(req: Request<object>): string | undefined {
      const header = req.headers.cookie ?? '';
      const { name } = shapeFor(req);
      const given = header.split(';').filter(pair => pair.split('=', 1)[0]?.trim() === name);
      return given.length === 1 ? parseCookie(header)[name] : undefined;
    },
  };
}

function isLoopback(hostname: string | undefined): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname ?? '');
}
