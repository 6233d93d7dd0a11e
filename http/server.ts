import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ApiError, type ErrorCode } from '../errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { MessageClasses } from './messageClasses.ts';
import { problemDetails } from './problemDetails.ts';

/** Times in ms. */
export const httpLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  // Longer than balancers keep an idle connection (mostly 60 s): whoever closes first may cut what the other is sending.
  keepAliveTimeout: 65_000,
  /** How long a connection may move no byte in either direction while a request is in flight. */
  stallTimeout: 45_000,
  maxHeaderSize: 16 * 1024,
  maxConnections: 10_000,
};

export type HttpLimits = typeof httpLimits;
type HttpOptions = HttpLimits & MessageClasses;

export interface HttpServer {
  server: Server;
  /** @throws {Error} of the system, such as EADDRINUSE */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** From now on each response ends its connection. New connections are still accepted. */
  retire(): void;
  /** Accepts no more connections, closes idle ones, and resolves when all are closed. */
  close(): Promise<void>;
  /** Sends `shutting_down` for every request without a response, now and later. */
  refuse(): void;
}

interface PortSetting {
  port: number;
  host: string;
  /** The name of the port's setting. */
  setting: string;
}

/** Why a server cannot listen, and what to do, in one line. */
export function listenFault(error: Error, { port, host, setting }: PortSetting): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  const next = `choose another port, for example ${setting}=${port < 65535 ? port + 1 : port - 1} npm start`;
  const faults: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use (EADDRINUSE): stop the other program, or ${next}`,
    EACCES: `Port ${port} may not be used by this user (EACCES): ${next}`,
    EADDRNOTAVAIL: `HOST=${host} is no address of this machine (EADDRNOTAVAIL): use 127.0.0.1 or 0.0.0.0`,
  };
  return faults[code] ?? error.message;
}

const IDLE_CHECK_MS = 100;
/** How long a client may read its last response after a request that could not be parsed. */
const LINGER_MS = 1000;

/**
 * Node's HTTP/1.1 server with limits. Requests that are malformed or too slow get problem details.
 * @param refused called with the code of each response that the handler does not send
 */
export function createHttpServer(
  handler: RequestListener,
  log: Logger,
  { stallTimeout, maxConnections, ...options }: HttpOptions = httpLimits,
  refused: (code: ErrorCode) => void = () => {},
): HttpServer {
  // A missing Host is refused by the app, as problem details.
  const server = createServer({ ...options, requireHostHeader: false });
  server.timeout = stallTimeout;
  server.maxHeadersCount = 0; // Node drops further headers silently; the app counts and refuses
  // Of each connection the open responses, in an array: in one Set of all, V8 keeps most responses until the next full
  // collection (docs/performance.md).
  const connections = new Map<Socket, ServerResponse[]>();
  const ending = new WeakSet<Socket>();
  let state: 'open' | 'retired' | 'refusing' = 'open';

  server.on('connection', socket => {
    // Not server.maxConnections: full cluster workers would pass a connection to each other for ever (Node.js 20).
    if (connections.size >= maxConnections) return void socket.destroy();
    connections.set(socket, []);
    socket.on('close', () => connections.delete(socket));
  });

  function take(req: IncomingMessage, res: ServerResponse): void {
    if (ending.has(req.socket)) return; // behind the last request of a connection (RFC 9112, section 9.6)
    const open = connections.get(req.socket) ?? [];
    open.push(res);
    res.on('close', () => open.splice(open.indexOf(res), 1));
    if (state !== 'open') endAfter(res);
    if (!res.shouldKeepAlive) ending.add(req.socket);
    if (state === 'refusing') send(res, new ApiError('shutting_down'));
    else handler(req, res);
  }
  server.on('request', take).on('checkExpectation', take);

  server.on('connect', (req, socket: Socket) => {
    socket.on('error', () => socket.destroy()); // node:http has removed its own listener
    const detail = 'This server is no proxy: it has no CONNECT.';
    refuseRaw(socket, new ApiError('malformed_request', { detail }), req.method);
  });

  server.on('clientError', (fault: NodeJS.ErrnoException, socket: Socket) => {
    const code = codeOf(fault);
    if (socket.writableEnded) return;
    if (!code || socket.bytesRead === 0) return void socket.destroy();
    const newest = connections.get(socket)?.at(-1);
    // A fault never takes the place of another request's response.
    if (!newest) refuseRaw(socket, new ApiError(code, { cause: fault }), fault.message);
    else if (newest.req.complete) endAfter(newest);
    else if (newest.headersSent) socket.destroy();
    else send(newest, new ApiError(code, { cause: fault }));
  });

  function openResponses(): ServerResponse[] {
    return [...connections.values()].flat();
  }

  function endAfter(res: ServerResponse): void {
    if (res.headersSent) return; // too late to say so; the next response ends the connection
    ending.add(res.req.socket);
    res.shouldKeepAlive = false;
  }

  function send(res: ServerResponse, error: ApiError): void {
    refused(error.code);
    endAfter(res);
    const requestId = String(res.getHeader('X-Request-Id') ?? randomUUID());
    const { status, headers, body } = problemDetails(error, requestId);
    res.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
  }

  /** Refuses what never became a request. */
  function refuseRaw(socket: Socket, error: ApiError, reason: unknown): void {
    refused(error.code);
    const { status, headers, body } = problemDetails(error, randomUUID());
    const ip = socket.remoteAddress;
    log.info({ request_id: headers['X-Request-Id'], status, code: error.code, reason, ip }, 'refused');
    const all = { ...headers, 'Content-Length': Buffer.byteLength(body), Connection: 'close' };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'));
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  }

  return {
    server,

    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject).listen(port, host, () => resolve(server.address() as AddressInfo));
      }),

    retire() {
      state = 'retired';
      for (const res of openResponses()) endAfter(res);
    },

    async close() {
      // Node closes idle connections only once, and takes one that never sent a byte for busy.
      const sweep = setInterval(() => {
        server.closeIdleConnections();
        for (const socket of connections.keys()) if (socket.bytesRead === 0) socket.destroy();
      }, IDLE_CHECK_MS);
      await new Promise(resolve => server.close(resolve));
      clearInterval(sweep);
    },

    refuse() {
      state = 'refusing';
      for (const res of openResponses()) if (!res.headersSent) send(res, new ApiError('shutting_down'));
    },
  };
}

/** The code for a fault that node:http found; null where the connection itself failed. */
function codeOf({ code = '' }: NodeJS.ErrnoException): ErrorCode | null {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers_too_large';
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 'payload_too_large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  return code.startsWith('HPE_') ? 'malformed_request' : null;
}
