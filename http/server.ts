import { randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';
import { ApiError, type ErrorCode } from '../errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import { messageClasses } from './messageClasses.ts';
import { problemDetails } from './problemDetails.ts';

export interface HttpLimits {
  /** How long a client may take to send the headers, in ms. */
  headersTimeout: number;
  /** How long a client may take to send a whole request, in ms. */
  requestTimeout: number;
  /** How often the two above are looked after, in ms. */
  connectionsCheckingInterval: number;
  /** How long a connection may be idle between two requests, in ms. */
  keepAliveTimeout: number;
  /** How long a connection with a request under way may move no byte in either direction, in ms. */
  stallTimeout: number;
  maxHeaderSize: number;
  maxConnections: number;
  /** How long a connection that we closed may stay half-open for its client to read the last answer, in ms. */
  lingerTimeout: number;
}

export const httpLimits: HttpLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  // Longer than balancers keep an idle connection (mostly 60 s): whoever closes first may cut what the other is sending.
  keepAliveTimeout: 65_000,
  stallTimeout: 45_000,
  maxHeaderSize: 16 * 1024,
  maxConnections: 10_000,
  lingerTimeout: 1000,
};

export interface HttpServer {
  server: Server;
  /** @throws {Error} of the system, such as EADDRINUSE */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** From now on every answer is the last of its connection. New connections are still accepted. */
  retire(): void;
  /**
   * Accepts no more connections, ends those that are idle, and resolves when all have ended.
   * @param idleMs how long an idle connection may still bring a request
   */
  close(idleMs: number): Promise<void>;
  /** Answers `shutting_down` to everything that has no answer yet or comes now. */
  refuse(): void;
}

interface Connection {
  /** Unfinished answers in the order of their requests. */
  open: { req: IncomingMessage; res: ServerResponse }[];
  /** The request that came last, answered or not. */
  latest?: IncomingMessage;
  /** True when no more requests are taken from it. */
  last: boolean;
  /** True when our side is closed, or is being closed behind the last answer. */
  ended: boolean;
  /** `bytesRead` when the latest request had come in whole: more is the beginning of another. */
  bytesRead: number;
}

/**
 * An HTTP/1.1 server for the open network. Node's own, and besides:
 * requests that are malformed or too slow get problem details; a client that has closed its side gets its answer; a
 * connection ends with a FIN and is read on for a while, because a close with unread bytes resets it and takes the last
 * answer along (RFC 9112, section 9.6); a request behind the last of a connection is not acted on (the same section).
 * @param refused told the code of every refusal that the handler does not know of
 */
