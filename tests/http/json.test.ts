import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Response as ExpressResponse } from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { json } from '../../http/json.ts';

type Respond = (res: ExpressResponse) => unknown;

async function responseOf(isOwn: boolean, respond: Respond, init?: RequestInit) {
  const app = express().disable('etag');
  if (isOwn) app.response.json = json;
  app.use((_req, res) => void respond(res));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, init);
  const headers = [...response.headers].filter(([name]) => name !== 'date');
  return { status: response.status, headers, text: await response.text() };
}

describe('res.json', () => {
  it.each<[string, Respond, RequestInit?]>([
    ['an object', res => res.json({ name: 'Ada', left_out: undefined })],
    ['text of several bytes', res => res.json({ name: 'Åsa 你好 \u{1f600} \u2028' })],
    ['more than a packet', res => res.json(Array(20_000).fill('a row'))],
    ['nothing', res => res.json(null)],
    ['another status', res => res.status(201).json({ id: 1 })],
    ['a request by HEAD', res => res.json({ id: 1 }), { method: 'HEAD' }],
  ])('sends what Express sends: %s', async (_name, respond, init) => {
    const response = await responseOf(true, respond, init);
    expect(response).toEqual(await responseOf(false, respond, init));
    expect(response.headers).toContainEqual(['content-type', 'application/json; charset=utf-8']);
  });

  it('keeps a media type that was set', async () => {
    const { headers } = await responseOf(true, res => res.type('application/problem+json').json({}));
    expect(headers).toContainEqual(['content-type', 'application/problem+json']);
  });

  it('sends the body whatever If-None-Match says, unlike Express: no response may be stored', async () => {
    const headers = { 'If-None-Match': '*' };
    const { status, text } = await responseOf(true, res => res.json({ id: 1 }), { headers });
    expect([status, text]).toEqual([200, '{"id":1}']);
  });
});
