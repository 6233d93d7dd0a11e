// The ceiling of login and register: bcrypt as often as the cores can, with no server around it.
import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';

const PASSWORD = 'correct horse battery';

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
  const isOver = () => performance.now() - startedAt > seconds * 1000;
  let done = 0;
  const lane = async () => {
    while (!isOver()) {
      await once();
      done++;
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 3) }, lane));
  process.send?.({ id, perSecond: (done / (performance.now() - startedAt)) * 1000 });
});
