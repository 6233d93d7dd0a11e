import { createHash, randomBytes } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';
import { ApiError } from '../../errors.ts';
import { type Database, DuplicateEntryError } from '../../stores/db.ts';
import type { EncryptionModel } from './encryption.model.ts';

/** TOTP (RFC 6238) as every authenticator app knows it: SHA-1, 6 digits, 30 s; one step early or late is accepted. */
const PERIOD_S = 30;
const DIGITS = /^\d{6}$/;
/** 160 bits, as RFC 4226 (section 4, R6) recommends. */
const SECRET_BYTES = 20;

const RECOVERY_CODES = 10;
/** Crockford's Base32: no letters that look like a digit, and 80 bits in 16 characters. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const RECOVERY_CHARACTERS = 16;

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

export type TotpModel = ReturnType<typeof createTotpModel>;

interface Dependencies {
  db: Database;
  encryption: EncryptionModel;
  /** Under which name authenticator apps show it. */
  issuer: string;
  /** Unix time in milliseconds. */
  now: () => number;
}

/**
 * The tables `totp_secrets` and `recovery_codes`. Whatever may happen once is one statement whose count of affected
 * rows tells who did it.
 */
export function createTotpModel({ db, encryption, issuer, now }: Dependencies) {
  const ownerOf = (userId: number) => `totp_secrets.${userId}`;

  /** @returns the time step that the code belongs to, null for none near now */
  function stepOf(secret: string, code: string): number | null {
    if (!DIGITS.test(code)) return null;
    const epoch = Math.floor(now() / 1000);
    const result = verifySync({ secret, token: code, epoch, period: PERIOD_S, epochTolerance: PERIOD_S });
    return result.valid && 'timeStep' in result ? result.timeStep : null;
  }

  return {
    /** @throws {ApiError} `store_unavailable` */
    async find(userId: number): Promise<TotpFactor | null> {
      const [row] = await db.query('SELECT secret, recovery_batch FROM totp_secrets WHERE user_id = ?', [
        userId,
      ]);
      if (!row) return null;
      return {
        userId,
        secret: String(row.secret),
        batch: row.recovery_batch ? String(row.recovery_batch) : null,
      };
    },

    /**
     * Begins an enrolment, in place of one that was not confirmed.
     * @param label what the app shows beside the issuer: the e-mail address
     * @throws {ApiError} `mfa_already_enabled`, `store_unavailable`
     */
    async enrol(userId: number, label: string): Promise<{ secret: string; uri: string }> {
      const secret = generateSecret({ length: SECRET_BYTES });
      const encrypted = encryption.encrypt(secret, ownerOf(userId));
      if (!((await replacePending()) || (await insert()) || (await replacePending()))) {
        throw new ApiError('mfa_already_enabled');
      }
      return { secret, uri: generateURI({ issuer, label, secret }) };

      async function replacePending(): Promise<boolean> {
        const { affectedRows } = await db.run(
          'UPDATE totp_secrets SET secret = ? WHERE user_id = ? AND recovery_batch IS NULL',
          [encrypted, userId],
        );
        return affectedRows === 1;
      }

      async function insert(): Promise<boolean> {
        try {
          await db.run('INSERT INTO totp_secrets (user_id, secret) VALUES (?, ?)', [userId, encrypted]);
          return true;
        } catch (error) {
          if (error instanceof DuplicateEntryError) return false;
          throw error;
        }
      }
    },

    /**
     * Turns the factor on.
     * @returns the recovery codes, of which only hashes are kept; null when the code is wrong or the enrolment is
     *   no more what it was
     * @throws {ApiError} `store_unavailable`
     */
    async confirm({ userId, secret }: TotpFactor, code: string): Promise<string[] | null> {
      const { plaintext } = encryption.decrypt(secret, ownerOf(userId));
      const step = stepOf(plaintext, code);
      if (step === null) return null;
      const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
      const batch = randomBytes(16).toString('hex');
      // Before the factor is on, so that it can never be on without them.
      await db.run(
        INSERT_RECOVERY_CODES,
        codes.flatMap(text => [userId, batch, recoveryHash(batch, text)]),
      );
      const { affectedRows } = await db.run(
        'UPDATE totp_secrets SET recovery_batch = ?, last_step = ? WHERE user_id = ? AND secret = ? AND recovery_batch IS NULL',
        [batch, step, userId, secret],
      );
      if (affectedRows === 1) return codes;
      await db.run(DELETE_RECOVERY_CODES, [userId, batch]);
      return null;
    },

    /**
     * Uses a code up, and every earlier one with it (RFC 6238, section 5.2: accepted once).
     * @throws {ApiError} `store_unavailable`
     */
    async useCode({ userId, secret, batch }: ConfirmedFactor, code: string): Promise<boolean> {
      const { plaintext, isCurrent } = encryption.decrypt(secret, ownerOf(userId));
      const step = stepOf(plaintext, code);
      if (step === null) return false;
      const kept = isCurrent ? secret : encryption.encrypt(plaintext, ownerOf(userId));
      const { affectedRows } = await db.run(
        'UPDATE totp_secrets SET last_step = ?, secret = ? WHERE user_id = ? AND recovery_batch = ? AND last_step < ?',
        [step, kept, userId, batch, step],
      );
      return affectedRows === 1;
    },

    /**
     * Uses a recovery code up, however it is typed.
     * @throws {ApiError} `store_unavailable`
     */
    async useRecoveryCode({ userId, batch }: ConfirmedFactor, code: string): Promise<boolean> {
      const { affectedRows } = await db.run(
        'DELETE FROM recovery_codes WHERE user_id = ? AND batch = ? AND code_hash = ?',
        [userId, batch, recoveryHash(batch, code)],
      );
      return affectedRows === 1;
    },

    /**
     * Turns the factor off.
     * @returns false when another call did it first
     * @throws {ApiError} `store_unavailable`
     */
    async remove({ userId, batch }: ConfirmedFactor): Promise<boolean> {
      const { affectedRows } = await db.run(
        'DELETE FROM totp_secrets WHERE user_id = ? AND recovery_batch = ?',
        [userId, batch],
      );
      if (affectedRows === 1) {
        // The factor is off whether this succeeds or not: codes of a batch that no row names open nothing.
        await db.run(DELETE_RECOVERY_CODES, [userId, batch]).catch(() => {});
      }
      return affectedRows === 1;
    },

    /**
     * Removes the factor whatever its state.
     * @returns whether it was on; of any number of simultaneous calls one gets true
     * @throws {StoreError}
     */
    async removeAll(userId: number): Promise<boolean> {
      const { affectedRows } = await db.run(
        'DELETE FROM totp_secrets WHERE user_id = ? AND recovery_batch IS NOT NULL',
        [userId],
      );
      await db.run('DELETE FROM totp_secrets WHERE user_id = ?', [userId]);
      await db.run('DELETE FROM recovery_codes WHERE user_id = ?', [userId]);
      return affectedRows === 1;
    },
  };
}

const INSERT_RECOVERY_CODES = `INSERT INTO recovery_codes (user_id, batch, code_hash) VALUES ${Array(RECOVERY_CODES).fill('(?, ?, ?)').join(', ')}`;
const DELETE_RECOVERY_CODES = 'DELETE FROM recovery_codes WHERE user_id = ? AND batch = ?';

function newRecoveryCode(): string {
  // 32 characters divide a byte's 256 values evenly.
  const characters = [...randomBytes(RECOVERY_CHARACTERS)].map(byte => ALPHABET[byte % ALPHABET.length]);
  return characters.join('').replace(/.{4}(?=.)/g, '$&-');
}

/** SHA-256 is enough for 80 random bits. Spaces, dashes, case and look-alikes make no difference. */
function recoveryHash(batch: string, typed: string): string {
  const code = typed.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
  return createHash('sha256').update(`${batch}.${code}`).digest('hex');
}
