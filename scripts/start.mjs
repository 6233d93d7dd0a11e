// `npm start`: builds what has changed, writes the first .env, runs the compiled server. Plain JavaScript, because it
// runs before anything is built.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
if (!isSupported(process.versions.node, engines.node)) {
  console.error(
    `Node.js ${process.versions.node} is too old: install one of ${engines.node} from https://nodejs.org`,
  );
  process.exit(1);
}

try {
  build();
  if (process.env.NODE_ENV !== 'production') {
    const { writeFirstEnv } = await import('../dist/scripts/first-start.js');
    for (const file of writeFirstEnv(process.cwd(), process.env)) console.log(`wrote ${file}`);
    if (process.env.npm_lifecycle_event) stopWithNpm();
  }
  await import('../dist/server.js');
} catch (error) {
  console.error(reasonOf(error));
  process.exit(1);
}

function build() {
  const compiler = 'node_modules/typescript/bin/tsc';
  if (!existsSync(compiler)) {
    if (existsSync('dist/server.js')) return;
    throw new Error(
      'There is no build and no compiler: run `npm ci` (with its development packages), then `npm start`.',
    );
  }
  const notMade = !existsSync('dist') && faultOfFolder('dist');
  if (notMade) throw unwritable(notMade); // before the compiler works for nothing
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build.mjs'], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  if (status === 0) return;
  const fault = faultOfFolder('dist');
  if (fault) throw unwritable(fault);
  // TS5033 of the compiler: a file cannot be written. The bundler says it in words.
  if (/TS5033|Failed to write to output file/.test(stdout + stderr)) throw unwritable('one of its files');
  const missing = packageNotFound(stdout + stderr);
  if (missing) throw new Error(missingPackage(missing));
  throw new Error(stdout.trim() || stderr.trim() || 'The compiler ended without a message.');
}

function unwritable(fault) {
  return new Error(
    `The folder dist cannot be written (${fault}): let this user write to it, or delete it. Then run \`npm start\`.`,
  );
}

/** The package that the compiler (TS2307, TS7016) or Node.js did not find. A path begins with a dot. */
function packageNotFound(output) {
  const lines = output.split('\n').filter(line => /error TS(?:2307|7016): |Cannot find package/.test(line));
  return lines.map(line => line.split("'")[1]).find(name => name && !name.startsWith('.'));
}

/** Why a folder cannot be written; makes it where it is missing. */
function faultOfFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return '';
  } catch (error) {
    return error.code;
  }
}

/** One line for what the user can mend, the stack for anything else. */
function reasonOf(error) {
  const [line] = String(error.message).split('\n', 1);
  const [, missing] = /'([^']+)'/.exec(line) ?? [];
  if (error.code === 'ERR_MODULE_NOT_FOUND' && !line.startsWith('Cannot find package')) {
    return `${missing} is missing: delete the folder dist, then run \`npm start\`.`;
  }
  if (['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(error.code)) {
    return missingPackage(missing);
  }
  return error.constructor === Error ? error.message : error.stack;
}

function missingPackage(name) {
  return `The package ${name} is missing or of another machine: run \`npm ci\`, then \`npm start\`.`;
}

/** Whether a version satisfies ranges like `^20.20.2 || >=24.14.1`. */
function isSupported(version, ranges) {
  const [major, minor, patch] = version.split('.').map(Number);
  return ranges.split(' || ').some(range => {
    const [a, b, c] = range.replace(/^\D+/, '').split('.').map(Number);
    if (major !== a) return major > a && range.startsWith('>=');
    return minor > b || (minor === b && patch >= c);
  });
}

/** Stops the server when npm is gone: npm that was killed leaves its children running, and so the port taken. */
function stopWithNpm() {
  const { pid: shell, command, parent } = describeProcess(process.ppid);
  // npm runs scripts through a shell, which some shells replace by the program.
  const starters = /^(.*\/)?(sh|dash|bash|zsh)$/.test(command) ? [shell, parent] : [shell];
  setInterval(() => {
    if (process.ppid === starters[0] && starters.every(isRunning)) return;
    if (!process.emit('SIGINT', 'SIGINT')) process.exit(0);
  }, 1000).unref();
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The command and the parent of a process: from /proc, or else from ps. Without both only the process is known. */
function describeProcess(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [begin, end] = [stat.indexOf('('), stat.lastIndexOf(')')];
    const [, , parent] = stat.slice(end).split(' ');
    return { pid, command: stat.slice(begin + 1, end), parent: Number(parent) };
  } catch {
    const { stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' });
    const [, parent, command = ''] = /^ *(\d+) +(.*)$/m.exec(stdout ?? '') ?? [];
    return { pid, command, parent: Number(parent) };
  }
}
