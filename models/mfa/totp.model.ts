import { createHash, randomBytes } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';
import { ApiError } from '../../errors.ts';
import type { Database } from '../../stores/db.ts';
import type { EncryptionModel } from './encryption.model.ts';
import { type ConfirmedFactor, createTotpTable, type TotpFactor } from './totp.sql.ts';

/** TOTP (RFC 6238) as every authenticator app knows it: SHA-1, 6 digits, 30 s; one step early or late is accepted. */
const PERIOD_S = 30;
const DIGITS = /^\d{6}$/;
/** 160 bits, as RFC 4226 (section 4, R6) recommends. */
const SECRET_BYTES = 20;

const RECOVERY_CODES = 10;
/** Crockford's Base32: no letters that look like a digit, and 80 bits in 16 characters. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const RECOVERY_CHARACTERS = 16;

export type TotpModel = ReturnType<typeof createTotpModel>;

interface Dependencies {
  db: Database;
  encryption: EncryptionModel;
  /** The name under which authenticator apps show the account. */
  issuer: string;
  /** Unix time in milliseconds. */
  now: () => number;
}

/** TOTP factors and their recovery codes. All methods throw {@link StoreError}. */
export function createTotpModel({ db, encryption, issuer, now }: Dependencies) {
  const table = createTotpTable(db);
  const ownerOf = (userId: number) => `totp_secrets.${userId}`;

  /** @returns the time step that the code belongs to, null for none near now */
  function stepOf(secret: string, code: string): number | null {
    if (!DIGITS.test(code)) return null;
    const epoch = Math.floor(now() / 1000);
    const result = verifySync({ secret, token: code, epoch, period: PERIOD_S, epochTolerance: PERIOD_S });
    return result.valid && 'timeStep' in result ? result.timeStep : null;
  }

  return {
    find: table.find,

    /**
     * Begins an enrolment, in place of one that was not confirmed.
     * @param label what the app shows beside the issuer: the e-mail address
     * @throws {ApiError} `mfa_already_enabled`
     */
    async enrol(userId: number, label: string): Promise<{ secret: string; uri: string }> {
      const secret = generateSecret({ length: SECRET_BYTES });
      const encrypted = encryption.encrypt(secret, ownerOf(userId));
      const isKept =
        (await table.replacePending(userId, encrypted)) ||
        (await table.insertPending(userId, encrypted)) ||
        (await table.replacePending(userId, encrypted)); // another enrolment was quicker
      if (!isKept) throw new ApiError('mfa_already_enabled');
      return { secret, uri: generateURI({ issuer, label, secret }) };
    },

    /**
     * Turns the factor on.
     * @returns the recovery codes, of which only hashes are kept; null when the code is wrong or the enrolment is no
     *   longer the same
     */
    async confirm(factor: TotpFactor, code: string): Promise<string[] | null> {
      const { userId, secret } = factor;
      const { plaintext } = encryption.decrypt(secret, ownerOf(userId));
      const step = stepOf(plaintext, code);
      if (step === null) return null;
      const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
      const batch = randomBytes(16).toString('hex');
      // The codes first, so that the factor can never be on without them.
      await table.insertCodes(
        userId,
        batch,
        codes.map(text => recoveryHash(batch, text)),
      );
      if (await table.turnOn(factor, batch, step)) return codes;
      await table.deleteCodes(userId, batch);
      return null;
    },

    /** Uses a code, and every earlier one with it (RFC 6238, section 5.2: a code is accepted once). */
    async useCode(factor: ConfirmedFactor, code: string): Promise<boolean> {
      const owner = ownerOf(factor.userId);
      const { plaintext, isCurrent } = encryption.decrypt(factor.secret, owner);
      const step = stepOf(plaintext, code);
      if (step === null) return false;
      return table.useStep(factor, step, isCurrent ? factor.secret : encryption.encrypt(plaintext, owner));
    },

    /** Uses a recovery code, however it is typed. */
    useRecoveryCode: (factor: ConfirmedFactor, code: string): Promise<boolean> =>
      table.useCode(factor, recoveryHash(factor.batch, code)),

    /** Turns the factor off; false when another call did it first. */
    async remove(factor: ConfirmedFactor): Promise<boolean> {
      const removed = await table.turnOff(factor);
      // The factor is off whether this succeeds or not: no row names the batch of these codes.
      if (removed) await table.deleteCodes(factor.userId, factor.batch).catch(() => {});
      return removed;
    },

    /** Removes the factor whatever its state; true when it was on. */
    removeAll: table.deleteAll,
  };
}

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
