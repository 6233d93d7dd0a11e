import * as z from 'zod';
import { ApiError, type ErrorCode, invalidInput, StoreError } from '../../errors.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { LoggedIn, LoginModel } from '../account/login.model.ts';
import type { ClientContext, Emitter } from '../audit/events.ts';
import type { EncryptionModel } from '../mfa/encryption.model.ts';
import { idOfOneTimeToken, newOneTimeToken, type OneTimeStore } from '../oneTime/oneTime.store.ts';
import type { Device } from '../session/session.store.ts';
import type { IdentityModel } from './identity.model.ts';
import type { ProviderModel } from './provider.model.ts';
import type { ReturnTo } from './returnTo.ts';

/** How long a sign-in at a provider may take. */
export const SIGN_IN_TTL_MS = 600_000;
/** The lifetime of a one-time code. */
export const LOGIN_CODE_TTL_MS = 60_000;

const flowSchema = z.object({
  provider: z.string(),
  redirectUri: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  /** The session that links an identity; null for a login. */
  linkTo: z.object({ userId: z.int(), sessionId: z.string() }).nullable(),
  expiresAt: z.int(),
});

/** A sign-in at a provider that has begun. */
export type SignIn = z.infer<typeof flowSchema> & { state: string };

export const loginCodeSchema = z.object({
  provider: z.string(),
  subject: z.string(),
  email: z.string().nullable(),
  name: z.string(),
  expiresAt: z.int(),
});

/** The user whom a one-time code logs in. */
export type LoginCode = z.infer<typeof loginCodeSchema>;

/** What a sign-in begins with. */
export interface Beginning {
  provider: string;
  /** The callback as the browser reaches the API. */
  redirectUri: string;
  /** Where the browser goes afterwards; APP_URL unless given. */
  page: string | undefined;
  linkTo: SignIn['linkTo'];
}

/** What a browser is sent away with, and what it has to keep. */
export interface BegunSignIn {
  authorizationUrl: string;
  state: string;
  /** For the browser's cookie: encrypted, and only valid together with the state. */
  sealed: string;
}

/** How a sign-in ended. The browser has to keep the secret: without it the code is refused. */
export type FinishedSignIn =
  | { outcome: 'login'; code: string; secret: string }
  | { outcome: 'linked' }
  | { outcome: 'refused'; reason: ErrorCode };

export type OidcModel = ReturnType<typeof createOidcModel>;

interface Dependencies {
  providers: ProviderModel[];
  identities: IdentityModel;
  logins: Pick<LoginModel, 'loginByIdentity'>;
  codes: OneTimeStore<LoginCode>;
  encryption: EncryptionModel;
  returnTo: ReturnTo;
  events: Emitter;
  log: Logger;
  /** Called with the result of each sign-in at a provider. */
  onFinished: (provider: string, result: ErrorCode | 'ok') => void;
  /** Unix time in milliseconds. */
  now: () => number;
}

