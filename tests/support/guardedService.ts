import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import { onTestFinished, vi } from 'vitest';
import { type RequireAuthOptions, requireAuth } from '../../client/express.ts';

/** A service of somebody else behind requireAuth, until the test ends. Its one route is GET /orders. */
export async function guardedService(options: RequireAuthOptions, ...further: RequestHandler[]) {
  const onError = vi.fn();
  const handled: unknown[] = [];
  const server = express()
    .use(requireAuth({ onError, ...options }), ...further)
    .get('/orders', (req, res) => {
      handled.push(req.auth);
      res.json(req.auth);
    })
    .listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function call(authorization?: string) {
    const response = await fetch(`http://127.0.0.1:${port}/orders`, {
      headers: {
        ...(authorization !== undefined && { Authorization: authorization }),
        Connection: 'close',
      },
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as { code?: string; userId?: number },
    };
  }
  /** The code of the refusal, or the id of the user who was let in. */
  const outcome = async (token: string) => {
    const { body } = await call(`Bearer ${token}`);
    return body.code ?? body.userId;
  };
  return { call, outcome, onError, handled };
}
