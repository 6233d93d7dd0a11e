import type { IncomingMessage } from 'node:http';
import { ApiError } from '../errors.ts';

const MAX_DEPTH = 32;
const JSON_MEDIA_TYPE = /^application\/json(?: *; *charset="?utf-8"?)? *$/i;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The body as sent; empty where there is none.
 * @throws {ApiError} `unsupported_media_type`, `malformed_json`
 */
export function bodyText(req: IncomingMessage, bytes: Buffer): string {
  if (bytes.length > 0 && !JSON_MEDIA_TYPE.test(req.headers['content-type'] ?? '')) {
    throw new ApiError('unsupported_media_type', {
      detail: 'Send the body with `Content-Type: application/json`, in UTF-8.',
    });
  }
  return parsed(() => utf8.decode(bytes));
}

/**
 * A JSON object, and its text as `JSON.stringify` writes it. A client may have signed that text.
 * @throws {ApiError} `malformed_json`
 */
export function parseBody(text: string): { value: object; canonical: string } {
  if (text === '') return { value: {}, canonical: '' };
  const value: unknown = parsed(() => JSON.parse(text));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError('malformed_json', { detail: 'The body must be a JSON object.' });
  }
  const canonical = parsed(() => JSON.stringify(value)); // fails on a body that is nested too deeply
  return { value, canonical };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch {
    throw new ApiError('malformed_json', { detail: 'The body must be well-formed JSON in UTF-8.' });
  }
}

/**
 * Refuses bodies that JSON readers understand differently (RFC 7493, section 2.3: unique names), `__proto__`, and
 * deep nesting.
 * @throws {ApiError} `malformed_json`
 */
export function refuseAmbiguous(text: string, value: object): void {
  const colons = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/g, '').split(':').length - 1;
  if (countMembers(value, 1) !== colons) {
    throw new ApiError('malformed_json', { detail: 'A member name stands twice in one object.' });
  }
}

function countMembers(value: object, depth: number): number {
  if (depth > MAX_DEPTH) throw new ApiError('malformed_json', { detail: 'The body is nested too deeply.' });
  if (Object.hasOwn(value, '__proto__'))
    throw new ApiError('malformed_json', { detail: '__proto__ is no name.' });
  let members = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null) members += countMembers(inner, depth + 1);
  }
  return members;
}
