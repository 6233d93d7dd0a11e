import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import helmet from 'helmet';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fixedHeaders } from '../../middlewares/fixedHeaders.ts';
import { noStore } from '../../middlewares/noStore.ts';

async function headersOf(...middlewares: RequestHandler[]): Promise<string[][]> {
  const app = express().disable('x-powered-by');
  app.use(...middlewares, (_req, res) => void res.end());
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const request = () => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await request();
  const { headers } = await request();
  return [...headers].filter(([name]) => name !== 'date');
}

describe('fixedHeaders', () => {
  it('sets on each response what helmet and no-store set by themselves', async () => {
    const own = await headersOf(helmet(), noStore());
    expect(own.length).toBeGreaterThan(12);
    expect(await headersOf(fixedHeaders(helmet(), noStore()))).toEqual(own);
  });

  it('asks the middlewares once', async () => {
    let asked = 0;
    const counted: RequestHandler = (_req, res, next) => {
      res.setHeader('X-Asked', String(++asked));
      next();
    };
    expect(await headersOf(fixedHeaders(counted))).toContainEqual(['x-asked', '1']);
  });
});
