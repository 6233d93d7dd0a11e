import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { type ErrorCode, errorTable, StoreError } from '../errors.ts';
import { introspectionResponse } from '../models/session/introspection.ts';
import type { SessionModel } from '../models/session/session.model.ts';
import type { Logger } from '../telemetry/logger.ts';

export const VERIFY_SUBJECT = 'auth.token.verify';
/** Each request goes to one process of this group. */
export const QUEUE_GROUP = 'auth-api';
/** As for `POST /auth/introspect`. */
export const MAX_REQUEST_BYTES = 8 * 1024;
const MAX_RUNNING = 1000;

export type Introspect = SessionModel['introspect'];

interface Options {
  introspect: Introspect;
  log: Logger;
  /** Called with `active`, `inactive` or the code of the error. */
  onAnswer: (result: string) => void;
  /** How many requests are checked at once; the requests over it get `overloaded`. */
  maxRunning?: number;
}

type Response = ReturnType<typeof introspectionResponse> | ReturnType<typeof refusal>;

/**
 * Responds to `{"token": "…"}` as `POST /auth/introspect` does (RFC 7662). A malformed request is `{"active": false}`.
 * When the check cannot be made, the response is `{"error": {code, status, retry_after}}`.
 */
export function createResponder({ introspect, log, onAnswer, maxRunning = MAX_RUNNING }: Options) {
  let subscription: Subscription | null = null;
  let stopping: Promise<void> | null = null;
  let running = 0;
  let onIdle = () => {};

  async function verdict(request: Uint8Array): Promise<Response> {
    const token = tokenIn(request);
    if (token === null) return introspectionResponse(null);
    if (running >= maxRunning) return refusal('overloaded');
    running++;
    try {
      return introspectionResponse(await introspect(token));
    } catch (error) {
      const code = error instanceof StoreError ? error.code : 'internal_error';
      const err = error instanceof StoreError ? error.cause : error;
      log.error({ code, err, subject: VERIFY_SUBJECT }, errorTable[code].title);
      return refusal(code);
    } finally {
      running--;
      if (running === 0) onIdle();
    }
  }

  async function answer(message: Msg): Promise<void> {
    const response = await verdict(message.data);
    onAnswer('error' in response ? response.error.code : response.active ? 'active' : 'inactive');
    try {
      message.respond(JSON.stringify(response));
    } catch {} // the connection was closed meanwhile
  }

  async function drain(): Promise<void> {
    await subscription?.drain().catch(() => {});
    if (running > 0)
      await new Promise<void>(resolve => {
        onIdle = resolve;
      });
  }

  return {
    /** Answers on this connection from now on. */
    subscribe(connection: NatsConnection): void {
      if (stopping) return;
      subscription = connection.subscribe(VERIFY_SUBJECT, {
        queue: QUEUE_GROUP,
        callback: (error, message) => void (error ? undefined : answer(message)),
      });
    },

    /** Takes no more requests. Resolves when the requests so far have their response. */
    stop(): Promise<void> {
      stopping ??= drain();
      return stopping;
    },
  };
}

/** @returns null for a request that is malformed or too large */
function tokenIn(request: Uint8Array): string | null {
  if (request.length > MAX_REQUEST_BYTES) return null;
  try {
    const { token } = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(request));
    return typeof token === 'string' ? token : null;
  } catch {
    return null;
  }
}

function refusal(code: ErrorCode) {
  const kind = errorTable[code];
  return { error: { code, status: kind.status, retry_after: kind.retryAfterSeconds } };
}
