import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { envSchema } from '../../config/env.schema.ts';
import { type KeyFile, type KeyFileEntry, keyFileSchema } from '../../config/keySets.ts';
import type { Program, Surroundings } from '../program.ts';

const usage = `usage: npm run keys -- generate [--alg ES256|RS256|HS256] [--pem FILE]
       npm run keys -- rotate [--now]
       npm run keys -- remove KID
       npm run keys -- list

  generate  adds the next key; it signs nothing yet. --alg ES256 unless given; --pem takes a private key that you have
  rotate    makes the next key the active one; the key before it still verifies. --now does not wait for readers
  remove    takes a key away that is not active; its tokens are refused at once
  list      shows every key, without its secret

Send SIGHUP to the API after each change.`;

/** How long other services may keep the key set (its Cache-Control). */
const READERS_MS = 300_000;
/** Tokens of a retired key have expired after JWT_EXPIRES_IN; clocks may differ. */
const MARGIN_MS = 60_000;

/** `npm run keys`. */
export const keys: Program = async surroundings => {
  try {
    for (const line of runCommand(surroundings)) surroundings.console.log(line);
    return 0;
  } catch (error) {
    surroundings.console.error(`keys: ${error instanceof Error ? error.message : error}`);
    return 1;
  }
};

/** Returns the lines to print. */
function runCommand({ args, settings }: Surroundings): string[] {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { alg: { type: 'string' }, pem: { type: 'string' }, now: { type: 'boolean' } },
  });
  const [command, kid, ...more] = positionals;
  const variables = settings();
  const { JWT_KEYS: path = '' } = variables;
  const lifetime = envSchema.shape.JWT_EXPIRES_IN.parse(variables.JWT_EXPIRES_IN) * 1000;
  if (more.length > 0 || (kid !== undefined) !== (command === 'remove')) throw new Error(usage);
  if (path === '' || path.startsWith('{')) {
    throw new Error(
      'set JWT_KEYS in .env to the path of the key file first, for example JWT_KEYS=data/keys.json',
    );
  }
  const now = Date.now();
  /** Without the retired keys whose tokens have expired. */
  const needed = (keys: KeyFileEntry[]) =>
    keys.filter(({ retired_at }) => !retired_at || Date.parse(retired_at) + lifetime + MARGIN_MS >= now);
  const age = values.now ? 0 : READERS_MS;
  switch (command) {
    case 'list':
      return read(path).map(keyLine);
    case 'remove':
      return [edit(path, keys => removed(keys, kid))];
    case 'rotate':
      return [edit(path, keys => rotated(needed(keys), now, age))];
    case 'generate':
      return [edit(path, keys => extended(needed(keys), newKey(values.alg, values.pem, now)))];
    default:
      throw new Error(usage);
  }
}

/** The keys after a change, and what to say of it. */
interface Change {
  keys: KeyFileEntry[];
  text: string;
}

function keyLine({ kid, alg, state, created_at = '', retired_at }: KeyFileEntry): string {
  const times = retired_at ? `${created_at}  retired ${retired_at}` : created_at;
  return `${state.padEnd(7)}  ${alg}  ${kid}  ${times}`.trimEnd();
}

function extended(keys: KeyFileEntry[], next: KeyFileEntry): Change {
  if (keys.some(({ state }) => state === 'next'))
    throw new Error('there is a next key already: rotate first');
  return {
    keys: [...keys, next],
    text: `${next.kid} (${next.alg}) is the next key. Send SIGHUP to every process of the API, then rotate.`,
  };
}

function removed(keys: KeyFileEntry[], kid: string | undefined): Change {
  const key = keys.find(each => each.kid === kid);
  if (!key) throw new Error(`there is no key ${kid}`);
  if (key.state === 'active') throw new Error(`${kid} is active: rotate first`);
  return {
    keys: keys.filter(each => each !== key),
    text: `${kid} is removed. Send SIGHUP to every process of the API.`,
  };
}

function newKey(alg = 'ES256', pem: string | undefined, now: number): KeyFileEntry {
  const created_at = new Date(now).toISOString();
  const kid = `${created_at.slice(0, 10)}-${randomBytes(4).toString('hex')}`;
  const common = { kid, state: 'next', created_at } as const;
  if (alg === 'HS256' && pem === undefined)
    return { ...common, alg, secret: randomBytes(32).toString('hex') };
  if (alg === 'ES256' || alg === 'RS256') {
    return {
      ...common,
      alg,
      private_key: pem === undefined ? newPrivateKey(alg) : readFileSync(pem, 'utf8'),
    };
  }
  throw new Error(usage);
}

function newPrivateKey(alg: 'ES256' | 'RS256'): string {
  const { privateKey } =
    alg === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 3072 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function rotated(keys: KeyFileEntry[], now: number, ageMs: number): Change {
  const next = keys.find(({ state }) => state === 'next');
  if (!next)
    throw new Error('there is no next key: generate one first, and send SIGHUP to every process of the API');
  const wait = Math.ceil((Date.parse(next.created_at ?? '') + ageMs - now) / 1000);
  if (wait > 0) {
    throw new Error(
      `${next.kid} is new: other services may not know it yet. Wait ${wait} s more, or give --now where only this API verifies and every process had SIGHUP`,
    );
  }
  const retired_at = new Date(now).toISOString();
  const changed = keys.map((key): KeyFileEntry => {
    if (key === next) return { ...key, state: 'active' };
    return key.state === 'active' ? { ...key, state: 'retired', retired_at } : key;
  });
  return { keys: changed, text: `${next.kid} is active. Send SIGHUP to every process of the API.` };
}

function read(path: string): KeyFile['keys'] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const file = keyFileSchema.safeParse(JSON.parse(text));
  if (!file.success) throw new Error(`${path} is no key file: ${file.error.issues[0]?.message}`);
  return file.data.keys;
}

/**
 * Writes the changed file beside the old one and renames it, so that a reader has the one or the other.
 * @returns what to say of the change
 */
function edit(path: string, change: (keys: KeyFile['keys']) => Change): string {
  mkdirSync(dirname(path), { recursive: true });
  const lock = `${path}.lock`;
  try {
    closeSync(openSync(lock, 'wx'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new Error(`${lock} is there: another command edits the keys. Remove the file where none does`);
  }
  const draft = `${path}.draft`;
  try {
    const { keys, text } = change(read(path));
    const file: KeyFile = { keys };
    const checked = keyFileSchema.safeParse(file);
    if (!checked.success)
      throw new Error(`the change would give no key file: ${checked.error.issues[0]?.message}`);
    rmSync(draft, { force: true });
    writeFileSync(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: modeOf(path), flag: 'wx' });
    const descriptor = openSync(draft, 'r+');
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(draft, path);
    return text;
  } finally {
    rmSync(draft, { force: true });
    rmSync(lock, { force: true });
  }
}

function modeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mode ?? 0o600;
}
