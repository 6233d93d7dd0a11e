import type { ClientAuth } from 'openid-client';
import * as z from 'zod';
import type { OidcProvider } from '../../config/oidcProviders.ts';
import { ApiError } from '../../errors.ts';
import type { ProviderUser } from './identity.model.ts';

/** The deadline of each request to a provider. */
const DEADLINE_MS = 5000;
/** How long the metadata of a provider is used. */
const KEEP_MS = 3_600_000;
/** The width of the `users` table's columns, in characters. */
const MAX_LENGTH = 100;

/** Codes of openid-client and jose for a provider that does not respond, or not as one. */
const AWAY: ReadonlySet<unknown> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'ERR_JOSE_GENERIC',
  'ERR_JWKS_TIMEOUT',
]);

/** OpenID Connect Core 1.0, section 5.1. A `sub` has at most 255 ASCII characters (section 2). */
const claimsSchema = z.object({
  sub: z.string().regex(/^[\x20-\x7e]{1,255}$/),
  email: z.unknown().optional(),
  email_verified: z.unknown().optional(),
  name: z.unknown().optional(),
});

const address = z.email().max(MAX_LENGTH);

/** What a callback is checked against: the values that the browser was sent away with. */
export interface Authorization {
  /** Where the provider sends the browser. */
  redirectUri: string;
  state: string;
  nonce: string;
  /** The PKCE verifier (RFC 7636). */
  verifier: string;
}

export type ProviderModel = ReturnType<typeof createProviderModel>;

/**
 * An OpenID Provider: Authorization Code Flow (OpenID Connect Core 1.0, section 3.1) with PKCE. The library is loaded and
 * the metadata is fetched at the first use. Every request has a deadline of 5 s.
 * @param now Unix time in milliseconds
 */
export function createProviderModel(name: string, settings: OidcProvider, now: () => number) {
  let known: { connection: ReturnType<typeof connect>; until: number } | undefined;

  /** @throws {ApiError} `store_unavailable` */
  async function connection() {
    if (!known || now() >= known.until) {
      const opened = { connection: connect(settings), until: now() + KEEP_MS };
      known = opened;
      opened.connection.catch(() => {
        if (known === opened) known = undefined;
      });
    }
    try {
      return await known.connection;
    } catch (cause) {
      throw away(cause);
    }
  }

  function away(cause: unknown): ApiError {
    return new ApiError('store_unavailable', {
      detail: `The OpenID Provider ${name} does not respond as it should. Try again after Retry-After, or log in with a password.`,
      cause,
    });
  }

  return {
    name,

    /**
     * The URL that begins a sign-in at the provider.
     * @throws {ApiError} `store_unavailable`
     */
    async authorizationUrl({ redirectUri, state, nonce, verifier }: Authorization): Promise<string> {
      const { client, config } = await connection();
      const { href } = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: settings.scopes,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return href;
    },

    /**
     * Checks the parameters of a callback, with `iss` (RFC 9207), and exchanges the code for an ID token. Where that has
     * no address, the UserInfo endpoint is asked.
     * @throws {ApiError} `invalid_credentials` when the provider refuses or its response is not valid,
     *   `store_unavailable`
     */
    async user(parameters: Record<string, string>, authorization: Authorization): Promise<ProviderUser> {
      const { client, config, verifySignature } = await connection();
      const { redirectUri, state, nonce, verifier } = authorization;
      try {
        const url = new URL(`${redirectUri}?${new URLSearchParams(parameters)}`);
        const tokens = await client.authorizationCodeGrant(config, url, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        // openid-client trusts the TLS connection instead (OpenID Connect Core 1.0, section 3.1.3.7, item 6).
        await verifySignature(tokens.id_token ?? '');
        const claims = claimsSchema.parse(tokens.claims());
        if (claims.email === undefined && config.serverMetadata().userinfo_endpoint) {
          Object.assign(claims, await client.fetchUserInfo(config, tokens.access_token, claims.sub));
        }
        return userOf(name, claims);
      } catch (error) {
        if (isAway(error)) throw away(error);
        if (!isRefusal(error)) throw error;
        throw new ApiError('invalid_credentials', {
          detail: `${name} did not confirm who you are. Begin the sign-in again.`,
          cause: error,
        });
      }
    },
  };
}

async function connect({ issuer, clientId, clientSecret }: OidcProvider) {
  // A process without a sign-in does not need their memory.
  const [client, { compactVerify, createRemoteJWKSet }] = await Promise.all([
    import('openid-client'),
    import('jose'),
  ]);
  const [basic, post] = [client.ClientSecretBasic(clientSecret), client.ClientSecretPost(clientSecret)];
  const authentication: ClientAuth = (server, ...request) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...request);
  };
  const isPlain = new URL(issuer).protocol === 'http:';
  const config = await client.discovery(new URL(issuer), clientId, clientSecret, authentication, {
    timeout: DEADLINE_MS / 1000,
    execute: isPlain ? [client.allowInsecureRequests] : [],
  });
  const { authorization_endpoint, token_endpoint, jwks_uri = '' } = config.serverMetadata();
  const isSafe = (url = '') => url.startsWith('https:') || (isPlain && url.startsWith('http:'));
  if (![authorization_endpoint, token_endpoint, jwks_uri].every(isSafe))
    throw new Error('the metadata lack an endpoint, or it is not https');
  // Fetched when they are needed, kept for ten minutes, and fetched at once for a key that is not among them.
  const keys = createRemoteJWKSet(new URL(jwks_uri), { cooldownDuration: 0, timeoutDuration: DEADLINE_MS });
  return { client, config, verifySignature: (token: string) => compactVerify(token, keys) };
}

function userOf(provider: string, { sub, email, email_verified, name }: z.infer<typeof claimsSchema>) {
  const verified = email_verified === true ? address.safeParse(email).data : undefined;
  const given = typeof name === 'string' ? name : '';
  const plain = given
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  const shown = [...(plain || (verified ?? ''))].slice(0, MAX_LENGTH).join('').trim();
  return { provider, subject: sub, email: verified ?? null, name: shown };
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, status, error: reason } = error as Error & Record<string, unknown>;
  if (reason === 'server_error' || reason === 'temporarily_unavailable') return true;
  // fetch throws a TypeError without a code.
  return AWAY.has(code) || Number(status) >= 500 || (error instanceof TypeError && code === undefined);
}

function isRefusal(error: unknown): boolean {
  if (error instanceof z.ZodError) return true;
  const { code } = error as { code?: unknown };
  return /^(OAUTH|ERR_JOSE|ERR_JW)/.test(String(code));
}
