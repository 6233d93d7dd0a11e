/** The kinds of requests, with the names that tables show. */
export const kinds = {
  check: '`GET /auth/verify`',
  profile: '`GET /auth/profile`',
  list: '`GET /auth/sessions`',
  signed: 'signed POST with a token',
  refresh: '`POST /auth/refresh`',
  logout: '`POST /auth/logout`',
  login: '`POST /auth/login`',
} as const;
export type Kind = keyof typeof kinds;

/** What one request takes. */
export interface RequestCost {
  /** Commands that Redis processes, those inside scripts included. */
  redisCommands: number;
  /** EVALSHA, and the time that one takes, in µs; not part of the estimate. */
  scripts: number;
  microsPerScript: number;
  /** SELECT, and INSERT, UPDATE, DELETE or REPLACE statements. */
  mysqlReads: number;
  mysqlWrites: number;
  auditRows: number;
  /** Processor time of each program, in µs. */
  apiMicros: number;
  redisMicros: number;
  mysqlMicros: number;
}

/** What `npm run bench:scaling` measures. */
export interface Shares {
  /** Bytes of a session in a Redis Cluster, on one master. */
  sessionBytes: number;
  /** Bytes of a row with its indexes. */
  userBytes: number;
  auditRowBytes: number;
  /** Processor time of one bcrypt comparison at cost 10, in µs. */
  hashMicros: number;
  /** Resident memory of an API process, in bytes. */
  processBytes: number;
  /** Processor time for which an idle API process asks one Redis node about the cluster, in µs a second. */
  pollMicros: number;
  requests: Record<Kind, RequestCost>;
}

/** What an estimate assumes beside the measured shares. Each is an option of `npm run scaling`. */
export const assumptions = {
  sessionsPerUser: { value: 1, meaning: 'live sessions for each registered user' },
  activeShare: { value: 0.05, meaning: 'share of the sessions that are in use at the busiest time' },
  requestsPerSession: { value: 0.05, meaning: 'requests per second of a session in use' },
  profileShare: { value: 0.2, meaning: 'share of these requests that read the profile' },
  signedShare: { value: 0.1, meaning: 'share of these requests that are signed changes' },
  listShare: { value: 0.01, meaning: 'share of these requests that list the sessions' },
  accessTokenSeconds: { value: 3600, meaning: '`JWT_EXPIRES_IN`: a session in use refreshes so often' },
  loginsPerDay: { value: 0.2, meaning: 'logins per user and day' },
  logoutsPerLogin: { value: 0.5, meaning: 'logouts per login' },
  peakFactor: { value: 4, meaning: 'rate at the busiest time, compared with the average of a day' },
  auditDays: { value: 90, meaning: 'days for which rows of `audit_log` are kept' },
  redisGigabytes: { value: 16, meaning: 'GB of sessions on one Redis master' },
  redisReplicas: { value: 1, meaning: 'replicas of each Redis master' },
  redisLoad: { value: 0.4, meaning: 'share of its one core that a Redis master may use' },
  mysqlReplicas: { value: 1, meaning: 'replicas of MySQL, which only wait for a failover' },
  mysqlLoad: { value: 0.5, meaning: 'share of its cores that MySQL may use' },
  apiLoad: { value: 0.6, meaning: 'share of its one core that an API process may use' },
  poolSize: { value: 10, meaning: '`DB_POOL_SIZE`: connections of each API process to MySQL' },
} as const satisfies Record<string, { value: number; meaning: string }>;

export type Assumptions = Record<keyof typeof assumptions, number>;

const ABOVE_ZERO = [
  ...['users', 'accessTokenSeconds', 'peakFactor'],
  ...['redisGigabytes', 'redisLoad', 'mysqlLoad', 'apiLoad'],
];

/** The smallest Redis Cluster. */
const LEAST_MASTERS = 3;
/** A cluster has no more slots, and a master needs one. */
const MOST_MASTERS = 16_384;
const LEAST_PROCESSES = 2;
const DAY_SECONDS = 86_400;
const GIGABYTE = 1e9;

