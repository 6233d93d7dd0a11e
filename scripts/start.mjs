// `npm start`: builds what has changed, writes the first .env, runs the compiled server. Plain JavaScript, because it
// runs before anything is built.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
if (!isSupported(process.versions.node, engines.node)) {
  console.error(
    `Node.js ${process.versions.node} is too old: install one of ${engines.node} from https://nodejs.org`,
  );
  process.exit(1);
}

const compiler = 'node_modules/typescript/bin/tsc';
if (existsSync(compiler)) {
  const build = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  if (build.status !== 0) process.exit(build.status ?? 1);
} else if (!existsSync('dist/server.js')) {
  console.error(
    'There is no build and no compiler: run `npm ci` (with its development packages), then `npm start`.',
  );
  process.exit(1);
}

if (process.env.NODE_ENV !== 'production') {
  const { writeFirstEnv } = await import('../dist/scripts/first-start.js');
  for (const file of writeFirstEnv(process.cwd(), process.env)) console.log(`wrote ${file}`);
  if (process.env.npm_lifecycle_event) stopWithNpm();
}
await import('../dist/server.js');

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
