import type { KeyObject } from 'node:crypto';
import { signatureHeaders } from './mac.ts';

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
}: SignedRequest): Record<string, string> {
  return {
    ...signatureHeaders(key, { method, path: url.pathname, body, timestamp }),
    ...(clientId && { 'X-Client-Id': clientId }),
    ...(body !== '' && { 'Content-Type': 'application/json' }),
    ...(token && { Authorization: `Bearer ${token}` }),
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
