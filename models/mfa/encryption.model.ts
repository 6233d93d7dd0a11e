import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

interface EncryptionOptions {
  /** What the key is derived from where there is no data key. */
  secret: string;
  /** 32 bytes. */
  dataKey?: Buffer | null;
  previousDataKey?: Buffer | null;
}

export type EncryptionModel = ReturnType<typeof createEncryptionModel>;

/**
 * Encrypts secrets for the database: AES-256-GCM (NIST SP 800-38D) with a random IV. The text is `<key id>.<base64url
 * of IV, ciphertext and tag>`.
 */
export function createEncryptionModel({ secret, dataKey = null, previousDataKey = null }: EncryptionOptions) {
  // Always in the ring: there may be texts from before DATA_KEY was set.
  const derived = derive(secret, 'data key', 32);
  const current = dataKey ?? derived;
  const keyring = new Map(
    [derived, dataKey, previousDataKey].flatMap(key => (key ? [[keyIdOf(key), key]] : [])),
  );
  const currentId = keyIdOf(current);

  return {
    /** @param owner whose it is; the text can be decrypted for no other */
    encrypt(plaintext: string, owner: string): string {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, current, iv).setAAD(aad(currentId, owner));
      const sealed = [iv, cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return `${currentId}.${Buffer.concat(sealed).toString('base64url')}`;
    },

    /**
     * @returns `isCurrent` false when it should be encrypted again, under the current key
     * @throws {Error} when the key is not there, or the text is altered or another owner's
     */
    decrypt(text: string, owner: string): { plaintext: string; isCurrent: boolean } {
      const [keyId = '', sealed = ''] = text.split('.');
      const key = keyring.get(keyId);
      if (!key) throw new Error(`No DATA_KEY has the id ${keyId}: see DATA_KEY_PREVIOUS`);
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(aad(keyId, owner)).setAuthTag(bytes.subarray(-TAG_BYTES));
      const opened = [decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()];
      return { plaintext: Buffer.concat(opened).toString('utf8'), isCurrent: keyId === currentId };
    },
  };
}

function derive(secret: string | Buffer, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, bytes));
}

function keyIdOf(key: Buffer): string {
  return derive(key, 'data key id', 4).toString('hex');
}

function aad(keyId: string, owner: string): Buffer {
  return Buffer.from(`${keyId}.${owner}`);
}
