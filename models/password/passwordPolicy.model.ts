import { invalidInput } from '../../errors.ts';
import { createCommonPasswords } from './commonPasswords.ts';

/** How much a password may have beside a name or an address and still be little else, in letters and digits. */
const NEARLY = 3;

/** Whose password it is to be. */
export interface PasswordOwner {
  name: string | null;
  email: string;
}

interface Rules {
  /** Characters (Unicode code points). */
  minLength: number;
  /** As far as the hash reads, in UTF-8. */
  maxBytes: number;
}

export type PasswordPolicy = ReturnType<typeof createPasswordPolicy>;

/**
 * Which passwords people may choose (NIST SP 800-63B-4, section 3.1.1.2; ASVS 5.0, section 6.2): length, and none that
 * is tried first; nothing about its characters. For a login this is not asked.
 */
export function createPasswordPolicy({ minLength, maxBytes }: Rules) {
  const common = createCommonPasswords(minLength);

  /** What is wrong with it and what to do, or null. */
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
     * @param path the member of the body that it came in
     * @throws {ApiError} `validation_failed`
     */
    async check(path: string, password: string, owner: PasswordOwner): Promise<void> {
      const message = await faultOf(password, owner);
      if (message) throw invalidInput({ path, message });
    },
  };
}

/** Whether it is the name, the address or what stands before the @, but for signs and a few digits around it. */
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
