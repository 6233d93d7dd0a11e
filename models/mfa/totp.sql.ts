import { type Database, DuplicateEntryError } from '../../stores/db.ts';

/** A user's row in `totp_secrets`. */
export interface TotpFactor {
  userId: number;
  /** Encrypted. */
  secret: string;
  /** Which recovery codes belong to it; null while the enrolment is not confirmed. */
  batch: string | null;
}

/** A factor that is on. */
export type ConfirmedFactor = TotpFactor & { batch: string };

const DELETE_CODES = 'DELETE FROM recovery_codes WHERE user_id = ? AND batch = ?';

/**
 * The statements on the tables `totp_secrets` and `recovery_codes`. What may happen once is one statement whose count of
 * affected rows tells who did it. All throw {@link StoreError}.
 */
export function createTotpTable(db: Database) {
  const changesOne = async (sql: string, values: (string | number)[]): Promise<boolean> =>
    (await db.run(sql, values)).affectedRows === 1;

  return {
    async find(userId: number): Promise<TotpFactor | null> {
      const [row] = await db.query('SELECT secret, recovery_batch FROM totp_secrets WHERE user_id = ?', [
        userId,
      ]);
      if (!row) return null;
      const batch = row.recovery_batch ? String(row.recovery_batch) : null;
      return { userId, secret: String(row.secret), batch };
    },

    /** False where there is no enrolment that waits for its confirmation. */
    replacePending: (userId: number, secret: string): Promise<boolean> =>
      changesOne('UPDATE totp_secrets SET secret = ? WHERE user_id = ? AND recovery_batch IS NULL', [
        secret,
        userId,
      ]),

    /** False where the user has a row. */
    async insertPending(userId: number, secret: string): Promise<boolean> {
      try {
        await db.run('INSERT INTO totp_secrets (user_id, secret) VALUES (?, ?)', [userId, secret]);
        return true;
      } catch (error) {
        if (error instanceof DuplicateEntryError) return false;
        throw error;
      }
    },

    /** Turns an enrolment on; false when it is not what it was. */
    turnOn: ({ userId, secret }: TotpFactor, batch: string, step: number): Promise<boolean> =>
      changesOne(
        'UPDATE totp_secrets SET recovery_batch = ?, last_step = ? WHERE user_id = ? AND secret = ? AND recovery_batch IS NULL',
        [batch, step, userId, secret],
      ),

    /** Uses a time step and every earlier one; false when it was used. */
    useStep: ({ userId, batch }: ConfirmedFactor, step: number, secret: string): Promise<boolean> =>
      changesOne(
        'UPDATE totp_secrets SET last_step = ?, secret = ? WHERE user_id = ? AND recovery_batch = ? AND last_step < ?',
        [step, secret, userId, batch, step],
      ),

    async insertCodes(userId: number, batch: string, hashes: string[]): Promise<void> {
      const rows = hashes.map(() => '(?, ?, ?)').join(', ');
      await db.run(
        `INSERT INTO recovery_codes (user_id, batch, code_hash) VALUES ${rows}`,
        hashes.flatMap(hash => [userId, batch, hash]),
      );
    },

    /** False when there is no such code, or when it was used. */
    useCode: ({ userId, batch }: ConfirmedFactor, hash: string): Promise<boolean> =>
      changesOne('DELETE FROM recovery_codes WHERE user_id = ? AND batch = ? AND code_hash = ?', [
        userId,
        batch,
        hash,
      ]),

    async deleteCodes(userId: number, batch: string): Promise<void> {
      await db.run(DELETE_CODES, [userId, batch]);
    },

    /** Turns the factor off; false when another call did it first. */
    turnOff: ({ userId, batch }: ConfirmedFactor): Promise<boolean> =>
      changesOne('DELETE FROM totp_secrets WHERE user_id = ? AND recovery_batch = ?', [userId, batch]),

    /** Deletes everything of the user. @returns whether a factor was on; one of any number of callers gets true */
    async deleteAll(userId: number): Promise<boolean> {
      const wasOn = await changesOne(
        'DELETE FROM totp_secrets WHERE user_id = ? AND recovery_batch IS NOT NULL',
        [userId],
      );
      await db.run('DELETE FROM totp_secrets WHERE user_id = ?', [userId]);
      await db.run('DELETE FROM recovery_codes WHERE user_id = ?', [userId]);
      return wasOn;
    },
  };
}
