import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];
const PACKAGE = 'chromium';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of a Chromium for the suites that need a real browser: the one that CHROMIUM_PATH names; else one of
 * this machine's; else Debian's, installed with apt-get where that needs no password. Null where there is none,
 * which is printed, and the suites skip themselves.
 * @throws Error in CI (`CI` is set) when there is none, as nothing may be left out there
 */
export async function findChromium(environment: NodeJS.ProcessEnv = process.env): Promise<string | null> {
  const { CHROMIUM_PATH: given, CI } = environment;
  if (given && isProgram(given)) return given;
  if (!given) {
    const path = findProgram(environment) ?? ((await aptInstall(environment)) && findProgram(environment));
    if (path) return path;
  }
  const reason = given
    ? `${given}, which CHROMIUM_PATH names, cannot be run`
    : `there is no ${PROGRAMS.join(' or ')}, and apt-get could not provide it`;
  const message = `Chromium is missing; install the package ${PACKAGE}, or set CHROMIUM_PATH. Reason: ${reason}.`;
  if (CI) throw new Error(message);
  console.error(`NOT EVERYTHING IS TESTED: the suites that need a browser are left out. ${message}`);
  return null;
}

/** Starts the Chromium at this path, without a window; the caller closes it. */
export function launchChromium(executablePath: string, args: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...args] });
}

function findProgram({ PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  const folders = [...PATH.split(delimiter).filter(Boolean), '/usr/bin'];
  return PROGRAMS.flatMap(name => folders.map(folder => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns whether apt-get did it */
async function aptInstall(environment: NodeJS.ProcessEnv): Promise<boolean> {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const succeeds = async (...argv: string[]) => {
    const [command = '', ...args] = [...sudo, ...argv];
    const env = { ...environment, DEBIAN_FRONTEND: 'noninteractive' };
    return promisify(execFile)(command, args, { env, maxBuffer: Infinity }).then(
      () => true,
      () => false,
    );
  };
  if (process.platform !== 'linux' || !(await succeeds('apt-get', '--version'))) return false;
  console.log(`Installing ${PACKAGE} with apt-get, as the tests need it.`);
  // Another suite may be installing at the same time.
  const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=300'];
  const install = () => succeeds(...apt, 'install', '-y', '--no-install-recommends', PACKAGE);
  // Without package lists, or with outdated ones, the first attempt fails.
  return (await install()) || ((await succeeds(...apt, 'update')) && install());
}
