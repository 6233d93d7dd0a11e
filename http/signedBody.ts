import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { ApiError } from '../errors.ts';

const MAX_DEPTH = 32;
const JSON_MEDIA_TYPE = /^application\/json(?: *; *charset="?utf-8"?)? *$/i;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Refuses a body that is not said to be JSON, or is not UTF-8.
 * @throws {ApiError} `unsupported_media_type`, `malformed_json`
 */
export function refuseUnreadable(req: IncomingMessage, bytes: Buffer): void {
  if (bytes.length > 0 && !JSON_MEDIA_TYPE.test(req.headers['content-type'] ?? '')) {
    throw new ApiError('unsupported_media_type', {
      detail: 'Send the body with `Content-Type: application/json`, in UTF-8.',
    });
  }
  if (!isUtf8(bytes)) throw malformed();
}

/**
 * A JSON object, and its text as `JSON.stringify` writes it. A client may have signed that text.
 * @throws {ApiError} `malformed_json`, also for deep nesting
 */
export function parseBody(text: string): { value: object; canonical: string } {
  if (text === '') return { value: {}, canonical: '' };
  const value: unknown = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError('malformed_json', { detail: 'The body must be a JSON object.' });
  }
  // JSON.stringify compares each level with all levels above it.
  if (isDeeper(value, MAX_DEPTH)) {
    throw new ApiError('malformed_json', { detail: 'The body is nested too deeply.' });
  }
  return { value, canonical: JSON.stringify(value) };
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some(inner => isDeeper(inner, levels - 1));
}

/** A JSON text without the whitespace between its tokens (RFC 8259, section 2). It is not parsed, so it may be any text. */
export function withoutWhitespace(text: Buffer): Buffer {
  const kept = Buffer.allocUnsafe(text.length);
  let length = 0;
  let inString = false;
  let isEscaped = false;
  for (let i = 0; i < text.length; i++) {
    const byte = text[i] ?? 0;
    const isSpace = byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
    if (isSpace && !inString) continue;
    kept[length++] = byte;
    if (byte === QUOTE && !isEscaped) inString = !inString;
    isEscaped = byte === BACKSLASH && inString && !isEscaped;
  }
  return kept.subarray(0, length);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}

function malformed(): ApiError {
  return new ApiError('malformed_json', { detail: 'The body must be well-formed JSON in UTF-8.' });
}

/**
 * Refuses bodies that JSON readers understand differently: two members of one name (RFC 7493, section 2.3), and `__proto__`.
 * @throws {ApiError} `malformed_json`
 */
export function refuseAmbiguous(text: string, value: object): void {
  const colons = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/g, '').split(':').length - 1;
  if (countMembers(value) !== colons) {
    throw new ApiError('malformed_json', { detail: 'A member name stands twice in one object.' });
  }
}

function countMembers(value: object): number {
  if (Object.hasOwn(value, '__proto__'))
    throw new ApiError('malformed_json', { detail: '__proto__ is no name.' });
  let members = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null) members += countMembers(inner);
  }
  return members;
}
