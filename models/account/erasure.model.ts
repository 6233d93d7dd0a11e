import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../stores/db.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { AuditModel } from '../audit/audit.model.ts';

const RETRY_MS = 2000;
/** Afterwards nothing is under way any more that had begun before the account was closed. */
const AGAIN_MS = 60_000;

const CLOSED = 'SELECT id FROM users WHERE id = ? AND name IS NULL AND email IS NULL AND password IS NULL';
/** What is known of a user beside the row in `users` and the audit trail. */
const DELETIONS = ['totp_secrets', 'recovery_codes', 'account_tokens', 'verified_emails'].map(
  table => `DELETE FROM ${table} WHERE user_id = ?`,
);

interface Parts {
  db: Database;
  audit: Pick<AuditModel, 'forget'>;
  log: Logger;
}

export type ErasureModel = ReturnType<typeof createErasureModel>;

/** Removes what is left of people who have closed their account. */
export function createErasureModel({ db, audit, log }: Parts) {
  async function erase(userId: number): Promise<void> {
    const [closed] = await db.query(CLOSED, [userId]);
    if (!closed) return;
    for (const deletion of DELETIONS) await db.run(deletion, [userId]);
    await audit.forget(userId);
  }

  async function eraseLater(userId: number, ms: number): Promise<void> {
    for (;;) {
      await sleep(ms, undefined, { ref: false });
      try {
        return await erase(userId);
      } catch (err) {
        log.warn({ err, user_id: userId }, 'what is left of a closed account cannot be removed yet');
        ms = RETRY_MS;
      }
    }
  }

  return {
    /**
     * To be called when the row in `users` is blank, or may be. What fails is tried again until it succeeds; and all
     * of it is done once more a minute later, for rows that other requests and processes were just writing.
     */
    async erase(userId: number): Promise<void> {
      await erase(userId).then(
        () => void eraseLater(userId, AGAIN_MS),
        () => void eraseLater(userId, RETRY_MS).then(() => eraseLater(userId, AGAIN_MS)),
      );
    },
  };
}