/** What a number of users needs at the busiest time. Rates are per second. */
export interface Estimate {
  users: number;
  sessions: number;
  activeSessions: number;
  rates: Record<Kind, number>;
  redis: {
    gigabytes: number;
    commands: number;
    cores: number;
    mastersForMemory: number;
    mastersForCores: number;
    masters: number;
    servers: number;
  };
  mysql: {
    userGigabytes: number;
    auditGigabytes: number;
    reads: number;
    writes: number;
    cores: number;
    servers: number;
    connections: number;
  };
  api: {
    hashCores: number;
    otherCores: number;
    processes: number;
    gigabytes: number;
  };
}

/**
 * Multiplies the measured shares with the assumed rates.
 * @throws {RangeError} for a number that makes no sense, shares of requests that are more than 1 together, or more Redis
 *   servers than a cluster can have or an API process can ask
 */
export function estimate(users: number, assumed: Assumptions, shares: Shares): Estimate {
  for (const [name, value] of Object.entries({ users, ...assumed })) {
    if (!Number.isFinite(value) || value < 0 || (value === 0 && ABOVE_ZERO.includes(name)))
      throw new RangeError(`${name} cannot be ${value}.`);
  }
  const sessions = users * assumed.sessionsPerUser;
  const activeSessions = sessions * assumed.activeShare;
  const rates = ratesOf(users, activeSessions, assumed);
  const sum = (cost: (of: RequestCost) => number) =>
    Object.entries(rates).reduce(
      (total, [kind, rate]) => total + rate * cost(shares.requests[kind as Kind]),
      0,
    );
  const cores = (cost: (of: RequestCost) => number) => sum(cost) / 1e6;

  const redisGigabytes = (sessions * shares.sessionBytes) / GIGABYTE;
  const redisCores = cores(of => of.redisMicros);
  const mastersForMemory = Math.ceil(redisGigabytes / assumed.redisGigabytes);
  const mastersForCores = Math.ceil(redisCores / assumed.redisLoad);
  const masters = Math.max(LEAST_MASTERS, mastersForMemory, mastersForCores);
  if (masters > MOST_MASTERS)
    throw new RangeError(`${masters} masters are more than a Redis Cluster can have.`);
  const servers = masters * (1 + assumed.redisReplicas);

  const apiCores = cores(of => of.apiMicros);
  const hashCores = (rates.login * shares.hashMicros) / 1e6;
  const asking = (servers * shares.pollMicros) / 1e6;
  if (asking >= assumed.apiLoad) throw new RangeError(`An API process cannot ask ${servers} Redis servers.`);
  const processes = Math.max(LEAST_PROCESSES, Math.ceil(apiCores / (assumed.apiLoad - asking)));

  return {
    users,
    sessions,
    activeSessions,
    rates,
    redis: {
      gigabytes: redisGigabytes,
      commands: sum(of => of.redisCommands),
      cores: redisCores,
      mastersForMemory,
      mastersForCores,
      masters,
      servers,
    },
    mysql: {
      userGigabytes: (users * shares.userBytes) / GIGABYTE,
      auditGigabytes:
        ((sum(of => of.auditRows) / assumed.peakFactor) *
          DAY_SECONDS *
          assumed.auditDays *
          shares.auditRowBytes) /
        GIGABYTE,
      reads: sum(of => of.mysqlReads),
      writes: sum(of => of.mysqlWrites),
      cores: Math.ceil(cores(of => of.mysqlMicros) / assumed.mysqlLoad),
      servers: 1 + assumed.mysqlReplicas,
      connections: processes * assumed.poolSize,
    },
    api: {
      hashCores,
      otherCores: apiCores - hashCores,
      processes,
      gigabytes: (processes * shares.processBytes) / GIGABYTE,
    },
  };
}

function ratesOf(users: number, activeSessions: number, assumed: Assumptions): Record<Kind, number> {
  const requests = activeSessions * assumed.requestsPerSession;
  const { profileShare, signedShare, listShare } = assumed;
  const checkShare = 1 - profileShare - signedShare - listShare;
  if (checkShare < 0) throw new RangeError('The shares of the requests are more than 1 together.');
  const login = (users * assumed.loginsPerDay * assumed.peakFactor) / DAY_SECONDS;
  return {
    check: requests * checkShare,
    profile: requests * profileShare,
    list: requests * listShare,
    signed: requests * signedShare,
    refresh: activeSessions / assumed.accessTokenSeconds,
    logout: login * assumed.logoutsPerLogin,
    login,
  };
}
