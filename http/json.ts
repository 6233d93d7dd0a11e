import type { ServerResponse } from 'node:http';

/**
 * `res.json` in fewer steps. Express' own reads settings that no app here has, looks for an ETag, and parses the media
 * type twice. A `Content-Type` that is set is kept.
 * @param body anything that JSON can express
 */
export function json<R extends ServerResponse>(this: R, body: unknown): R {
  const text = JSON.stringify(body);
  if (!this.hasHeader('Content-Type')) this.setHeader('Content-Type', 'application/json; charset=utf-8');
  this.setHeader('Content-Length', Buffer.byteLength(text));
  return this.end(text);
}
