import { timingSafeEqual } from 'node:crypto';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Env } from '../config/env.ts';
import { ApiError } from '../errors.ts';
import { countHeader } from '../http/headers.ts';
import { parseBody, refuseAmbiguous, refuseUnreadable, withoutWhitespace } from '../http/signedBody.ts';
import type { ReplayStore } from '../models/limits/replay.model.ts';
import type { AccessClaims } from '../models/session/token.model.ts';
import { stringToSign } from '../signing/canonical.ts';
import { DEFAULT_CLIENT, type SigningClient, type SigningClients } from '../signing/clients.ts';
import { mac } from '../signing/mac.ts';
import { digestMatches, verifyMessage } from '../signing/verifyMessage.ts';

const MAX_BODY_KIB = 100;
/** A larger body is parsed only after its signature was found: 100 KiB of JSON can take 7 ms. */
const MAX_UNSIGNED_BYTES = 8 * 1024;
/** A replay may be in flight between the time check and the record, or meet a slower clock. */
const REPLAY_MARGIN_MS = 5000;

const TIMESTAMP = /^[1-9]\d{12}$/;
const SIGNATURE = /^[0-9a-f]{64}$/i;
const CLIENT_ID = /^[\w.-]{1,64}$/;
/** There is no delimiter between the signed parts, so a path must not hold a character that could begin a body. */
const PATH = /^(?:\/(?:[\w~!$&'()*+,;=:@.-]|%[0-9A-F]{2})+)+\/?$/i;
const UNSAFE_IN_PATH = /%2f|%2e|%5c|%00|\/\.{1,2}(?:\/|$)/i;

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
 * Accepts a request that is signed with the current or the previous key, in time, and for the first time: by X-Signature,
 * or by RFC 9421 where Signature-Input is sent. Reads the
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
    const { clientId, timestamp, path, text, value, used } = hasMessageSignature(req)
      ? await verifiedMessage(req, res)
      : await verifiedBySecret(req, res);
    if (!clients().get(clientId)?.mayCall(req.method, path)) {
      throw new ApiError('insufficient_role', {
        detail: `SIGNATURE_KEYS does not let the client ${clientId} call this route.`,
      });
    }
    refuseAmbiguous(text, value);
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

    req.body = value;
    req.url = req.url.split('?', 1)[0] ?? '';
    if (clientId !== DEFAULT_CLIENT) req.clientId = clientId;
    onSigned(clientId);
    next();
  };

  /** By X-Signature: the string to sign has no delimiters, so each part is strict. */
  async function verifiedBySecret(req: Request, res: Response): Promise<SignedRequest> {
    const { signature, timestamp } = signatureHeaders(req);
    refuseExpired(timestamp);
    const clientId = clientIdOf(req);
    const client = clients().get(clientId);
    const path = signedPath(req);
    const bytes = await rawBody(req, res);
    refuseUnreadable(req, bytes);

    const parts = { method: req.method, path, timestamp };
    const signedAs = (...forms: (string | Buffer)[]) => findSigned(client, signature, parts, forms);
    const refusal = () => mismatch(() => stringToSign({ ...parts, body: bytes.toString() }));
    const signedAsSent = bytes.length === 0 ? signedAs('', '{}') : signedAs(bytes);
    if (!signedAsSent && bytes.length > MAX_UNSIGNED_BYTES && !signedAs(withoutWhitespace(bytes)))
      throw refusal();
    const text = bytes.toString();
    const { value, canonical } = parseBody(text);
    const used = signedAsSent ?? (canonical === text ? undefined : signedAs(canonical));
    if (!used) throw refusal();
    // The text may have another value than the signed one: an overflowing number or a negative zero.
    const signed = canonical === text ? value : JSON.parse(canonical);
    return { clientId, timestamp, path, text, value: signed, used };
  }

  /** By RFC 9421. The headers are verified before the body is read; Content-Digest holds both together. */
  async function verifiedMessage(req: Request, res: Response): Promise<SignedRequest> {
    const path = signedPath(req);
    let clientId = '';
    let timestamp = 0;
    const { method, originalUrl: target, rawHeaders } = req;
    const verdict = await verifyMessage({ method, target, host: hostOf(req), rawHeaders }, claim => {
      clientId = claim.keyid;
      timestamp = claim.created * 1000;
      refuseExpired(timestamp);
      return clients().get(clientId)?.keys ?? [];
    });
    if (verdict.outcome === 'malformed')
      throw new ApiError('signature_malformed', { detail: verdict.detail });
    if (verdict.outcome === 'mismatch') throw mismatch(() => verdict.base);
    const bytes = await rawBody(req, res);
    refuseOtherDigest(req, bytes);
    refuseUnreadable(req, bytes);
    const text = bytes.toString();
    return { clientId, timestamp, path, text, value: parseBody(text).value, used: verdict.mac };
  }

  function mismatch(signed: () => string): ApiError {
    return new ApiError('signature_mismatch', env.SIGNATURE_EXPLAIN ? { stringToSign: signed() } : {});
  }

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
    forms: (string | Buffer)[],
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

/** A request that is accepted as signed; the use of its signature is not recorded yet. */
interface SignedRequest {
  clientId: string;
  /** Unix time in milliseconds. */
  timestamp: number;
  /** As sent, without the query. */
  path: string;
  /** The body as sent. */
  text: string;
  value: object;
  /** The MAC in hex. */
  used: string;
}

/** Then RFC 9421 alone decides, whatever X-Signature says. */
function hasMessageSignature(req: Request): boolean {
  return countHeader(req, 'signature-input') + countHeader(req, 'signature') > 0;
}

/** @throws {ApiError} `malformed_request` for a host that could be read as something else in an URL */
function hostOf(req: Request): string {
  const host = req.headers.host ?? '';
  if (!/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host)) throw new ApiError('malformed_request');
  return host;
}

/** @throws {ApiError} `signature_malformed`, `signature_mismatch` */
function refuseOtherDigest(req: Request, bytes: Buffer): void {
  const digest = req.headers['content-digest'];
  if (typeof digest !== 'string') {
    if (bytes.length === 0) return;
    throw new ApiError('signature_malformed', { detail: 'The signature must cover content-digest.' });
  }
  const matches = digestMatches(digest, bytes);
  if (matches === null) {
    throw new ApiError('signature_malformed', {
      detail: 'Content-Digest has sha-256 or sha-512 (RFC 9530) here.',
    });
  }
  if (!matches)
    throw new ApiError('signature_mismatch', { detail: 'Content-Digest is not that of the body.' });
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
