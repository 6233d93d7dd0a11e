import { once } from 'node:events';
import { type Agent, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import type { Response as FullResponse } from 'supertest';

/** What the tests look at in a response. `body` is the parsed JSON, or `{}` where there is none. */
export type Response = Pick<FullResponse, 'status' | 'headers' | 'body' | 'text'>;

/** A request; the URL's path is tidied as `new URL` does it. */
export interface SentRequest {
  method: string;
  url: URL;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
  /** Keeps connections for the next request; by default each request has a connection of its own. */
  agent?: Agent;
}

/**
 * Sends a request and reads the whole response.
 * @throws {Error} of the connection, such as ECONNRESET
 */
export function send({ method, url, headers = {}, body, agent }: SentRequest): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: agent ?? false }, async response => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const text = Buffer.concat(chunks).toString();
        const isJson = /^application\/(\S+\+)?json\b/.test(response.headers['content-type'] ?? '');
        const parsed = isJson && text ? JSON.parse(text) : {};
        const headers = response.headers as Response['headers'];
        resolve({ status: response.statusCode ?? 0, headers, body: parsed, text });
      } catch (error) {
        reject(error);
      }
    });
    sent.on('error', reject);
    if (body !== undefined) sent.setHeader('Content-Length', Buffer.byteLength(body));
    sent.end(body);
  });
}

/** Opens a connection on which nothing is sent, as browsers do in advance. */
export async function connectSilently(origin: string): Promise<void> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.on('error', () => {});
}
