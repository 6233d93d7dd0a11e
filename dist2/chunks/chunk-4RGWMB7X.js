import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  ApiError
} from "./chunk-HV5ORW3E.js";

// http/server.ts
import { randomUUID } from "node:crypto";
import { createServer, STATUS_CODES } from "node:http";

// http/problemDetails.ts
var CHALLENGES = {
  signature: 'HMAC-SHA256 realm="auth", headers="X-Signature X-Timestamp"',
  bearer: 'Bearer realm="auth"',
  bearer_invalid: 'Bearer realm="auth", error="invalid_token"'
};
function problemDetails(error, requestId) {
  const { status, title, challenge, ...byCode } = error.kind;
  const { detail, fields, retryAfterSeconds, allowedMethods, serverTimeMs, stringToSign, revocation, mfa } = error.data;
  const retryAfter = retryAfterSeconds ?? byCode.retryAfterSeconds;
  return {
    status,
    headers: {
      "Content-Type": "application/problem+json; charset=utf-8",
      "Cache-Control": "no-store",
      "X-Request-Id": requestId,
      ...challenge && { "WWW-Authenticate": CHALLENGES[challenge] },
      ...retryAfter && { "Retry-After": String(retryAfter) },
      ...allowedMethods && { Allow: allowedMethods.join(", ") }
    },
    body: JSON.stringify({
      type: `/docs/errors#${error.code}`,
      title,
      status,
      code: error.code,
      detail: detail ?? byCode.detail,
      request_id: requestId,
      errors: fields,
      server_time: serverTimeMs,
      string_to_sign: stringToSign,
      reason: revocation,
      mfa_token: mfa?.token,
      expires_in: mfa?.expiresInSeconds
    })
  };
}

// http/server.ts
var httpLimits = {
  headersTimeout: 1e4,
  requestTimeout: 3e4,
  connectionsCheckingInterval: 1e3,
  // Longer than balancers keep an idle connection (mostly 60 s): whoever closes first may cut what the other is sending.
  keepAliveTimeout: 65e3,
  /** How long a connection may move no byte in either direction while a request is in flight. */
  stallTimeout: 45e3,
  maxHeaderSize: 16 * 1024,
  maxConnections: 1e4
};
function listenFault(error, { port, host, setting }) {
  const { code = "" } = error;
  const next = `choose another port, for example ${setting}=${port < 65535 ? port + 1 : port - 1} npm start`;
  const faults = {
    EADDRINUSE: `Port ${port} is in use (EADDRINUSE): stop the other program, or ${next}`,
    EACCES: `Port ${port} may not be used by this user (EACCES): ${next}`,
    EADDRNOTAVAIL: `HOST=${host} is no address of this machine (EADDRNOTAVAIL): use 127.0.0.1 or 0.0.0.0`
  };
  return faults[code] ?? error.message;
}
var IDLE_CHECK_MS = 100;
var LINGER_MS = 1e3;
function createHttpServer(handler, log, { stallTimeout, maxConnections, ...options } = httpLimits, refused = () => {
}) {
  const server = createServer({ ...options, requireHostHeader: false });
  server.timeout = stallTimeout;
  server.maxHeadersCount = 0;
  const connections = /* @__PURE__ */ new Map();
  const ending = /* @__PURE__ */ new WeakSet();
  let state = "open";
  server.on("connection", (socket) => {
    if (connections.size >= maxConnections) return void socket.destroy();
    connections.set(socket, []);
    socket.on("close", () => connections.delete(socket));
  });
  function take(req, res) {
    if (ending.has(req.socket)) return;
    const open = connections.get(req.socket) ?? [];
    open.push(res);
    res.on("close", () => open.splice(open.indexOf(res), 1));
    if (state !== "open") endAfter(res);
    if (!res.shouldKeepAlive) ending.add(req.socket);
    if (state === "refusing") send(res, new ApiError("shutting_down"));
    else handler(req, res);
  }
  server.on("request", take).on("checkExpectation", take);
  server.on("connect", (req, socket) => {
    socket.on("error", () => socket.destroy());
    const detail = "This server is no proxy: it has no CONNECT.";
    refuseRaw(socket, new ApiError("malformed_request", { detail }), req.method);
  });
  server.on("clientError", (fault, socket) => {
    const code = codeOf(fault);
    if (socket.writableEnded) return;
    if (!code || socket.bytesRead === 0) return void socket.destroy();
    const newest = connections.get(socket)?.at(-1);
    if (!newest) refuseRaw(socket, new ApiError(code, { cause: fault }), fault.message);
    else if (newest.req.complete) endAfter(newest);
    else if (newest.headersSent) socket.destroy();
    else send(newest, new ApiError(code, { cause: fault }));
  });
  function openResponses() {
    return [...connections.values()].flat();
  }
  function endAfter(res) {
    if (res.headersSent) return;
    ending.add(res.req.socket);
    res.shouldKeepAlive = false;
  }
  function send(res, error) {
    refused(error.code);
    endAfter(res);
    const requestId = String(res.getHeader("X-Request-Id") ?? randomUUID());
    const { status, headers, body } = problemDetails(error, requestId);
    res.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body) }).end(body);
  }
  function refuseRaw(socket, error, reason) {
    refused(error.code);
    const { status, headers, body } = problemDetails(error, randomUUID());
    const ip = socket.remoteAddress;
    log.info({ request_id: headers["X-Request-Id"], status, code: error.code, reason, ip }, "refused");
    const all = { ...headers, "Content-Length": Buffer.byteLength(body), Connection: "close" };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", body].join("\r\n"));
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  }
  return {
    server,
    listen: (port, host) => new Promise((resolve, reject) => {
      server.once("error", reject).listen(port, host, () => resolve(server.address()));
    }),
    retire() {
      state = "retired";
      for (const res of openResponses()) endAfter(res);
    },
    async close() {
      const sweep = setInterval(() => {
        server.closeIdleConnections();
        for (const socket of connections.keys()) if (socket.bytesRead === 0) socket.destroy();
      }, IDLE_CHECK_MS);
      await new Promise((resolve) => server.close(resolve));
      clearInterval(sweep);
    },
    refuse() {
      state = "refusing";
      for (const res of openResponses()) if (!res.headersSent) send(res, new ApiError("shutting_down"));
    }
  };
}
function codeOf({ code = "" }) {
  if (code === "HPE_HEADER_OVERFLOW") return "headers_too_large";
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") return "payload_too_large";
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return "request_timeout";
  return code.startsWith("HPE_") ? "malformed_request" : null;
}

export {
  problemDetails,
  httpLimits,
  listenFault,
  createHttpServer
};
//# sourceMappingURL=chunk-4RGWMB7X.js.map
