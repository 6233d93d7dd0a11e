/** The steps that must not grow with the number of sessions. */
export const operations = ['check', 'login', 'login at the limit', 'list', 'revoke', 'logout-all'] as const;
export type Operation = (typeof operations)[number];

/** What `growth.ts` is asked for. */
export interface GrowthJob {
  id: number;
  /** A Redis server for each size. */
  urls: string[];
  sessions: number[];
  /** Measured on the first of the servers. */
  userSessions: number[];
  rounds: number;
  repeats: number;
}

/** Median times in µs of each operation, one for each round. */
export type Times = Record<Operation, number[]>;

export interface GrowthResult {
  id: number;
  bySessions: Times[];
  byUser: Times[];
  /** The times in µs of the longest script, for each number of sessions of the user. */
  longestScripts: number[][];
  /** What a session takes in Redis' memory where there are most of them. */
  bytes: number;
}
