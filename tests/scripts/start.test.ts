import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeFirstEnv } from '../../scripts/first-start.ts';
import { bareEnvironment, buildCheckout, run, startFolder } from '../support/checkout.ts';
import { mountSmallDisk } from '../support/faults/smallDisk.ts';

/** Without the rights of root. Who runs the tests as another user has none. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
const secrets =
  'JWT_SECRET=mine-and-mine-alone-32-bytes-long\nSIGNATURE_KEY=also-mine-alone-and-32-bytes-long\n';

/** Where a start builds first. */
let checkout: Awaited<ReturnType<typeof buildCheckout>>;
/** Where it does not. */
let built: Awaited<ReturnType<typeof startFolder>>;
/** The one of both that the test is about. */
let directory: string;
beforeAll(async () => {
  [checkout, built] = await Promise.all([buildCheckout(), startFolder()]);
  for (const folder of [checkout, built]) await chmod(folder.directory, 0o755);
  directory = checkout.directory;
  await handOver();
});
afterAll(() => Promise.all([checkout.remove(), built.remove()]));

const path = (name: string) => join(directory, name);

/** Gives the build to the user of the starts. */
async function handOver(): Promise<void> {
  if (NOBODY.uid) spawnSync('chown', ['-R', `${NOBODY.uid}:${NOBODY.gid}`, path('dist')]);
}

/** What a start prints that cannot be, in a line for each fault. */
async function failedStart(env: Record<string, string> = {}, lines = 1): Promise<string> {
  const program = run(process.execPath, ['scripts/start.mjs'], {
    cwd: directory,
    env: bareEnvironment({ PORT: '0', ...env }),
    ...NOBODY,
  });
  expect(await program.exited, program.output()).toBe(1);
  const output = program.output().trim();
  expect(output.split('\n'), output).toHaveLength(lines);
  return output;
}

/** A start while a file or folder has these rights. */
async function failedStartWith(name: string, mode: number): Promise<string> {
  const before = (await stat(path(name))).mode;
  await chmod(path(name), mode);
  try {
    return await failedStart();
  } finally {
    await chmod(path(name), before);
  }
}

/** Runs a part of a test without these packages, or without all of them. */
async function withoutPackages(names: string[] | null, work: () => Promise<void>): Promise<void> {
  await rename(path('node_modules'), path('packages'));
  if (names) await mkdir(path('node_modules'));
  for (const name of names ? await readdir('node_modules') : []) {
    if (!names?.includes(name))
      await symlink(join(process.cwd(), 'node_modules', name), path(`node_modules/${name}`));
  }
  try {
    await work();
  } finally {
    await rm(path('node_modules'), { recursive: true, force: true });
    await rename(path('packages'), path('node_modules'));
  }
}

describe('npm start says in one line what to do', () => {
  beforeEach(() => {
    directory = built.directory;
    return writeFile(path('.env'), secrets, { mode: 0o644 });
  });
  afterEach(() => rm(path('.env'), { recursive: true, force: true }));

  it('when .env is a folder', async () => {
    await rm(path('.env'));
    await mkdir(path('.env'));
    expect(await failedStart()).toBe(
      'The configuration is not usable: .env cannot be read (EISDIR): it is a folder. Move it away; the next `npm start` writes the file',
    );
  });

  it('when .env may not be read', async () => {
    expect(await failedStartWith('.env', 0)).toMatch(
      / \.env cannot be read \(EACCES\): this user may not\. Give it the right/,
    );
  });

  it('when a setting is invalid, and a line for each when several are', async () => {
    expect(await failedStart({ BCRYPT_ROUNDS: 'x' })).toBe(
      'The configuration is not usable: BCRYPT_ROUNDS must be a whole number',
    );
    const several = await failedStart({ JWT_KEYS: 'none.json', SIGNATURE_KEYS: 'no.json' }, 3);
    expect(several).toContain('JWT_KEYS names the file none.json, which cannot be read: ENOENT\n');
  });

  it('when .env cannot be written', async () => {
    await rm(path('.env'));
    expect(await failedStartWith('', 0o555)).toBe(
      `.env cannot be written (EACCES): let this user write to the folder ${directory}`,
    );
    expect(existsSync(path('.env'))).toBe(false);
  });

  it('when data cannot be written, or is a file', async () => {
    const denied =
      /^The SQLite file data\/auth\.sqlite cannot be used: .*\. Let this user write to the file and to its folder/;
    expect(await failedStartWith('', 0o555)).toMatch(denied);
    await mkdir(path('data'));
    expect(await failedStartWith('data', 0o555)).toMatch(denied);
    await rm(path('data'), { recursive: true });
    await writeFile(path('data'), '');
    expect(await failedStart()).toMatch(denied);
    await rm(path('data'));
  });
});

