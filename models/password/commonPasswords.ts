/** Longer repetitions and runs (in UTF-16 units) are rare. */
const MAX_PATTERN = 16;

/** Runs on a keyboard: alphabet, digits, rows and columns. */
const runs = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertyuiop[]',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  '!@#$%^&*()_+',
].flatMap(run => [run, reversed(run)]);

/**
 * Common passwords: those of zxcvbn's list, also backwards, and runs and repetitions, which the list lacks.
 * @param minLength what is shorter is refused anyway, in characters
 */
export function createCommonPasswords(minLength: number) {
  let loading: Promise<ReadonlySet<string>> | undefined;

  /** Loaded at first use: it takes 8 MB. */
  async function load(): Promise<ReadonlySet<string>> {
    const { dictionary } = await import('@zxcvbn-ts/language-common');
    return new Set(dictionary['passwords-common'].filter(({ length }) => length >= minLength));
  }

  return {
    /** Whether the whole text is one of them, in any case of letters. */
    async has(password: string): Promise<boolean> {
      const text = password.normalize('NFKC').toLowerCase();
      loading ??= load();
      const list = await loading;
      const isKnown = (part: string) => list.has(part) || list.has(reversed(part));
      if (isKnown(text)) return true;
      if (text.length > MAX_PATTERN) return false;
      const unit = repeatedUnit(text);
      return isRun(unit) || (unit !== text && (unit.length < minLength || isKnown(unit)));
    },
  };
}

/** The part that a text repeats; the whole text where it repeats nothing. */
function repeatedUnit(text: string): string {
  for (let length = 1; length <= text.length / 2; length++)
    if (text.slice(length) === text.slice(0, -length)) return text.slice(0, length);
  return text;
}

function isRun(text: string): boolean {
  return runs.some(run => run.includes(text));
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
