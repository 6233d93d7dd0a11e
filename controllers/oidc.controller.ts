import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type * as z from 'zod';
import { ApiError } from '../errors.ts';
import type { IdentityModel } from '../models/oidc/identity.model.ts';
import { LOGIN_CODE_TTL_MS, type OidcModel, SIGN_IN_TTL_MS, type SignIn } from '../models/oidc/oidc.model.ts';
import type { Checked } from './bodies.ts';
import { clientContextOf } from './clientContextOf.ts';
import type { Cookies } from './cookies.ts';
import type { callbackQuery, startQuery } from './oidc.schemas.ts';
import type { SendTokens } from './tokenResponse.ts';

/** A browser with so many sign-ins loses them when it begins another one: the header has no room for more cookies. */
const MAX_COOKIES = 5;

const COOKIE = 'oidc_';

interface Dependencies {
  oidc: OidcModel;
  identities: IdentityModel;
  sendTokens: SendTokens;
  cookies: Cookies;
}

/** Sign-in with OpenID Providers. Each sign-in has a cookie of its own, first with its state, then for its code. */
export function createOidcController({ oidc, identities, sendTokens, cookies }: Dependencies) {
  const shapeFor = (req: Request<object>, name: string) =>
    ({ name, path: `${req.baseUrl}/oidc`, sameSite: 'lax' }) as const; // the provider is another site
  const cookieFor = (req: Request<object>, token: string) =>
    shapeFor(req, COOKIE + createHash('sha256').update(token).digest('hex').slice(0, 16));

  async function begin(
    req: Request<object>,
    res: Response,
    provider: string,
    page: string | undefined,
    linkTo: SignIn['linkTo'],
  ): Promise<string> {
    const { authorizationUrl, state, sealed } = await oidc.begin(
      { provider, redirectUri: callbackUrl(req, provider), page, linkTo },
      clientContextOf(req),
    );
    const names = cookies.namesOf(req, COOKIE);
    if (names.length >= MAX_COOKIES) for (const name of names) cookies.clear(req, res, shapeFor(req, name));
    cookies.set(req, res, cookieFor(req, state), sealed, SIGN_IN_TTL_MS / 1000);
    return authorizationUrl;
  }

  return {
    list(_req: Request, res: Response) {
      res.json({ providers: oidc.names.map(name => ({ name })) });
    },

    async start(req: Request, res: Response, query: z.infer<typeof startQuery>) {
      redirect(res, await begin(req, res, providerIn(req), query.return_to, null));
    },

    async callback(req: Request, res: Response, query: z.infer<typeof callbackQuery>) {
      const cookie = cookieFor(req, query.state);
      const signIn = oidc.open(providerIn(req), query.state, cookies.read(req, cookie));
      const finished = await oidc.finish(signIn, query, clientContextOf(req));
      cookies.clear(req, res, cookie);
      const page = new URL(signIn.returnTo);
      switch (finished.outcome) {
        case 'login':
          cookies.set(req, res, cookieFor(req, finished.code), finished.secret, LOGIN_CODE_TTL_MS / 1000);
          page.searchParams.set('code', finished.code);
          break;
        case 'linked':
          page.searchParams.set('linked', signIn.provider);
          break;
        case 'refused':
          page.searchParams.set('error', finished.reason);
      }
      redirect(res, page.href);
    },

    async token(req: Checked<'oidcToken'>, res: Response) {
      const { code, device_name: name = null } = req.body;
      const cookie = cookieFor(req, code);
      const device = { name, ...clientContextOf(req) };
      const loggedIn = await oidc.login(code, cookies.read(req, cookie), device);
      cookies.clear(req, res, cookie);
      sendTokens(req, res, loggedIn);
    },

    async link(req: Checked<'linkIdentity'> & Request<{ provider: string }>, res: Response) {
      const { password, return_to } = req.body;
      const { userId, sessionId } = req.auth;
      await identities.confirmOwner({ userId, sessionId, ...clientContextOf(req) }, password);
      const linkTo = { userId, sessionId };
      res.json({ authorization_url: await begin(req, res, req.params.provider, return_to, linkTo) });
    },

    async listIdentities({ auth }: Request, res: Response) {
      const found = await identities.list(auth.userId);
      res.json({
        identities: found.map(({ id, provider, linkedAt }) => ({ id, provider, linked_at: linkedAt })),
      });
    },

    async unlink(req: Request<{ id: string }>, res: Response) {
      const { userId, sessionId } = req.auth;
      const { id } = req.params;
      const number = /^\d{1,10}$/.test(id) ? Number(id) : 0;
      await identities.unlink(number, { userId, sessionId, ...clientContextOf(req) });
      res.status(204).end();
    },
  };
}

/** Without a body: it would repeat the URL. */
function redirect(res: Response, url: string): void {
  res.status(302).set('Location', url).end();
}

function providerIn(req: Request): string {
  return String(req.params.provider);
}

/**
 * The callback as the browser reaches this API: it has to be registered at the provider.
 * @throws {ApiError} `malformed_request` for a Host that is none
 */
function callbackUrl(req: Request<object>, provider: string): string {
  const path = `${req.baseUrl}/oidc/${encodeURIComponent(provider)}/callback`;
  const text = `${req.protocol}://${req.host}${path}`;
  if (URL.canParse(text) && new URL(text).pathname === path) return text;
  throw new ApiError('malformed_request', { detail: 'The Host header is not a host.' });
}
