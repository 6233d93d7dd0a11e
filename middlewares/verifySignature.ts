import { timingSafeEqual } from 'node:crypto';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Env } from '../config/env.ts';
import { ApiError } from '../errors.ts';
import { countHeader } from '../http/headers.ts';
import type { ReplayStore } from '../models/limits/replay.model.ts';
import type { AccessClaims } from '../models/session/token.model.ts';
import { stringToSign } from '../signing/canonical.ts';
import { DEFAULT_CLIENT, type SigningClient, type SigningClients } from '../signing/clients.ts';
import { mac } from '../signing/mac.ts';

const MAX_BODY_KIB = 100;
const MAX_DEPTH = 32;
/** A replay may be in flight between the time check and the record, or meet a slower clock. */
const REPLAY_MARGIN_MS = 5000;

const TIMESTAMP = /^[1-9]\d{12}$/;
const SIGNATURE = /^[0-9a-f]{64}$/i;
const CLIENT_ID = /^[\w.-]{1,64}$/;
/** There is no delimiter between the signed parts, so a path must not hold a character that could begin a body. */
const PATH = /^(?:\/(?:[\w~!$&'()*+,;=:@.-]|%[0-9A-F]{2})+)+\/?$/i;
const UNSAFE_IN_PATH = /%2f|%2e|%5c|%00|\/\.{1,2}(?:\/|$)/i;
const JSON_MEDIA_TYPE = /^application\/json(?: *; *charset="?utf-8"?)? *$/i;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

declare global {
  namespace Express {
    interface Request {
      /** The client whose key signed the request, where it is not the default one; set by {@link verifySignature}. */
      clientId?: string;
    }
  }
}

interface Options {
  env: Pick<Env, 'SIGNATURE_TIMELIMIT' | 'SIGNATURE_REPLAY' | 'SIGNATURE_EXPLAIN'>;
  /** The current clients, asked for each request, because they may be replaced. */
  clients: () => SigningClients;
  replays: ReplayStore;
  /** Unix time in milliseconds. */
  now: () => number;
  /** The largest body that is read, in KiB (100). */
  maxBodyKib?: number;
  /** The earliest timestamp that is accepted, ms since 1970. */
  notBefore?: number;
  /** Called with the client's id for each accepted signature. */
  onSigned?: (clientId: string) => void;
  /** Returns the claims of the caller and changes nothing. Rejects when the caller is not authenticated. */
  authenticate?: (req: Request) => Promise<AccessClaims>;
  /** Called with the claims after the whole request is accepted. */
  markUsed?: (claims: AccessClaims) => void;
}

/**
 * Accepts a request that is signed with the current or the previous key, in time, and for the first time. Reads the
 * body, and passes on only what was signed: the body as a value, no query. Refuses with the `signature_*` codes,
 * `malformed_json`, `malformed_request`, `payload_too_large`, `unsupported_media_type`,
 * `insufficient_role` or `store_unavailable`.
 */
export function verifySignature(options: Options): RequestHandler {
  const {
    env,
    clients,
    replays,
    now,
    maxBodyKib = MAX_BODY_KIB,
    notBefore = 0,
    onSigned = () => {},
  } = options;
  const { authenticate, markUsed } = options;
  const readBody = express.raw({ type: () => true, limit: maxBodyKib * 1024, inflate: false });

  return async function verifySignature(req, res, next) {
    const { signature, timestamp } = signatureHeaders(req);
    refuseExpired(timestamp);
    const clientId = clientIdOf(req);
    const client = clients().get(clientId);
    const path = signedPath(req);
    const text = bodyText(req, await rawBody(req, res));

    const parts = { method: req.method, path, timestamp };
    // The bytes as sent are checked first: an unsigned body is not worth parsing twice.
    const signedAsSent = findSigned(client, signature, parts, text === '' ? ['', '{}'] : [text]);
    const body = parseBody(text);
    const used =
      signedAsSent ??
      (body.canonical === text ? undefined : findSigned(client, signature, parts, [body.canonical]));
    if (!used) {
      throw new ApiError(
        'signature_mismatch',
        env.SIGNATURE_EXPLAIN ? { stringToSign: stringToSign({ ...parts, body: text }) } : {},
      );
    }
    if (!client?.mayCall(req.method, path)) {
      throw new ApiError('insufficient_role', {
        detail: `SIGNATURE_KEYS does not let the client ${clientId} call this route.`,
      });
    }
    refuseAmbiguous(text, body.value);
    refuseExpired(timestamp); // again, because a body sent slowly must not outlast the record of its use
    // Both ask Redis, so they run at the same time. The order of the errors stays.
    const [recorded, authenticated] = await Promise.allSettled([
      recordUse(used, timestamp),
      authenticate?.(req),
    ]);
    if (recorded.status === 'rejected') throw recorded.reason;
    if (authenticated.status === 'rejected') throw authenticated.reason;
    if (authenticated.value) {
      req.auth = authenticated.value;
      markUsed?.(authenticated.value);
    }

    // The text may have another value than the signed one: an overflowing number or a negative zero.
    req.body = body.canonical === text ? body.value : JSON.parse(body.canonical);
    req.url = req.url.split('?', 1)[0] ?? '';
    if (clientId !== DEFAULT_CLIENT) req.clientId = clientId;
    onSigned(clientId);
    next();
  };

  /** @throws {ApiError} `unsupported_media_type`, `payload_too_large`, `malformed_request` */
  async function rawBody(req: Request, res: Response): Promise<Buffer> {
    if (req.headers['content-encoding'] !== undefined) {
      throw new ApiError('unsupported_media_type', {
        detail: 'Send the body without Content-Encoding: compressed bodies are refused.',
      });
    }
    await new Promise<void>((resolve, reject) =>
      readBody(req, res, error => {
        if (!error) return resolve();
        const isTooLarge = error instanceof Error && 'status' in error && error.status === 413;
        const detail = isTooLarge
          ? `A body has at most ${maxBodyKib} KiB here.`
          : 'The body has fewer bytes than Content-Length says.';
        reject(
          new ApiError(isTooLarge ? 'payload_too_large' : 'malformed_request', { detail, cause: error }),
        );
      }),
    );
    return Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  }

  async function recordUse(used: string, timestamp: number): Promise<void> {
    if (env.SIGNATURE_REPLAY === 'off') return;
    const ttl = timestamp + env.SIGNATURE_TIMELIMIT - now() + REPLAY_MARGIN_MS;
    if (!(await replays.record(used, ttl))) throw new ApiError('signature_replayed');
  }

  function refuseExpired(timestamp: number): void {
    const time = now();
    if (!(Math.abs(time - timestamp) <= env.SIGNATURE_TIMELIMIT)) {
      throw new ApiError('signature_expired', {
        detail: `X-Timestamp is more than ${env.SIGNATURE_TIMELIMIT} ms off the server's clock. Sign the request again with the current time.`,
        serverTimeMs: time,
      });
    }
    if (timestamp < notBefore) {
      throw new ApiError('signature_expired', {
        detail: 'X-Timestamp is from before the start of this server. Sign the request again.',
        serverTimeMs: time,
      });
    }
  }

  /** @returns the MAC, in hex, under which the request was signed */
  function findSigned(
    client: SigningClient | undefined,
    signature: Buffer,
    parts: { method: string; path: string; timestamp: number },
    forms: readonly string[],
  ): string | undefined {
    for (const key of client?.keys ?? []) {
      for (const body of forms) {
        const expected = mac(key, { ...parts, body });
        if (timingSafeEqual(expected, signature)) return expected.toString('hex');
      }
    }
    return undefined;
  }
}

/** @throws {ApiError} `signature_malformed` */
function clientIdOf(req: Request): string {
  const times = countHeader(req, 'x-client-id');
  if (times === 0) return DEFAULT_CLIENT;
  const id = req.get('X-Client-Id') ?? '';
  if (times > 1 || !CLIENT_ID.test(id)) {
    throw new ApiError('signature_malformed', {
      detail: 'X-Client-Id is 1 to 64 letters, digits and . _ - and is sent at most once.',
    });
  }
  return id;
}

function signatureHeaders(req: Request): { signature: Buffer; timestamp: number } {
  const signature = req.get('X-Signature') ?? '';
  const timestamp = req.get('X-Timestamp') ?? '';
  const signatures = countHeader(req, 'x-signature');
  const timestamps = countHeader(req, 'x-timestamp');
  if (signatures === 0 || timestamps === 0) {
    throw new ApiError('signature_missing', {
      detail: `${signatures === 0 ? 'X-Signature' : 'X-Timestamp'} is missing. \`npm run -s sign\` prints a signed request; docs/signing.md explains it.`,
    });
  }
  // A looser pattern would accept timestamps that contain a part of the body.
  if (signatures > 1 || timestamps > 1 || !SIGNATURE.test(signature) || !TIMESTAMP.test(timestamp)) {
    throw new ApiError('signature_malformed');
  }
  return { signature: Buffer.from(signature, 'hex'), timestamp: Number(timestamp) };
}

function signedPath(req: Request): string {
  const [path = ''] = req.originalUrl.split('?', 1);
  if (!PATH.test(path) || UNSAFE_IN_PATH.test(path)) {
    throw new ApiError('malformed_request', {
      detail:
        'Send the path in plain form: no `//`, no dot segments, no encoded slash, dot, backslash or NUL.',
    });
  }
  return path;
}

/** The body as sent; empty where there is none. */
function bodyText(req: Request, bytes: Buffer): string {
  if (bytes.length > 0 && !JSON_MEDIA_TYPE.test(req.headers['content-type'] ?? '')) {
    throw new ApiError('unsupported_media_type', {
      detail: 'Send the body with `Content-Type: application/json`, in UTF-8.',
    });
  }
  return parsed(() => utf8.decode(bytes));
}

/** A JSON object, and its text as `JSON.stringify` writes it. A client may have signed that text. */
function parseBody(text: string): { value: object; canonical: string } {
  if (text === '') return { value: {}, canonical: '' };
  const value: unknown = parsed(() => JSON.parse(text));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError('malformed_json', { detail: 'The body must be a JSON object.' });
  }
  const canonical = parsed(() => JSON.stringify(value)); // fails on a body that is nested too deeply
  return { value, canonical };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch {
    throw new ApiError('malformed_json', { detail: 'The body must be well-formed JSON in UTF-8.' });
  }
}

/**
 * Refuses bodies that JSON readers understand differently (RFC 7493, section 2.3: unique names), `__proto__`, and
 * deep nesting.
 */
function refuseAmbiguous(text: string, value: object): void {
  const colons = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/g, '').split(':').length - 1;
  if (countMembers(value, 1) !== colons) {
    throw new ApiError('malformed_json', { detail: 'A member name stands twice in one object.' });
  }
}

function countMembers(value: object, depth: number): number {
  if (depth > MAX_DEPTH) throw new ApiError('malformed_json', { detail: 'The body is nested too deeply.' });
  if (Object.hasOwn(value, '__proto__'))
    throw new ApiError('malformed_json', { detail: '__proto__ is no name.' });
  let members = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null) members += countMembers(inner, depth + 1);
  }
  return members;
}
