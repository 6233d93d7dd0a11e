import { type Database, toPreciseSqlTime } from '../../stores/db.ts';
import type { User } from './user.model.ts';

export type VerifiedEmailTable = ReturnType<typeof createVerifiedEmailTable>;

/**
 * The table `verified_emails`: users whose address is verified.
 * @param now Unix time in milliseconds /
 */
export function createVerifiedEmailTable(db: Database, now: () => number) {
  return {
    /** Also false when the address changed after its verification. */
    async has({ id, email }: User): Promise<boolean> {
      const [row] = await db.query('SELECT email FROM verified_emails WHERE user_id = ?', [id]);
      return row?.email === email;
    },

    async add({ id, email }: User): Promise<void> {
      await db.run('REPLACE INTO verified_emails (user_id, email, verified_at) VALUES (?, ?, ?)', [
        ...[id, email, toPreciseSqlTime(now())],
      ]);
    },
  };
}
