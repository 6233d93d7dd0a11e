/** The signed parts of a request. `body` is the JSON text, or an empty string without a body. */
export interface SignedParts {
  method: string;
  /** The path as sent, without the query. */
  path: string;
  body: string;
  /** Unix time in milliseconds. */
  timestamp: number | string;
}

/** The string to sign: method, path, body and timestamp without delimiters. Runs in Node.js and in browsers. */
export function stringToSign(parts: SignedParts): string {
  const [before, after] = aroundBody(parts);
  return `${before}${parts.body}${after}`;
}

/** What stands before and after the body in the string to sign. */
export function aroundBody({ method, path, timestamp }: Omit<SignedParts, 'body'>): [string, string] {
  return [`${method}${path}`, `${timestamp}`];
}
