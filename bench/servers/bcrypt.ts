// The ceiling of login and register: bcrypt as often as the cores can, with no server around it.
import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';

const PASSWORD = 'correct horse battery';

/** Times in µs of processor time. */
export interface HashRate {
  id: number;
  perSecond: number;
  cpuPerHash: number;
}

/** Hash or compare for so long. */
export interface HashJob {
  id: number;
  work: 'hash' | 'compare';
  rounds: number;
  seconds: number;
}

process.on('message', async ({ id, work, rounds, seconds }: HashJob) => {
  if (!work) return;
  const hash = await bcrypt.hash(PASSWORD, rounds);
  const once = () => (work === 'hash' ? bcrypt.hash(PASSWORD, rounds) : bcrypt.compare(PASSWORD, hash));
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const isOver = () => performance.now() - startedAt > seconds * 1000;
  let done = 0;
  const lane = async () => {
    while (!isOver()) {
      await once();
      done++;
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 3) }, lane));
  const { user, system } = process.cpuUsage(before);
  const perSecond = (done / (performance.now() - startedAt)) * 1000;
  const rate: HashRate = { id, perSecond, cpuPerHash: (user + system) / done };
  process.send?.(rate);
});
