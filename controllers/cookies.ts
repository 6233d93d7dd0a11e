import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import type { Env } from '../config/env.ts';

/** A cookie without its value. */
interface CookieShape {
  name: string;
  path: string;
  sameSite: 'strict' | 'lax';
}

export type Cookies = ReturnType<typeof createCookies>;

/**
 * HttpOnly cookies (RFC 6265bis) below a path. `__Host-` would need the path `/`, so the name gets `__Secure-`. On a
 * loopback host in development there is no TLS, so it has no prefix and no Secure attribute.
 */
export function createCookies(env: Pick<Env, 'NODE_ENV'>) {
  function shapeFor(req: Request<object>, { name, path, sameSite }: CookieShape) {
    const secure = env.NODE_ENV === 'production' || !isLoopback(req.hostname);
    const options: CookieOptions = { httpOnly: true, secure, sameSite, path };
    return { name: secure ? `__Secure-${name}` : name, options };
  }

  return {
    /** @param maxAge seconds */
    set(req: Request<object>, res: Response, shape: CookieShape, value: string, maxAge: number): void {
      const { name, options } = shapeFor(req, shape);
      res.cookie(name, value, { ...options, maxAge: maxAge * 1000 });
    },

    clear(req: Request<object>, res: Response, shape: CookieShape): void {
      const { name, options } = shapeFor(req, shape);
      res.clearCookie(name, options);
    },

    /** Undefined also when the name comes twice: another host of the site may have set one of them. */
    read(req: Request<object>, shape: CookieShape): string | undefined {
      const { name } = shapeFor(req, shape);
      const given = namesIn(req).filter(one => one === name);
      return given.length === 1 ? parseCookie(req.headers.cookie ?? '')[name] : undefined;
    },

    /** The names of the cookies that begin with this, without the prefix. */
    namesOf(req: Request<object>, beginning: string): string[] {
      const names = namesIn(req).map(name => name.replace(/^__Secure-/, ''));
      return [...new Set(names)].filter(name => name.startsWith(beginning));
    },
  };
}

function namesIn(req: Request<object>): string[] {
  return (req.headers.cookie ?? '').split(';').map(pair => pair.split('=', 1)[0]?.trim() ?? '');
}

function isLoopback(hostname: string | undefined): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname ?? '');
}
