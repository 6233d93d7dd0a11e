import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import express from 'express';
import { expect, it } from 'vitest';
import { messageClasses } from '../../http/messageClasses.ts';
import { createHttpServer, type HttpServer, httpLimits } from '../../http/server.ts';
import { createLogger } from '../../telemetry/logger.ts';

async function answerOf(http: HttpServer) {
  const { port } = await http.listen(0, '127.0.0.1');
  const received = once(http.server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { Connection: 'close' } });
  await http.close();
  return { status: answer.status, text: await answer.text(), received: await received };
}

it('gives an Express app messages that have its prototypes before it gets them', async () => {
  const app = express();
  const seen: boolean[] = [];
  app.get('/', (req, res) => {
    res
      .status(203)
      .json({ host: req.get('Host')?.split(':')[0], ip: req.ip, app: req.app === app && res.app === app });
  });
  const http = createHttpServer(app, createLogger('silent'), { ...httpLimits, ...messageClasses(app) });
  http.server.prependListener('request', (req, res) => {
    seen.push(Object.getPrototypeOf(req) === app.request, Object.getPrototypeOf(res) === app.response);
  });
  const { status, text } = await answerOf(http);
  expect([status, JSON.parse(text)]).toEqual([203, { host: '127.0.0.1', ip: '127.0.0.1', app: true }]);
  expect(seen).toEqual([true, true]);
});

it('leaves node:http as it is for another listener', async () => {
  const listener: RequestListener = (_req, res) => {
    res.end('hello');
  };
  const options = { ...httpLimits, ...messageClasses(listener) };
  const { text, received } = await answerOf(createHttpServer(listener, createLogger('silent'), options));
  expect(text).toBe('hello');
  expect(received.map(message => message.constructor.name)).toEqual(['IncomingMessage', 'ServerResponse']);
});
