import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Request, RequestHandler, Response } from 'express';

/**
 * Sets the headers that these middlewares set, which are asked for them once: helmet alone is a chain of 13 functions
 * for each request.
 * @param middlewares that set the same headers on each response. What they remove is not removed.
 */
export function fixedHeaders(...middlewares: RequestHandler[]): RequestHandler {
  const req = new IncomingMessage(new Socket()) as Request;
  const recorder = new ServerResponse(req) as Response;
  const headers: [name: string, value: string][] = [];
  recorder.setHeader = (name, value) => {
    headers.push([name, String(value)]);
    return recorder;
  };
  for (const middleware of middlewares) middleware(req, recorder, () => {});
  return function fixedHeaders(_req, res, next) {
    for (const [name, value] of headers) res.setHeader(name, value);
    next();
  };
}
