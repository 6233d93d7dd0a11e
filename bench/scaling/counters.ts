import { readFileSync } from 'node:fs';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { Redis } from '../../stores/redis/redis.ts';

/** What the servers have done since their start. Processor time is in µs. */
export interface Counters {
  at: number;
  redisCommands: number;
  scripts: number;
  scriptMicros: number;
  redisMicros: number;
  mysqlReads: number;
  mysqlWrites: number;
  mysqlMicros: number;
}

const WRITES = ['Com_insert', 'Com_update', 'Com_delete', 'Com_replace'];

/** Reads the counters of a Redis and of a MariaDB on this machine. What it asks itself is not among them. */
export function createCounters(redis: Redis, connection: Connection) {
  let mysqlPid = 0;
  return async (): Promise<Counters> => {
    mysqlPid ||= await pidOf(connection);
    const [cpu, commands] = await Promise.all(
      ['cpu', 'commandstats'].map(async part => String(await redis.run('', ['INFO', part]))),
    );
    const calls = [...(commands ?? '').matchAll(/^cmdstat_(\S+?):calls=(\d+),usec=(\d+)/gm)].map(
      ([, name = '', count, micros]) => ({ name, count: Number(count), micros: Number(micros) }),
    );
    const scripts = calls.find(({ name }) => name === 'evalsha');
    const [rows] = await connection.query<RowDataPacket[]>("SHOW GLOBAL STATUS LIKE 'Com\\_%'");
    const status = (name: string) => Number(rows.find(row => row.Variable_name === name)?.Value);
    const seconds = (name: string) => Number(new RegExp(`used_cpu_${name}:([\\d.]+)`).exec(cpu ?? '')?.[1]);
    return {
      at: performance.now(),
      redisCommands: calls.reduce((sum, { name, count }) => sum + (name === 'info' ? 0 : count), 0),
      scripts: scripts?.count ?? 0,
      scriptMicros: scripts?.micros ?? 0,
      redisMicros: (seconds('user') + seconds('sys')) * 1e6,
      mysqlReads: status('Com_select'),
      mysqlWrites: WRITES.reduce((sum, name) => sum + status(name), 0),
      mysqlMicros: processorMicros(mysqlPid),
    };
  };
}

/** What the counters grew by. */
export function difference(before: Counters, after: Counters): Counters {
  return {
    at: after.at - before.at,
    redisCommands: after.redisCommands - before.redisCommands,
    scripts: after.scripts - before.scripts,
    scriptMicros: after.scriptMicros - before.scriptMicros,
    redisMicros: after.redisMicros - before.redisMicros,
    mysqlReads: after.mysqlReads - before.mysqlReads,
    mysqlWrites: after.mysqlWrites - before.mysqlWrites,
    mysqlMicros: after.mysqlMicros - before.mysqlMicros,
  };
}

async function pidOf(connection: Connection): Promise<number> {
  const [[row]] = await connection.query<RowDataPacket[]>(
    "SELECT IF(@@pid_file LIKE '/%', @@pid_file, CONCAT(@@datadir, @@pid_file)) AS path",
  );
  return Number(readFileSync(String(row?.path), 'utf8'));
}

/** Linux counts in ticks of 10 ms. */
const TICK_MICROS = 10_000;

/** The processor time of a process and all its threads; needs Linux. */
function processorMicros(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in brackets may contain spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROS;
}
