import type { Database } from '../../stores/db.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { AuditModel } from '../audit/audit.model.ts';
import { createErasureTable, type DueErasure } from './erasure.sql.ts';

/** How often each process looks for erasures that are due. */
const SWEEP_MS = 5000;
/** How long after an attempt the next one is due, by whatever process. */
const RETRY_MS = 5000;
/** After a first success: by then, requests and processes have written what they were writing. */
const AGAIN_MS = 60_000;
/** A plan for an account that is still open after this time came to nothing. */
const VOID_MS = 3_600_000;

interface Dependencies {
  db: Database;
  audit: Pick<AuditModel, 'forget'>;
  log: Logger;
  /** Unix time in milliseconds. */
  now: () => number;
}

export type ErasureModel = ReturnType<typeof createErasureModel>;

/**
 * Removes what is left of people who have closed their account. The table `erasures` names the accounts with something
 * left, so that any process goes on where another one has stopped. Each step is harmless when it is done twice.
 */
export function createErasureModel({ db, audit, log, now }: Dependencies) {
  const table = createErasureTable(db);
  let timer: NodeJS.Timeout | undefined;
  let sweeping = Promise.resolve();

  /** Removes all that can be removed, and fails with the first step that failed. */
  async function removeAll(userId: number): Promise<void> {
    const results = await Promise.allSettled([...table.deletions(userId), audit.forget(userId)]);
    const failed = results.find(result => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async function eraseFirst(userId: number): Promise<void> {
    await removeAll(userId);
    await table.noteFirst(userId, now(), now() + AGAIN_MS);
  }

  async function eraseAgain(userId: number): Promise<void> {
    await removeAll(userId);
    await table.finish(userId);
  }

  /** Works on a due erasure, unless another process was quicker. */
  async function work(due: DueErasure): Promise<void> {
    const { userId, isSecond } = due;
    if (!(await table.claim(due, now() + RETRY_MS))) return;
    if (await table.isOpen(userId)) await table.dropPlan(userId, now() - VOID_MS);
    else await (isSecond ? eraseAgain(userId) : eraseFirst(userId));
  }

  async function sweep(): Promise<void> {
    for (const due of await table.findDue(now())) {
      if (!timer) return;
      await work(due).catch(err => warn(err, due.userId));
    }
  }

  function warn(err: unknown, userId: number): void {
    log.warn({ err, user_id: userId }, 'what is left of a closed account cannot be removed yet');
  }

  return {
    /**
     * Notes that an account is about to be closed. To be called before its row in `users` is anonymized.
     * @throws {ApiError} `store_unavailable`
     */
    plan: (userId: number): Promise<void> => table.plan(userId, now(), now() + RETRY_MS),

    /** Removes what is left of a closed account, now if that is possible, else in a later sweep. Never throws. */
    async erase(userId: number): Promise<void> {
      await eraseFirst(userId).catch(err => warn(err, userId));
    },

    /**
     * Sweeps now and every some seconds.
     * @param intervalMs 5000 unless given
     */
    start(intervalMs = SWEEP_MS): void {
      const run = async () => {
        await sweep().catch(() => {}); // the database does not answer, which others tell of: the next one tries again
        if (timer) timer = setTimeout(next, intervalMs).unref();
      };
      const next = () => {
        sweeping = run();
      };
      timer = setTimeout(next, 0).unref();
    },

    /** Sweeps no more, and waits for the sweep that is under way. */
    async stop(): Promise<void> {
      clearTimeout(timer);
      timer = undefined;
      await sweeping;
    },
  };
}
