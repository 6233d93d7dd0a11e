import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that is installed where it is missing. */
export interface Installable {
  /** The names that it may have, the best first. */
  binaries: string[];
  /** Debian's packages of it; the second is for a Debian without the first. */
  packages: string[];
}

export const REDIS: Installable = { binaries: ['redis-server'], packages: ['redis-server'] };
export const MARIADB: Installable = { binaries: ['mariadbd', 'mysqld'], packages: ['mariadb-server-core'] };
export const NATS: Installable = { binaries: ['nats-server'], packages: ['nats-server'] };
export const NGINX: Installable = { binaries: ['nginx'], packages: ['nginx'] };
export const PHP: Installable = { binaries: ['php'], packages: ['php-cli'] };
export const CHROMIUM: Installable = {
  // The shell is Chromium without its window, so a start takes less than half of the processor time.
  binaries: ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'],
  packages: ['chromium-headless-shell', 'chromium'],
};

/** The path of the first of these programs that this machine has, on PATH or in the usual folders beside it. */
export function findBinary(names: string[]): string | undefined {
  const formulas = ['/opt/homebrew/opt', '/usr/local/opt']
    .filter(existsSync)
    .flatMap(opt => readdirSync(opt).map(formula => join(opt, formula, 'bin')));
  const usual = ['/usr/bin', '/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'];
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...usual, ...formulas];
  return names
    .flatMap(name => folders.map(folder => join(folder, name)))
    .find(path => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/**
 * Installs those of these programs that are missing, with apt-get where that needs no password. Together they take half
 * the time. Tells nothing of how it went.
 */
export function install(...programs: Installable[]): void {
  const missing = programs.filter(({ binaries }) => !findBinary(binaries));
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const succeeds = (...argv: string[]) => {
    const [command = '', ...args] = [...sudo, ...argv];
    return spawnSync(command, args).status === 0;
  };
  if (missing.length === 0 || process.platform !== 'linux') return;
  if (!findBinary(['apt-get']) || !succeeds('true')) return;
  const names = missing.flatMap(({ packages }) => packages.slice(0, 1));
  console.log(`Installing with apt-get, as the tests need it: ${names.join(', ')}`);
  // Another installation may be under way: wait for it instead of failing.
  const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=300'];
  const installs = (...packages: string[]) =>
    succeeds(...apt, 'install', '-y', '--no-install-recommends', ...packages);
  // Without package lists, or with outdated ones, the first attempt fails.
  if (installs(...names) || (succeeds(...apt, 'update') && installs(...names))) return;
  // Nothing is installed where one of them is unknown.
  for (const { binaries, packages } of missing)
    for (const name of packages) if (!findBinary(binaries)) installs(name);
}

/** @throws {Error} when this machine has none of these programs */
export function requireBinary(names: string[]): string {
  const path = findBinary(names);
  if (!path) throw new Error(`There is no ${names.join(' or ')} on this machine.`);
  return path;
}
