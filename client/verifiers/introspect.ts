import { type Answer, createSigner, type SignatureScheme } from '../signer.ts';
import { createWire } from '../wire.ts';
import { callerIn, type Verifier } from './verifier.ts';

export interface IntrospectOptions {
  /** The URL of the API, with a path where it is not at the root. */
  baseUrl: string;
  /** The API's SIGNATURE_KEY, or the key of `clientId`. */
  signatureKey: string;
  /** The id under which the API's SIGNATURE_KEYS has the key. */
  clientId?: string;
  /** How requests are signed: `x-signature` unless given. */
  signatureScheme?: SignatureScheme;
  /** How long the API may take, in ms (2000). After it the response is 503. */
  timeoutMs?: number;
  /** Used in place of the global fetch. */
  fetch?: typeof globalThis.fetch;
}

/**
 * Asks `POST /auth/introspect` (RFC 7662) about each token.
 * @throws {TypeError} when an option is missing
 */
export function introspectVerifier(options: IntrospectOptions): Verifier {
  const { baseUrl, signatureKey, clientId, timeoutMs = 2000 } = options;
  if (!baseUrl || !signatureKey) throw new TypeError('introspect needs baseUrl and signatureKey');
  const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const { origin, pathname } = new URL(baseUrl);
  const wire = createWire({
    baseUrl: origin + (pathname === '/' ? '' : pathname),
    fetch,
    credentials: false,
  });
  const signer = createSigner({
    secret: signatureKey,
    now: Date.now,
    clientId,
    scheme: options.signatureScheme,
    baseUrl,
  });

  return async token => {
    // Without the nonce two processes that ask about a token in the same millisecond would send the same signature.
    const body = { token, nonce: crypto.randomUUID() };
    const request = {
      ...wire.request('POST', '/auth/introspect', body),
      signal: AbortSignal.timeout(timeoutMs),
    };
    const { value, refusal }: Answer<unknown> = await signer.send(request, headers =>
      wire.send<unknown>(request, headers),
    );
    if (refusal) throw refusal;
    return callerIn(value);
  };
}
