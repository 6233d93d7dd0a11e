import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { rsaKeys } from './rsaKeys.ts';

/** A user of the provider, by `sub`. */
export interface ProviderUser {
  email?: string;
  email_verified?: boolean;
  name?: string;
}

export interface ProviderClient {
  client_id: string;
  client_secret: string;
}

export interface RunningProvider {
  issuer: string;
  client: ProviderClient;
  users: Record<string, ProviderUser>;
  /** Whom the provider logs in without asking; null shows the form. */
  loggedIn: string | null;
  /** Whether the ID token has the claims, or only the UserInfo endpoint. */
  claimsInIdToken: boolean;
  /** Serves, with these callbacks and a new key id. Before that every request hangs. */
  serve(redirectUris: string[]): void;
  stop(): Promise<void>;
}

/** A real OpenID Provider on the loopback address. */
export async function startOidcProvider(
  port = 0,
  client: ProviderClient = { client_id: randomUUID(), client_secret: randomBytes(32).toString('hex') },
): Promise<RunningProvider> {
  let handle: (req: IncomingMessage, res: ServerResponse) => void = () => {};
  const server = createServer((req, res) => handle(req, res)).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;

  const running: RunningProvider = {
    issuer,
    client,
    users: {},
    loggedIn: null,
    claimsInIdToken: true,
    serve(redirectUris) {
      const provider = newProvider(redirectUris);
      const callback = provider.callback();
      handle = (req, res) => {
        if (req.url?.startsWith('/interaction/')) interact(provider, req, res).catch(() => res.destroy());
        else callback(req, res);
      };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
  return running;

  function newProvider(redirectUris: string[]): Provider {
    return new Provider(issuer, {
      clients: [{ ...client, redirect_uris: redirectUris }],
      jwks: { keys: [{ ...rsaKeys().privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig' }] },
      cookies: { keys: [randomUUID()] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      conformIdTokenClaims: !running.claimsInIdToken,
      ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
      findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...running.users[sub] }) }),
      async loadExistingGrant({ oidc }) {
        const grant = new oidc.provider.Grant({
          clientId: oidc.client?.clientId ?? '',
          accountId: oidc.session?.accountId ?? '',
        });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
    });
  }

  /** The page to log in at the provider. */
  async function interact(provider: Provider, req: IncomingMessage, res: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of req) text += chunk;
    const typed = new URLSearchParams(text);
    const accountId = running.loggedIn ?? typed.get('login');
    if (typed.has('cancel')) {
      await provider.interactionFinished(req, res, { error: 'access_denied' });
    } else if (accountId) {
      await provider.interactionFinished(req, res, { login: { accountId } });
    } else {
      res.setHeader('Content-Type', 'text/html');
      res.end(
        '<!doctype html><title>The provider</title><form method="post"><input name="login"><button>Log in</button><button name="cancel" value="1">Cancel</button></form>',
      );
    }
  }
}
