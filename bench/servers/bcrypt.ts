// The ceiling of login and register: bcrypt with all cores at work, and no server around it.
import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';

const PASSWORD = 'correct horse battery';

/** Times in µs of processor time. */
export interface HashRate {
  id: number;
  perSecond: number;
  cpuPerHash: number;
}

/** Hash or compare so many times. */
export interface HashJob {
  id: number;
  work: 'hash' | 'compare';
  rounds: number;
  amount: number;
}

process.on('message', async ({ id, work, rounds, amount }: HashJob) => {
  if (!work) return;
  const hash = await bcrypt.hash(PASSWORD, rounds);
  const once = () => (work === 'hash' ? bcrypt.hash(PASSWORD, rounds) : bcrypt.compare(PASSWORD, hash));
  const startedAt = performance.now();
  const before = process.cpuUsage();
  let left = amount;
  const lane = async () => {
    while (left-- > 0) await once();
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 3) }, lane));
  const { user, system } = process.cpuUsage(before);
  const perSecond = (amount / (performance.now() - startedAt)) * 1000;
  const rate: HashRate = { id, perSecond, cpuPerHash: (user + system) / amount };
  process.send?.(rate);
});
