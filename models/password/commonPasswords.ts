/** A longer repetition or run, in UTF-16 units, is nothing that many people have. */
const MAX_PATTERN = 16;

/** What fingers run along: alphabet, digits, and the rows and columns of keyboards. */
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

export type CommonPasswords = ReturnType<typeof createCommonPasswords>;

/**
 * The passwords that most people choose: those of zxcvbn's list, forwards and backwards, and the runs and repetitions
 * which that list leaves out.
 * @param minLength what is shorter is refused anyway, in characters
 */
export function createCommonPasswords(minLength: number) {
  let loading: Promise<ReadonlySet<string>> | undefined;

  /** At the first question: 8 MB that a process without registrations does without. */
  async function load(): Promise<ReadonlySet<string>> {
    const { dictionary } = await import('@zxcvbn-ts/language-common');
    return new Set(dictionary['passwords-common'].filter(({ length }) => length >= minLength));
  }

  return {
    /** Whether the whole of it is one of them, whatever the case of its letters. */
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

/** What a text repeats, twice or more often; the whole text where it repeats nothing. */
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
