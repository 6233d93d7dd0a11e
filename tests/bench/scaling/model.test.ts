import { describe, expect, it } from 'vitest';
import {
  type Assumptions,
  assumptions,
  estimate,
  kinds,
  type RequestCost,
  type Shares,
} from '../../../bench/scaling/model.ts';

const cost = (figures: Partial<RequestCost> = {}): RequestCost => ({
  redisCommands: 10,
  scripts: 2,
  microsPerScript: 20,
  mysqlReads: 1,
  mysqlWrites: 0,
  auditRows: 0,
  apiMicros: 100,
  redisMicros: 20,
  mysqlMicros: 50,
  ...figures,
});

const shares: Shares = {
  sessionBytes: 2000,
  userBytes: 300,
  auditRowBytes: 500,
  hashMicros: 40_000,
  processBytes: 200_000_000,
  pollMicros: 1000,
  requests: {
    check: cost(),
    profile: cost(),
    list: cost(),
    signed: cost(),
    refresh: cost({ mysqlWrites: 1, auditRows: 1 }),
    logout: cost({ mysqlWrites: 1, auditRows: 1 }),
    login: cost({ mysqlWrites: 1, auditRows: 2, apiMicros: 50_000 }),
  },
};

/** Rates without a remainder: a login, two logouts and so on per second for 86,400 users. */
const assumed: Assumptions = {
  sessionsPerUser: 2,
  activeShare: 0.25,
  requestsPerSession: 0.5,
  profileShare: 0.25,
  signedShare: 0.25,
  listShare: 0.25,
  accessTokenSeconds: 64,
  loginsPerDay: 250,
  logoutsPerLogin: 0.5,
  peakFactor: 4,
  auditDays: 10,
  redisGigabytes: 0.05,
  redisReplicas: 2,
  redisLoad: 0.5,
  mysqlReplicas: 3,
  mysqlLoad: 0.5,
  apiLoad: 0.5,
  poolSize: 10,
};
const USERS = 86_400;
const of = (overrides: Partial<Assumptions> = {}) => estimate(USERS, { ...assumed, ...overrides }, shares);

describe('estimate', () => {
  it('derives sessions and rates from the assumptions', () => {
    const { sessions, activeSessions, rates } = of();
    expect([sessions, activeSessions]).toEqual([172_800, 43_200]);
    expect(rates).toEqual({
      check: 5400,
      profile: 5400,
      list: 5400,
      signed: 5400,
      refresh: 675,
      logout: 500,
      login: 1000,
    });
    expect(Object.keys(rates)).toEqual(expect.arrayContaining(Object.keys(kinds)));
  });

  it('counts Redis masters by memory and by processor time, and takes the larger', () => {
    // 172,800 × 2,000 bytes on masters of 50 MB; 23,775 requests × 20 µs on masters that use half a core.
    expect(of().redis).toMatchObject({ mastersForMemory: 7, mastersForCores: 1, masters: 7, servers: 21 });
    expect(of().redis.gigabytes).toBeCloseTo(0.3456);
    expect(of().redis.commands).toBeCloseTo(237_750);
    expect(of().redis.cores).toBeCloseTo(0.4755);
    expect(of({ redisLoad: 0.05 }).redis).toMatchObject({ mastersForCores: 10, masters: 10 });
    expect(of({ redisGigabytes: 100 }).redis).toMatchObject({ mastersForMemory: 1, masters: 3 });
  });

  it('counts the API processes, of which each also asks every Redis server', () => {
    // 22,775 × 100 µs + 1,000 × 50 ms = 52.28 cores; 21 servers × 1 ms leave 0.479 of a core.
    expect(of().api).toMatchObject({ hashCores: 40, processes: 110 });
    expect(of().api.otherCores).toBeCloseTo(12.2775);
    expect(of().api.gigabytes).toBeCloseTo(22);
    expect(of().mysql.connections).toBe(1100);
    expect(of({ loginsPerDay: 0, requestsPerSession: 0 }).api.processes).toBe(2);
  });

  it('adds up MySQL: rows of users, audit rows of the average day, statements and cores', () => {
    const { mysql } = of();
    expect(mysql.userGigabytes).toBeCloseTo(0.02592);
    // (675 + 500 + 2 × 1,000 rows at the peak) / 4 per second for 10 days, 500 bytes each.
    expect(mysql.auditGigabytes).toBeCloseTo(342.9);
    expect([mysql.reads, mysql.writes]).toEqual([23_775, 2175]);
    expect([mysql.cores, mysql.servers]).toEqual([3, 4]);
  });

  it('grows with the users', () => {
    const ten = estimate(10 * USERS, assumed, shares);
    expect(ten.redis.gigabytes).toBeCloseTo(10 * of().redis.gigabytes);
    expect(ten.api.hashCores).toBeCloseTo(10 * of().api.hashCores);
  });

  it.each<[string, number, Partial<Assumptions>, string]>([
    ['no number', Number.NaN, {}, 'users cannot be NaN.'],
    ['infinitely many users', Number.POSITIVE_INFINITY, {}, 'users cannot be Infinity.'],
    ['a negative number', USERS, { loginsPerDay: -1 }, 'loginsPerDay cannot be -1.'],
    ['a load of 0', USERS, { apiLoad: 0 }, 'apiLoad cannot be 0.'],
    ['more requests than all', USERS, { profileShare: 0.8 }, 'more than 1 together'],
    ['too many masters', USERS * 1e4, {}, 'masters are more than a Redis Cluster can have.'],
    ['too many servers to ask', USERS * 100, {}, 'An API process cannot ask'],
  ])('refuses %s', (_, users, overrides, message) => {
    expect(() => estimate(users, { ...assumed, ...overrides }, shares)).toThrow(message);
  });

  it('has only assumptions that it can work with', () => {
    const values = Object.entries(assumptions).map(([name, { value }]) => [name, value]);
    expect(estimate(1e6, Object.fromEntries(values), shares).redis.masters).toBeGreaterThanOrEqual(3);
  });
});
