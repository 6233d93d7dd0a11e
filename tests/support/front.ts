import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An address that leads to an API. */
export interface Front {
  url: string;
  /** The origin of the API. */
  target: string;
  /** True: every connection is cut without a response. */
  isDown: boolean;
  /** Method and path of each request that came. */
  requests: string[];
  close(): void;
}

/** Starts a front on a free port of 127.0.0.1. Its target can be set later, and its API can disappear. */
export async function startFront(): Promise<Front> {
  const server = createServer((req, res) => {
    const { method, url = '', headers } = req;
    front.requests.push(`${method} ${url}`);
    if (front.isDown) return void req.socket.destroy();
    const forwarded = request(front.target + url, { method, headers }, answer => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    req.pipe(forwarded);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const front: Front = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: '',
    isDown: false,
    requests: [],
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return front;
}
