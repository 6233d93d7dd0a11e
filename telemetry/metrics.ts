import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { DeadlineError, withDeadline } from '../deadline.ts';
import { ApiError, errorTable, StoreError } from '../errors.ts';

/** Runs the work and records its duration and outcome. */
export type Timed = <T>(work: () => Promise<T>) => Promise<T>;

/** Connections of a pool now; `waiting` is how many callers have none yet. */
export interface PoolUse {
  limit: number;
  open: number;
  inUse: number;
  waiting: number;
}

export type Metrics = ReturnType<typeof createMetrics>;

/** Any other method is one label value, or clients could create any number of series. */
const METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** Shorter than Prometheus's own deadline of 10 s, whatever the timeouts of the stores are. */
const CHECK_TIMEOUT_MS = 5000;

const REQUEST_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STORE_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const HASH_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * The metrics of this process, in a registry of its own. Label values come from the code, never from a request.
 * `aggregator` says how a gauge adds up over processes.
 */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];

  function counter<L extends string>(name: string, help: string, labelNames: L[] = []): Counter<L> {
    return new Counter({ name: `auth_${name}_total`, help, labelNames, registers });
  }

  function histogram<L extends string>(name: string, help: string, buckets: number[], labelNames: L[] = []) {
    return new Histogram({ name: `auth_${name}_seconds`, help, buckets, labelNames, registers });
  }

  /** A sum over processes, read when it is asked for. */
  function gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name: `auth_${name}`,
      help,
      aggregator: 'sum',
      registers,
      collect() {
        this.set(read());
      },
    });
  }

  let inFlight = 0;
  gauge('http_requests_in_flight', 'Requests whose answer is not out yet.', () => inFlight);
  const requests = histogram(
    'http_request_duration',
    'Time to answer, by route pattern, method and status.',
    REQUEST_BUCKETS,
    ['route', 'method', 'status'],
  );

  const refusals = counter('refusals', 'Error answers by their code.', ['code']);
  for (const code of Object.keys(errorTable)) refusals.inc({ code }, 0);

  const signed = counter('signed_requests', 'Requests with a good signature, by client.', ['client']);

  const logins = counter('logins', 'Logins by result: ok or the code of the refusal.', ['result']);
  for (const result of ['ok', 'invalid_credentials']) logins.inc({ result }, 0);
  const signIns = counter('oidc_sign_ins', 'Sign-ins with a provider: ok or the code of the refusal.', [
    'provider',
    'result',
  ]);
  const started = counter('sessions_started', 'Sessions that were started.');
  const refreshed = counter('sessions_refreshed', 'Sessions that were refreshed.');
  const ended = counter('sessions_ended', 'Sessions ended before their time, by reason.', ['reason']);
  const reused = counter('refresh_reuses', 'Spent refresh tokens that came back.');
  const lockouts = counter('lockouts', 'Accounts locked after failed attempts, by what failed.', ['reason']);
  for (const reason of ['login', 'password', 'second_factor']) lockouts.inc({ reason }, 0);
  const disabled = counter('accounts_disabled', 'Accounts that an administrator locked.');
  const auditLost = counter('audit_events_lost', 'Audit events that could not be written.');
  const mails = counter('mails', 'Mails by outcome: sent, or lost for good.', ['outcome']);
  for (const outcome of ['sent', 'lost']) mails.inc({ outcome }, 0);

  let natsConnections = 0;
  gauge('nats_connected', 'Open connections to NATS.', () => natsConnections);
  const natsDropped = counter('nats_events_dropped', 'Events that NATS did not get, or did not confirm.');
  const natsVerifications = counter('nats_verifications', 'Token checks over NATS by result.', ['result']);
  for (const result of ['active', 'inactive', 'store_unavailable', 'overloaded', 'internal_error'])
    natsVerifications.inc({ result }, 0);

  const redis = histogram('redis_command_duration', 'Redis calls by outcome.', STORE_BUCKETS, ['outcome']);
  const database = histogram('db_query_duration', 'SQL statements by outcome.', STORE_BUCKETS, ['outcome']);

  let isWatched = false;
  /**
   * The registry, to read it. The event loop and the garbage collector are watched from the first read on: this wakes
   * the process 20 times a second, with prom-client's default 100 times.
   */
  function read(): Registry {
    if (!isWatched) collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 50 });
    isWatched = true;
    return registry;
  }

  const hashWait = histogram('hash_wait', 'Wait of a password for its turn.', HASH_BUCKETS);
  const hashDuration = histogram('hash_duration', 'Time of one password hash.', HASH_BUCKETS);
  const hashShed = counter('hash_shed', 'Passwords that the hashing queue refused.');

  return {
    read,
    contentType: registry.contentType,

    /** Everything, in Prometheus's text format. */
    text: (): Promise<string> => read().metrics(),

    requestStarted(): void {
      inFlight++;
    },

    /** @param route a pattern out of the code, never a path that was sent */
    requestEnded(method: string, route: string, status: number | 'aborted', seconds: number): void {
      inFlight--;
      requests.observe({ route, method: METHODS.has(method) ? method : 'other', status }, seconds);
    },

    refused: (code: string): void => refusals.inc({ code }),

    /** @param client an id of the settings */
    requestSigned: (client: string): void => signed.inc({ client }),

    /** The same login, with its results counted. */
    countLogins<A extends unknown[], R>(login: (...args: A) => Promise<R>) {
      return async (...args: A): Promise<R> => {
        try {
          const result = await login(...args);
          logins.inc({ result: 'ok' });
          return result;
        } catch (error) {
          logins.inc({
            result: error instanceof ApiError || error instanceof StoreError ? error.code : 'internal_error',
          });
          throw error;
        }
      };
    },

    /** @param provider a name of the settings */
    signInFinished: (provider: string, result: string): void => signIns.inc({ provider, result }),

    /** Shows the providers of the settings before the first sign-in. */
    watchProviders(providers: string[]): void {
      for (const provider of providers)
        for (const result of ['ok', 'store_unavailable']) signIns.inc({ provider, result }, 0);
    },

    sessionStarted: (): void => started.inc(),
    sessionRefreshed: (): void => refreshed.inc(),
    sessionEnded: (reason: string): void => ended.inc({ reason }),
    refreshReused: (): void => reused.inc(),
    accountLocked: (reason: string): void => lockouts.inc({ reason }),
    accountDisabled: (): void => disabled.inc(),
    auditLost: (count: number): void => auditLost.inc(count),
    mailDone: (outcome: 'sent' | 'lost'): void => mails.inc({ outcome }),

    nats: {
      opened: (): void => void natsConnections++,
      closed: (): void => void natsConnections--,
      eventsDropped: (count: number): void => natsDropped.inc(count),
      verified: (result: string): void => natsVerifications.inc({ result }),
    },

    redis: timed(redis),
    database: timed(database),

    hashWaited: (seconds: number): void => hashWait.observe(seconds),
    hashed: (seconds: number): void => hashDuration.observe(seconds),
    hashShed: (): void => hashShed.inc(),

    /** Reports the hashing queue. */
    watchHashing(read: () => { running: number; waiting: number }): void {
      gauge('hash_running', 'Passwords being hashed.', () => read().running);
      gauge('hash_waiting', 'Passwords waiting for their turn.', () => read().waiting);
    },

    /** Reports the database pool. */
    watchPool(read: () => PoolUse): void {
      gauge('db_pool_limit', 'Database connections at most.', () => read().limit);
      gauge('db_pool_open', 'Database connections that are open.', () => read().open);
      gauge('db_pool_in_use', 'Database connections in use.', () => read().inUse);
      gauge('db_pool_waiting', 'Statements waiting for a connection.', () => read().waiting);
    },

    /** Reports which dependencies are up, checked at each scrape. */
    watchDependencies(checks: Record<string, () => Promise<{ status: 'up' | 'down' }>>): void {
      new Gauge({
        name: 'auth_dependency_up',
        help: 'Whether a dependency answers: 1 or 0.',
        labelNames: ['dependency'],
        aggregator: 'min',
        registers,
        async collect() {
          const names = Object.entries(checks).map(async ([dependency, check]) => {
            const up = await withDeadline(check(), CHECK_TIMEOUT_MS).then(
              ({ status }) => (status === 'up' ? 1 : 0),
              () => 0,
            );
            this.set({ dependency }, up);
          });
          await Promise.all(names);
        },
      });
    },
  };
}

function timed(durations: Histogram<'outcome'>): Timed {
  return async work => {
    const startedAt = performance.now();
    let outcome = 'ok';
    try {
      return await work();
    } catch (error) {
      outcome = outcomeOf(error);
      throw error;
    } finally {
      durations.observe({ outcome }, (performance.now() - startedAt) / 1000);
    }
  };
}

/** A store that refuses a duplicate has responded. */
function outcomeOf(error: unknown): string {
  if (!(error instanceof StoreError)) return 'ok';
  return error.cause instanceof DeadlineError ? 'timeout' : 'error';
}
