import { spawnSync } from 'node:child_process';
import { copyFile, cp, link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, normalize } from 'node:path';
import { bareEnvironment, type RunningProcess, run } from '../support/checkout.ts';

/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  name: string;
  flags: Record<string, string>;
  /** The exec form's words, or what stands there split at blanks. */
  words: string[];
  text: string;
}

/** What a Dockerfile makes: a folder instead of an image, and how to run what is in it. */
export interface Image {
  /** Stands for `/`. */
  root: string;
  workdir: string;
  env: Record<string, string>;
  user: string;
  cmd: string[];
  healthcheck: string[];
  remove(): Promise<void>;
}

type Stage = Omit<Image, 'remove'>;

export function parseDockerfile(text: string): Instruction[] {
  const lines = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n/g, ' ');
  return [...lines.matchAll(/^([A-Z]+)\s+(.*)$/gm)].map(([, name = '', all = '']) => {
    const [leading = ''] = /^(?:--\S+\s+)*/.exec(all) ?? [];
    const flags = [...leading.matchAll(/--([\w-]+)=(\S+)/g)].map(([, flag, value]) => [flag, value]);
    const rest = all.slice(leading.length).trim();
    const words = rest.startsWith('[') ? (JSON.parse(rest) as string[]) : rest.split(/\s+/);
    return { name, flags: Object.fromEntries(flags), words, text: rest };
  });
}

/** Whether a .dockerignore keeps a path out of the build: the last pattern that fits decides. */
export function isIgnored(path: string, dockerignore: string): boolean {
  const patterns = dockerignore.split('\n').filter(line => line !== '' && !line.startsWith('#'));
  const fitting = patterns.findLast(pattern => {
    const escaped = pattern.replace(/^!/, '').replace(/[.+^$()|{}\\]/g, '\\$&');
    const glob = escaped.replace(
      /\*\*\/|\*|\?/g,
      part => ({ '**/': '(?:.*/)?', '*': '[^/]*' })[part] ?? '[^/]',
    );
    return new RegExp(`^${glob}(?:/|$)`).test(path);
  });
  return fitting !== undefined && !fitting.startsWith('!');
}

/**
 * Carries a Dockerfile out in a temporary folder, as far as that goes without an engine: every COPY, under the
 * .dockerignore, and every RUN. `npm ci` takes the packages that are installed here instead of the registry's.
 * @param context the folder to build from
 * @throws Error at an instruction that it does not know
 */
export async function buildImage(context: string): Promise<Image> {
  const home = await mkdtemp(join(tmpdir(), 'image-'));
  const dockerignore = await readFile(join(context, '.dockerignore'), 'utf8');
  const stages: Record<string, Stage> = {};
  let stage: Stage | undefined;

  for (const { name, flags, words, text } of parseDockerfile(
    await readFile(join(context, 'Dockerfile'), 'utf8'),
  )) {
    if (name === 'FROM') {
      const root = join(home, words[2] ?? 'final');
      await mkdir(root);
      stage = { root, workdir: '/', env: {}, user: 'root', cmd: [], healthcheck: [] };
      stages[words[2] ?? 'final'] = stage;
      continue;
    }
    if (!stage) throw new Error(`${name} before FROM`);
    const directory = join(stage.root, stage.workdir);
    if (name === 'WORKDIR') {
      stage.workdir = text;
      await mkdir(join(stage.root, text), { recursive: true });
    } else if (name === 'COPY') {
      const from = stages[flags.from ?? ''];
      const target = join(directory, words.at(-1) ?? '');
      for (const source of words.slice(0, -1)) {
        const path = from ? join(from.root, source) : join(context, source);
        const into = (await stat(path)).isDirectory() ? target : join(target, basename(path));
        const kept = (file: string) => {
          const relative = normalize(file).slice(normalize(context).length + 1);
          return from !== undefined || relative === '' || !isIgnored(relative, dockerignore);
        };
        await cp(path, into, { recursive: true, filter: kept });
      }
    } else if (name === 'RUN') {
      for (const command of text.split('&&')) await runStep(command.trim(), directory);
    } else if (name === 'ENV') {
      for (const word of words) stage.env[word.split('=', 1)[0] ?? ''] = word.slice(word.indexOf('=') + 1);
    } else if (name === 'USER') stage.user = text;
    else if (name === 'CMD') stage.cmd = words;
    else if (name === 'HEALTHCHECK') stage.healthcheck = parseDockerfile(text)[0]?.words ?? [];
    else if (!['EXPOSE', 'STOPSIGNAL'].includes(name)) throw new Error(`${name} cannot be carried out here`);
  }
  if (!stage) throw new Error('no stage');
  // mkdtemp lets only its owner in; in an image everybody can read. Links are left alone: their rights are those of the
  // installed files.
  spawnSync('find', [
    home,
    '(',
    '-links',
    '1',
    '-o',
    '-type',
    'd',
    ')',
    '-exec',
    'chmod',
    'a+rX,go-w',
    '{}',
    '+',
  ]);
  return { ...stage, remove: () => rm(home, { recursive: true, force: true }) };
}

async function runStep(command: string, directory: string): Promise<void> {
  const installed = join(process.cwd(), 'node_modules');
  if (command === 'npm ci') await symlink(installed, join(directory, 'node_modules'));
  else if (command === 'npm ci --omit=dev') {
    for (const path of await lockedForProduction(directory)) {
      await linkPackage(join(process.cwd(), path), join(directory, path));
    }
  } else if (command.startsWith('npm run ')) {
    const step = run('npm', command.split(' ').slice(1), { cwd: directory, env: bareEnvironment() });
    if ((await step.exited) !== 0) throw new Error(`${command} failed:\n${step.output()}`);
  } else throw new Error(`RUN ${command} cannot be carried out here`);
}

/**
 * Fills a folder with links to the files of a package, which takes a tenth of the time of copies. Packages below it are
 * left out, and the files that nobody reads at run time: more than half.
 */
async function linkPackage(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.name === 'node_modules' || /\.(?:[mc]?ts|map|md)$/.test(entry.name)) continue;
    if (entry.isDirectory()) await linkPackage(from, to);
    else await link(from, to).catch(() => copyFile(from, to)); // no link leads to another file system
  }
}

interface Lock {
  packages: Record<string, { dev?: boolean; optional?: boolean }>;
}

/** What `npm ci --omit=dev` installs: folders below `node_modules`, without what is for other platforms. */
async function lockedForProduction(directory: string): Promise<string[]> {
  const { packages }: Lock = JSON.parse(await readFile(join(directory, 'package-lock.json'), 'utf8'));
  const paths = Object.keys(packages).filter(path => path !== '' && !packages[path]?.dev);
  const present = await Promise.all(
    paths.map(async path => {
      const there = await readdir(path).then(
        () => true,
        () => false,
      );
      if (!there && !packages[path]?.optional) throw new Error(`${path} is locked and not installed here`);
      return there;
    }),
  );
  return paths.filter((_, i) => present[i]);
}

/** Runs a program of the image in its folder, as its user where this process may do that. */
export function runIn(
  image: Image,
  [command = '', ...args]: string[],
  env: Record<string, string>,
): RunningProcess {
  const [uid, gid] = image.user.split(':').map(Number);
  return run(command, args, {
    cwd: join(image.root, image.workdir),
    env: bareEnvironment({ ...image.env, ...env }),
    ...(process.getuid?.() === 0 && { uid, gid }),
  });
}
