import { createHash, createHmac, type KeyObject, randomUUID } from 'node:crypto';
import { signatureHeaders } from './mac.ts';
import { SIGNATURE_LABEL, signatureBase } from './messageSignature.ts';

interface SignedRequest {
  method: string;
  /** With the path; a query is sent but not signed. */
  url: URL;
  body: string;
  key: KeyObject;
  /** Unix time in milliseconds. */
  timestamp: number;
  /** The client whose key it is, where it is not the default one. */
  clientId?: string | undefined;
  /** Signs by RFC 9421 in place of X-Signature. */
  scheme?: 'rfc9421' | undefined;
  /** Access token, where the endpoint needs one. */
  token?: string | undefined;
}

/** The headers of the request. */
export function requestHeaders({
  method,
  url,
  body,
  key,
  timestamp,
  clientId,
  token,
  scheme,
}: SignedRequest): Record<string, string> {
  const authorization = token && `Bearer ${token}`;
  if (scheme === 'rfc9421') {
    const contentDigest =
      body === '' ? undefined : `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
    const contentType = body === '' ? undefined : 'application/json';
    const { base, signatureInput } = signatureBase({
      ...{ method, path: url.pathname, query: url.search, authority: url.host },
      ...{ contentType, contentDigest, authorization, nonce: randomUUID(), keyid: clientId ?? 'default' },
      created: Math.floor(timestamp / 1000),
    });
    const signature = createHmac('sha256', key).update(base).digest('base64');
    return {
      'Signature-Input': signatureInput,
      Signature: `${SIGNATURE_LABEL}=:${signature}:`,
      ...(contentType && { 'Content-Type': contentType }),
      ...(contentDigest && { 'Content-Digest': contentDigest }),
      ...(authorization && { Authorization: authorization }),
    };
  }
  return {
    ...signatureHeaders(key, { method, path: url.pathname, body, timestamp }),
    ...(clientId && { 'X-Client-Id': clientId }),
    ...(body !== '' && { 'Content-Type': 'application/json' }),
    ...(authorization && { Authorization: authorization }),
  };
}

/** A curl command, for a POSIX shell, that sends the request. */
export function curlCommand(request: SignedRequest): string {
  const { method, url, body } = request;
  const headers = Object.entries(requestHeaders(request)).map(
    ([name, value]) => `-H ${quoted(`${name}: ${value}`)}`,
  );
  return [
    `curl -sS -X ${method} ${quoted(url.href)}`,
    ...headers,
    ...(body === '' ? [] : [`--data-raw ${quoted(body)}`]),
  ].join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