/** Sign-in with OpenID Providers. */
export function createOidcModel(dependencies: Dependencies) {
  const { identities, logins, codes, encryption, returnTo, events, log, onFinished, now } = dependencies;
  const providers = new Map(dependencies.providers.map(provider => [provider.name, provider]));
  const ownerOf = (state: string) => `oidc.${state}`;

  /** @throws {ApiError} `not_found` */
  function providerOf(name: string): ProviderModel {
    const provider = providers.get(name);
    if (provider) return provider;
    throw new ApiError('not_found', {
      detail: 'There is no provider with this name. GET /auth/oidc lists them.',
    });
  }

  /** Runs a request to a provider. A failure is counted and logged, without what the provider sent. */
  async function counted<T>(provider: string, client: ClientContext, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof StoreError)) throw error;
      const cause = error.cause as { message?: string; code?: string; error?: string } | undefined;
      const why = { cause: cause?.message, cause_code: cause?.code, cause_error: cause?.error };
      const { requestId: request_id } = client;
      log.warn({ request_id, provider, code: error.code, ...why }, 'a sign-in with a provider failed');
      onFinished(provider, error.code);
      throw error;
    }
  }

  return {
    /** The names of the providers. */
    names: [...providers.keys()],

    /**
     * Begins a sign-in.
     * @throws {ApiError} `not_found`, `validation_failed`, `store_unavailable`
     */
    async begin(
      { provider: name, redirectUri, page, linkTo }: Beginning,
      client: ClientContext,
    ): Promise<BegunSignIn> {
      const provider = providerOf(name);
      const state = newOneTimeToken();
      const [nonce, verifier] = [newOneTimeToken(), newOneTimeToken()];
      const flow: z.infer<typeof flowSchema> = {
        ...{ provider: name, redirectUri, nonce, verifier, linkTo },
        returnTo: returnTo.check(page),
        expiresAt: now() + SIGN_IN_TTL_MS,
      };
      const authorizationUrl = await counted(name, client, () =>
        provider.authorizationUrl({ redirectUri, state, nonce, verifier }),
      );
      return {
        authorizationUrl,
        state,
        sealed: encryption.encrypt(JSON.stringify(flow), ownerOf(state)),
      };
    },

    /**
     * Finds the sign-in that a callback belongs to.
     * @param sealed from the browser's cookie
     * @throws {ApiError} `not_found`, `validation_failed` when this browser did not begin it in the last ten minutes
     */
    open(name: string, state: string, sealed: string | undefined): SignIn {
      providerOf(name);
      const flow = unsealed(state, sealed ?? '');
      if (flow?.provider === name && flow.expiresAt > now()) return { ...flow, state };
      throw invalidInput({
        path: 'state',
        message: 'does not belong to a sign-in that this browser began in the last ten minutes: begin again',
      });
    },

    /**
     * Finishes a sign-in with the parameters of the callback.
     * @throws {Error} that is no error of the API
     */
    async finish(
      signIn: SignIn,
      parameters: Record<string, string>,
      client: ClientContext,
    ): Promise<FinishedSignIn> {
      const { provider: name, linkTo } = signIn;
      try {
        const finished = await counted(name, client, async (): Promise<FinishedSignIn> => {
          const user = await providerOf(name).user(parameters, signIn);
          if (linkTo) {
            await identities.link(user, { ...linkTo, ...client });
            return { outcome: 'linked' };
          }
          const [code, secret] = [newOneTimeToken(), newOneTimeToken()];
          await codes.put(idOf(code, secret), { ...user, expiresAt: now() + LOGIN_CODE_TTL_MS });
          return { outcome: 'login', code, secret };
        });
        onFinished(name, 'ok');
        return finished;
      } catch (error) {
        if (!(error instanceof ApiError || error instanceof StoreError)) throw error;
        if (!linkTo) {
          const detail = { provider: name };
          events.emit('login.failed', { userId: null, reason: 'provider_failed', detail, ...client });
        }
        return { outcome: 'refused', reason: error.code };
      }
    },

    /**
     * Logs in with a one-time code.
     * @param secret from the browser's cookie
     * @throws {ApiError} `invalid_credentials` for a code that is not good (any more), `email_unverified`,
     *   `link_required`, `mfa_required`, `session_limit`
     * @throws {StoreError}
     */
    async login(code: string, secret: string | undefined, device: Device & ClientContext): Promise<LoggedIn> {
      const { name: _, ...client } = device;
      const user = await codes.take(idOf(code, secret ?? ''));
      if (!user) {
        events.emit('login.failed', { userId: null, reason: 'wrong_code', ...client });
        throw new ApiError('invalid_credentials', {
          detail:
            'The code is unknown, used or more than a minute old, or another browser began the sign-in. Begin again.',
        });
      }
      return logins.loginByIdentity(() => identities.resolve(user, client), device);
    },
  };

  function unsealed(state: string, sealed: string) {
    try {
      return flowSchema.parse(JSON.parse(encryption.decrypt(sealed, ownerOf(state)).plaintext));
    } catch {
      return null; // not ours, altered, or with another state
    }
  }
}

/** The id depends on both, so that a code without the secret of its browser is an unknown one. */
function idOf(code: string, secret: string): string {
  return idOfOneTimeToken(`${code}.${secret}`);
}
