import { type Database, toPreciseSqlTime } from '../../stores/db.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { AuditModel } from '../audit/audit.model.ts';

/** How often each process looks for erasures that are due. */
const SWEEP_MS = 5000;
/** How many it takes up at a time. */
const SWEEP_SIZE = 20;
/** How long after an attempt the next one is due, by whatever process. */
const RETRY_MS = 5000;
/** After a first success: by then, requests and processes have written what they were writing. */
const AGAIN_MS = 60_000;
/** A plan for an account that is still open after this time came to nothing. */
const VOID_MS = 3_600_000;

const OPEN =
  'SELECT id FROM users WHERE id = ? AND (name IS NOT NULL OR email IS NOT NULL OR password IS NOT NULL)';
/** What is known of a user beside the row in `users` and the audit trail. */
const DELETIONS = ['totp_secrets', 'recovery_codes', 'account_links', 'mail_pace', 'verified_emails'].map(
  table => `DELETE FROM ${table} WHERE user_id = ?`,
);

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
  const at = (ms: number) => toPreciseSqlTime(ms);
  let timer: NodeJS.Timeout | undefined;
  let sweeping = Promise.resolve();

  /** Removes all that can be removed, and fails with the first step that failed. */
  async function removeAll(userId: number): Promise<void> {
    const steps = [...DELETIONS.map(deletion => db.run(deletion, [userId])), audit.forget(userId)];
    const results = await Promise.allSettled(steps);
    const failed = results.find(result => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** A first time, and {@link AGAIN_MS} later once more. */
  async function finish(userId: number, isSecond: boolean): Promise<void> {
    await removeAll(userId);
    const time = now();
    if (isSecond) await db.run('DELETE FROM erasures WHERE user_id = ?', [userId]);
    else
      await db.run('UPDATE erasures SET erased_at = ?, due_at = ? WHERE user_id = ?', [
        ...[at(time), at(time + AGAIN_MS), userId],
      ]);
  }

  /** Takes a due erasure up, unless another process was quicker. */
  async function takeUp(userId: number, dueAt: string, isSecond: boolean): Promise<void> {
    const time = now();
    const { affectedRows } = await db.run('UPDATE erasures SET due_at = ? WHERE user_id = ? AND due_at = ?', [
      ...[at(time + RETRY_MS), userId, dueAt],
    ]);
    if (affectedRows === 0) return;
    const [open] = await db.query(OPEN, [userId]);
    if (!open) return finish(userId, isSecond);
    await db.run('DELETE FROM erasures WHERE user_id = ? AND planned_at <= ?', [userId, at(time - VOID_MS)]);
  }

  async function sweep(): Promise<void> {
    const due = await db.query(
      `SELECT user_id, due_at, erased_at FROM erasures WHERE due_at <= ? ORDER BY due_at LIMIT ${SWEEP_SIZE}`,
      [at(now())],
    );
    for (const row of due) {
      if (!timer) return;
      const userId = Number(row.user_id);
      await takeUp(userId, String(row.due_at), row.erased_at !== null).catch(err => warn(err, userId));
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
    async plan(userId: number): Promise<void> {
      const time = now();
      await db.run('REPLACE INTO erasures (user_id, planned_at, due_at) VALUES (?, ?, ?)', [
        ...[userId, at(time), at(time + RETRY_MS)],
      ]);
    },

    /** Removes what is left of a closed account, now if that is possible, else in a later sweep. Never throws. */
    async erase(userId: number): Promise<void> {
      await finish(userId, false).catch(err => warn(err, userId));
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