export function createHttpServer(
  handler: RequestListener,
  log: Logger,
  { stallTimeout, maxConnections, lingerTimeout, ...options }: HttpLimits = httpLimits,
  refused: (code: ErrorCode) => void = () => {},
): HttpServer {
  // A missing Host is refused by the app, which knows how to.
  const server = createServer({ ...options, ...messageClasses(handler), requireHostHeader: false });
  server.timeout = stallTimeout;
  server.maxHeadersCount = 0; // Node drops what is beyond; the app counts and refuses
  Object.assign(server, { httpAllowHalfOpen: true }); // in Node.js, but not in its types

  const connections = new Map<Socket, Connection>();
  let retired = false;
  let refusing = false;

  server.on('connection', socket => {
    // Not server.maxConnections: full workers would hand a connection to each other for ever (Node.js 20).
    if (connections.size >= maxConnections) {
      socket.destroy();
      return;
    }
    const connection: Connection = { open: [], last: false, ended: false, bytesRead: 0 };
    connections.set(socket, connection);
    socket.on('close', () => connections.delete(socket));
    // What node:http calls behind the last answer; its own resets the connection when something is unread.
    socket.destroySoon = () => endGently(socket, connection);
  });

  function take(req: IncomingMessage, res: ServerResponse): void {
    const connection = connections.get(req.socket);
    if (!connection || connection.last) {
      req.resume();
      return;
    }
    connection.open.push({ req, res });
    connection.latest = req;
    connection.last = !res.shouldKeepAlive;
    if (retired) makeLast(connection);
    const note = () => {
      if (req.complete) connection.bytesRead = req.socket.bytesRead;
    };
    req.on('close', note);
    res.on('close', () => {
      note();
      connection.open = connection.open.filter(pair => pair.res !== res);
      if (connection.last && connection.open.length === 0) endGently(req.socket, connection);
    });
    if (refusing) answer(res, new ApiError('shutting_down'));
    else handler(req, res);
  }
  server.on('request', take).on('checkExpectation', take);
  server.on('connect', (req: IncomingMessage, socket: Socket) => {
    const connection = connections.get(socket);
    const detail = 'This server is no proxy: it has no CONNECT.';
    if (connection) refuseRaw(socket, connection, new ApiError('malformed_request', { detail }), req.method);
  });

  server.on('clientError', (fault: NodeJS.ErrnoException, socket: Socket) => {
    const connection = connections.get(socket);
    const code = refusalOf(fault);
    if (connection?.ended && code) return;
    if (!connection || !code || !socket.writable) {
      socket.destroy();
      return;
    }
    const error = new ApiError(code, { cause: fault });
    const [newest] = connection.open.slice(-1);
    // Each request gets one answer: not an idle connection, nor the rest of what was answered early, and no fault
    // behind a request takes the place of that request's answer.
    if (!newest) {
      if (isIdle(socket, connection)) endGently(socket, connection);
      else refuseRaw(socket, connection, error, fault.message);
    } else if (newest.req.complete) makeLast(connection);
    else if (newest.res.headersSent) socket.destroy();
    else {
      makeLast(connection);
      answer(newest.res, error);
    }
  });

  function makeLast(connection: Connection): void {
    const [newest] = connection.open.slice(-1);
    if (!newest) return;
    connection.last = true;
    if (!newest.res.headersSent) newest.res.setHeader('Connection', 'close');
  }

  function answer(res: ServerResponse, error: ApiError): void {
    refused(error.code);
    const { status, headers, body } = problemDetails(
      error,
      String(res.getHeader('X-Request-Id') ?? randomUUID()),
    );
    res.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
  }

  /** Refuses what never became a request for the app. */
  function refuseRaw(socket: Socket, connection: Connection, error: ApiError, reason: unknown): void {
    if (connection.ended) return;
    refused(error.code);
    const requestId = randomUUID();
    const { status, headers, body } = problemDetails(error, requestId);
    log.info(
      { request_id: requestId, status, code: error.code, reason, ip: socket.remoteAddress },
      'refused',
    );
    const lines = Object.entries({
      ...headers,
      'Content-Length': Buffer.byteLength(body),
      Connection: 'close',
    });
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.map(line => line.join(': ')).join('\r\n')}\r\n\r\n${body}`,
    );
    endGently(socket, connection);
  }

  function endGently(socket: Socket, connection: Connection): void {
    if (connection.ended) return;
    connection.last = true;
    connection.ended = true;
    socket.end();
    socket.resume();
    const timer = setTimeout(() => socket.destroy(), lingerTimeout);
    socket.on('close', () => clearTimeout(timer));
  }

  return {
    server,

    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject).listen(port, host, () => resolve(server.address() as AddressInfo));
      }),

    retire() {
      retired = true;
      for (const connection of connections.values()) makeLast(connection);
    },

    async close(idleMs) {
      const endIdle = () => {
        for (const [socket, connection] of connections) {
          if (isIdle(socket, connection)) endGently(socket, connection);
        }
      };
      let sweep: NodeJS.Timeout | undefined;
      const idle = setTimeout(() => {
        endIdle();
        sweep = setInterval(endIdle, 50);
      }, idleMs);
      // Not http's own close: it destroys idle connections at once, and with them the request that is just arriving.
      await new Promise<void>(resolve => NetServer.prototype.close.call(server, () => resolve()));
      clearTimeout(idle);
      clearInterval(sweep);
    },

    refuse() {
      refusing = true;
      const error = new ApiError('shutting_down');
      for (const [socket, connection] of connections) {
        if (connection.open.length === 0)
          refuseRaw(socket, connection, error, 'The headers are not all there');
        for (const { res } of connection.open) if (!res.headersSent) answer(res, error);
      }
    },
  };
}

/** True when nothing waits for an answer: no request, not the beginning of one, at most the rest of an answered one. */
function isIdle(socket: Socket, { open, latest, bytesRead }: Connection): boolean {
  return open.length === 0 && (socket.bytesRead === bytesRead || latest?.complete === false);
}

/** The code for what node:http found wrong; null where the connection itself failed. */
function refusalOf({ code = '' }: NodeJS.ErrnoException): ErrorCode | null {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers_too_large';
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 'payload_too_large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  return code.startsWith('HPE_') ? 'malformed_request' : null;
}
