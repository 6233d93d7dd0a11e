/** The name of the API in every signature of RFC 9421. */
export const SIGNATURE_TAG = 'express-auth-api';
/** The one label of a signature. */
export const SIGNATURE_LABEL = 'sig1';

/** The signed parts of a request (RFC 9421, section 2). */
export interface MessageParts {
  method: string;
  /** Host, with the port where it is not the default one. */
  authority: string;
  /** The path as sent, without the query. */
  path: string;
  /** With its question mark; empty without a query. */
  query?: string;
  contentType?: string | undefined;
  /** The header Content-Digest (RFC 9530). */
  contentDigest?: string | undefined;
  authorization?: string | undefined;
  /** Unix time in seconds. */
  created: number;
  /** 16 to 64 letters, digits and - _, never used before. */
  nonce: string;
  /** The id of the client. */
  keyid: string;
}

/**
 * The signature base (RFC 9421, section 2.5) and the header Signature-Input of a request. Runs in Node.js and in browsers.
 */
export function signatureBase(parts: MessageParts): { base: string; signatureInput: string } {
  const components = Object.entries({
    '@method': parts.method,
    '@authority': parts.authority.toLowerCase(),
    '@path': parts.path,
    '@query': parts.query || '?',
    'content-type': parts.contentType,
    'content-digest': parts.contentDigest,
    authorization: parts.authorization,
  }).filter(([, value]) => value !== undefined);
  const names = components.map(([name]) => `"${name}"`).join(' ');
  const { created, nonce, keyid } = parts;
  const parameters = `(${names});created=${created};nonce="${nonce}";keyid="${keyid}";tag="${SIGNATURE_TAG}"`;
  const lines = components.map(([name, value]) => `"${name}": ${value}\n`);
  return {
    base: `${lines.join('')}"@signature-params": ${parameters}`,
    signatureInput: `${SIGNATURE_LABEL}=${parameters}`,
  };
}
