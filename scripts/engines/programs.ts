import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

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

/** Installs a Debian package with apt-get, where that needs no password; tells nothing of how it went. */
export function aptInstall(name: string): void {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const succeeds = (...argv: string[]) => {
    const [command = '', ...args] = [...sudo, ...argv];
    return spawnSync(command, args).status === 0;
  };
  if (process.platform !== 'linux' || !findBinary(['apt-get']) || !succeeds('true')) return;
  console.log(`Installing ${name} with apt-get, as the tests need it.`);
  // Another installation may be under way: wait for it instead of failing.
  const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=300'];
  const install = () => succeeds(...apt, 'install', '-y', '--no-install-recommends', name);
  // Without package lists, or with outdated ones, the first attempt fails.
  if (!install() && succeeds(...apt, 'update')) install();
}

/** @throws {Error} when this machine has none of these programs */
export function requireBinary(names: string[]): string {
  const path = findBinary(names);
  if (!path) throw new Error(`There is no ${names.join(' or ')} on this machine.`);
  return path;
}
