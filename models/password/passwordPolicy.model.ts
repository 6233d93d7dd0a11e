import { invalidInput } from '../../errors.ts';
import { createCommonPasswords } from './commonPasswords.ts';

/** So many more letters or digits than the name or address are still too similar. */
const NEARLY = 3;

/** The owner of the password. */
export interface PasswordOwner {
  name: string | null;
  email: string;
}

interface Rules {
  /** Characters (Unicode code points). */
  minLength: number;
  /** In UTF-8. */
  maxBytes: number;
}

export type PasswordPolicy = ReturnType<typeof createPasswordPolicy>;

/**
 * The rules for new passwords (NIST SP 800-63B-4, section 3.1.1.2; ASVS 5.0, section 6.2): a length, and no common
 * password. There is no rule about characters. Logins are not checked.
 */
export function createPasswordPolicy({ minLength, maxBytes }: Rules) {
  const common = createCommonPasswords(minLength);

  /** The fault of a password and what to do, or null. */
  async function faultOf(password: string, owner?: PasswordOwner): Promise<string | null> {
    if (Buffer.byteLength(password) > maxBytes) return `must be at most ${maxBytes} bytes in UTF-8`;
    if (!password.isWellFormed() || password.includes('\0')) return 'must be well-formed Unicode without NUL';
    if ([...password].length < minLength) return `must have at least ${minLength} characters`;
    if (owner && isAbout(password, owner))
      return 'must not be your name or e-mail address: take something that others do not know of you';
    if (await common.has(password))
      return 'is one of the most common passwords and would be guessed first: take some words that do not belong together';
    return null;
  }

  return {
    faultOf,

    /**
     * @param path the member of the body of the body that it came in
     * @throws {ApiError} `validation_failed` /
     */
    async check(path: string, password: string, owner: PasswordOwner): Promise<void> {
      const message = await faultOf(password, owner);
      if (message) throw invalidInput({ path, message });
    },
  };
}

/** Whether the password is the name, the address or its local part, apart from signs and a few digits. */
function isAbout(password: string, { name, email }: PasswordOwner): boolean {
  const chosen = lettersAndDigits(password);
  const own = [name ?? '', email, email.slice(0, email.lastIndexOf('@'))].map(lettersAndDigits);
  return own.some(
    text =>
      text !== '' &&
      (chosen === text ||
        (chosen.length <= text.length + NEARLY && withoutOuterDigits(chosen) === withoutOuterDigits(text))),
  );
}

function lettersAndDigits(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

function withoutOuterDigits(text: string): string {
  return text.replace(/^\p{N}+(?=\p{L})|(?<=\p{L})\p{N}+$/gu, '');
}
