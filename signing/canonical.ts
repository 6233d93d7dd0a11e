/** What a signature covers. `body` is the JSON text, or an empty string without a body. */
export interface SignedParts {
  method: string;
  /** The path as sent, without the query. */
  path: string;
  body: string;
  /** Unix time in milliseconds. */
  timestamp: number | string;
}

/**
 * The string that is signed: method, path, body and timestamp with nothing between them.
 * Runs in Node.js and in browsers.
 */
export function stringToSign({ method, path, body, timestamp }: SignedParts): string {
  return `${method}${path}${body}${timestamp}`;
}
