import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KeyFile, keyFileSchema } from '../../config/keySets.ts';
import { keys as keysProgram } from '../../scripts/keys/keys.ts';
import { bareEnvironment, run } from '../support/checkout.ts';
import { callProgram } from '../support/programs.ts';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'keys-'));
  file = join(directory, 'data/keys.json');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const keys = (args: string[], settings: Record<string, string> = {}) =>
  callProgram(keysProgram, args, { JWT_KEYS: file, ...settings });

/** Starts the program. */
async function startKeys(...args: string[]) {
  const env = bareEnvironment({ JWT_KEYS: file });
  const program = run(process.execPath, ['--import', 'tsx', 'scripts/keys.ts', ...args], { env });
  return { code: await program.exited, output: program.output() };
}
const stored = async (): Promise<KeyFile['keys']> =>
  keyFileSchema.parse(JSON.parse(await readFile(file, 'utf8'))).keys;
const states = async () => (await stored()).map(({ alg, state }) => `${alg} ${state}`);

/** Makes the keys older, as if the commands had been given that long ago. */
async function age(ms: number): Promise<void> {
  const before = (time?: string) => time && new Date(Date.parse(time) - ms).toISOString();
  const aged = (await stored()).map(key => ({
    ...key,
    created_at: before(key.created_at),
    retired_at: before(key.retired_at),
  }));
  await writeFile(file, JSON.stringify({ keys: aged }));
}

describe('npm run keys', () => {
  it('makes keys, rotates them when readers know the next one, and forgets those whose tokens are gone', async () => {
    expect(await keys(['list'])).toEqual({ code: 0, output: '' });
    expect((await keys(['generate'])).output).toMatch(/^\S+ \(ES256\) is the next key\. Send SIGHUP/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await states()).toEqual(['ES256 next']);
    expect(await keys(['generate'])).toEqual({
      code: 1,
      output: 'keys: there is a next key already: rotate first\n',
    });

    const early = await keys(['rotate']);
    expect([early.code, early.output]).toEqual([
      1,
      expect.stringMatching(/is new: .*Wait (29\d|300) s more/),
    ]);
    expect(await states()).toEqual(['ES256 next']);
    await age(300_000);
    expect((await keys(['rotate'])).code).toBe(0);
    expect(await states()).toEqual(['ES256 active']);

    await keys(['generate', '--alg', 'RS256']);
    expect((await keys(['rotate', '--now'])).code).toBe(0);
    await keys(['generate', '--alg', 'HS256']);
    expect(await states()).toEqual(['ES256 retired', 'RS256 active', 'HS256 next']);
    await age(3_600_000);
    expect((await keys(['rotate', '--now'])).code).toBe(0);
    // The margin for clocks is not over yet.
    expect(await states()).toEqual(['ES256 retired', 'RS256 retired', 'HS256 active']);
    await age(61_000);
    await keys(['generate'], { JWT_EXPIRES_IN: '7200' });
    expect(await states()).toEqual(['ES256 retired', 'RS256 retired', 'HS256 active', 'ES256 next']);
    await keys(['rotate', '--now']);
    expect(await states()).toEqual(['RS256 retired', 'HS256 retired', 'ES256 active']);
  });

  it('lists every key without its secret', async () => {
    await keys(['generate', '--alg', 'HS256']);
    await keys(['rotate', '--now']);
    await keys(['generate']);
    const { output } = await keys(['list']);
    expect(output).toMatch(/^active {3}HS256 {2}\S+ {2}\S+Z\nnext {5}ES256 {2}\S+ {2}\S+Z\n$/);
    for (const key of await stored()) expect(output).not.toContain(key.alg === 'HS256' ? key.secret : 'KEY');
  });

  it('takes a private key that exists already, where it fits', async () => {
    const pem = join(directory, 'own.pem');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await writeFile(pem, privateKey.export({ type: 'pkcs1', format: 'pem' }));
    expect((await keys(['generate', '--alg', 'ES256', '--pem', pem])).output).toMatch(
      /ES256 needs a key on the curve/,
    );
    await expect(stat(file)).rejects.toThrow('ENOENT');
    expect((await keys(['generate', '--alg', 'RS256', '--pem', pem])).code).toBe(0);
    expect(await states()).toEqual(['RS256 next']);
  });

  it('removes a key that is not active', async () => {
    await keys(['generate']);
    await keys(['rotate', '--now']);
    await keys(['generate']);
    const [active, next] = await stored();
    expect((await keys(['remove', active?.kid ?? ''])).output).toMatch(/is active: rotate first/);
    expect((await keys(['remove', 'nobody'])).output).toBe('keys: there is no key nobody\n');
    expect((await keys(['remove', next?.kid ?? ''])).code).toBe(0);
    expect(await states()).toEqual(['ES256 active']);
  });

  it.each([
    ['no command', []],
    ['an unknown one', ['destroy']],
    ['a kid too many', ['rotate', 'x']],
    ['a missing kid', ['remove']],
    ['an unknown algorithm', ['generate', '--alg', 'none']],
    ['a PEM for a secret', ['generate', '--alg', 'HS256', '--pem', 'x']],
  ])('says how to use it after %s', async (_name, args) => {
    const { code, output } = await keys(args);
    expect([code, output]).toEqual([1, expect.stringContaining('usage: npm run keys -- generate')]);
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  it('says what is wrong with the setting or the file, and leaves the file as it is', async () => {
    expect((await keys(['list'], { JWT_KEYS: '' })).output).toMatch(
      /^keys: set JWT_KEYS in \.env to the path/,
    );
    file = join(directory, 'keys.json');
    for (const text of ['{"keys":[{"kid":"a"}]}', 'no JSON', '']) {
      await writeFile(file, text);
      expect((await keys(['generate'])).code).toBe(1);
      expect(await readFile(file, 'utf8')).toBe(text);
    }
  });

  it('lets one command edit at a time', async () => {
    await keys(['generate']);
    await writeFile(`${file}.lock`, '');
    expect((await keys(['rotate', '--now'])).output).toMatch(
      /\.lock is there: another command edits the keys/,
    );
    expect(await states()).toEqual(['ES256 next']);
    await rm(`${file}.lock`);
    const outcomes = await Promise.all([1, 2, 3].map(() => startKeys('rotate', '--now')));
    expect(outcomes.filter(({ code }) => code === 0)).toHaveLength(1);
    expect(await states()).toEqual(['ES256 active']);
  });
});
