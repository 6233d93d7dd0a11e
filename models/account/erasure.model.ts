import type { Database } from '../../stores/db.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { AuditModel } from '../audit/audit.model.ts';
import { createErasureTable, type DueErasure } from './erasure.sql.ts';

/** How often each process looks for erasures that are due. */
const SWEEP_MS = 5000;
/** The time until the next attempt, by any process. */
const RETRY_MS = 5000;
/** The time until everything is removed again: requests may have written while it was removed. */
const AGAIN_MS = 60_000;
/** A plan for an account that is still open after this time is dropped. */
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
 * Removes the personal data of closed accounts. The table `erasures` names accounts with data left, so any process
 * can continue where another one stopped. Each step is harmless when it is done twice.
 */
export function createErasureModel({ db, audit, log, now }: Dependencies) {
  const table = createErasureTable(db);
  let timer: NodeJS.Timeout | undefined;
  let sweeping = Promise.resolve();

  /** Runs every step, and fails with the first error. */
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

  /** Erases an account that is due, unless another process does it. */
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
    log.warn({ err, user_id: userId }, 'personal data of a closed account cannot be removed yet');
  }

  return {
    /**
     * Plans the erasure of an account. Call it before the users row is anonymized.
     * @throws {ApiError}
     * @throws {StoreError}
     */
    plan: (userId: number): Promise<void> => table.plan(userId, now(), now() + RETRY_MS),

    /** Erases a closed account now, or in a later sweep if that fails. Never throws. */
    async erase(userId: number): Promise<void> {
      await eraseFirst(userId).catch(err => warn(err, userId));
    },

    /**
     * Sweeps now and then in this interval.
     * @param intervalMs 5000 unless given
     */
    start(intervalMs = SWEEP_MS): void {
      const run = async () => {
        await sweep().catch(() => {}); // the database does not answer: the next sweep tries again
        if (timer) timer = setTimeout(next, intervalMs).unref();
      };
      const next = () => {
        sweeping = run();
      };
      timer = setTimeout(next, 0).unref();
    },

    /** Stops the sweeps, and waits for one that runs. */
    async stop(): Promise<void> {
      clearTimeout(timer);
      timer = undefined;
      await sweeping;
    },
  };
}