describe('npm start says of the build in one line what to do', () => {
  beforeEach(() => {
    directory = checkout.directory;
    return writeFile(path('.env'), secrets, { mode: 0o644 });
  });
  afterEach(() => rm(path('.env')));

  it('when the build cannot be written', async () => {
    const unwritable =
      /^The folder dist cannot be written \(EACCES\): let this user write to it, or delete it\./;
    await rename(path('dist'), path('built'));
    expect(await failedStartWith('', 0o555)).toMatch(unwritable);
    await cp(path('built'), path('dist'), { recursive: true });
    await handOver();
    const text = await readFile(path('deadline.ts'));
    await writeFile(path('deadline.ts'), `${text}\nvoid 0;\n`);
    expect(await failedStartWith('dist/deadline.js', 0o444)).toMatch(
      /^The folder dist cannot be written \(one of its files\)/,
    );
    await writeFile(path('deadline.ts'), text);
    await rm(path('dist'), { recursive: true });
    await rename(path('built'), path('dist'));
  });

  it('when a part of the build is missing, and there is no compiler to make it', async () => {
    await rename(path('dist/chunks'), path('chunks'));
    await withoutPackages(['typescript'], async () => {
      expect(await failedStart()).toMatch(
        /dist\/chunks\/[\w-]+\.js is missing: delete the folder dist, then run `npm start`\.$/,
      );
    });
    await rename(path('chunks'), path('dist/chunks'));
  });

  it('before `npm ci`, and when it was run before a package came', async () => {
    const missing = (name: string) =>
      new RegExp(
        `^The package ${name} is missing or of another machine: run \`npm ci\`, then \`npm start\`\\.$`,
      );
    await withoutPackages(null, async () => {
      expect(await failedStart()).toMatch(missing('\\w+'));
      await rename(path('dist'), path('built'));
      expect(await failedStart()).toMatch(/^There is no build and no compiler: run `npm ci`/);
      await rename(path('built'), path('dist'));
    });
    for (const name of ['helmet', 'esbuild']) {
      await withoutPackages([name], async () => expect(await failedStart()).toMatch(missing(name)));
    }
    // Not in the bundle, so only the server misses it.
    await withoutPackages(['bcrypt', 'typescript'], async () => {
      expect(await failedStart()).toMatch(missing('bcrypt'));
    });
  });

  it('and shows what the compiler found in changed code', async () => {
    const text = await readFile(path('deadline.ts'));
    await writeFile(path('deadline.ts'), `${text}\nvoid ((): number => "");\n`);
    expect(await failedStart()).toMatch(/^deadline\.ts\(\d+,\d+\): error TS2322: /);
    await writeFile(path('deadline.ts'), text);
  });
});

describe('npm ci', () => {
  it('stops on a Node.js that the API does not run on', async () => {
    const fake = `Object.defineProperty(process, 'version', { value: 'v22.20.0' });`;
    const NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(fake)}`;
    const program = run('npm', ['ci', '--dry-run', '--offline'], {
      cwd: checkout.directory,
      env: bareEnvironment({ NODE_OPTIONS }),
    });
    expect(await program.exited).toBe(1);
    expect(program.output()).toContain('EBADENGINE');
  });
});

const disk = mountSmallDisk(1);
afterAll(() => disk?.remove());

describe.skipIf(!disk)('a full disk', () => {
  it('leaves no half of a .env', async () => {
    const folder = await mkdtemp(join(disk?.dir ?? '', 'full-'));
    const example = `${'# a comment\n'.repeat(500)}JWT_SECRET=\nSIGNATURE_KEY=x\n`;
    await writeFile(join(folder, '.env.example'), example);
    disk?.fill();
    expect(() => writeFirstEnv(folder, {})).toThrow(
      /^\.env cannot be written \(ENOSPC\): free space on the disk/,
    );
    expect(await readdir(folder)).toEqual(['.env.example']);
    disk?.empty();
    expect(writeFirstEnv(folder, {})).toContain('.env');
  });
});
