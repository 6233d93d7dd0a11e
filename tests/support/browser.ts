import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM, findBinary, install } from '../../scripts/engines/programs.ts';

const DISABLED_FEATURES = [
  // Those that Playwright turns off, because only the last list counts.
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades'],
  ...['HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter', 'PaintHolding'],
  ...['ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints'],
  ...['NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'],
  // The pages of the address bar: each context would need half a second of processor time for them.
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'],
];

const ARGUMENTS = [
  `--disable-features=${DISABLED_FEATURES}`,
  '--no-sandbox',
  '--disable-gpu',
  '--renderer-process-limit=1', // each process compiles the scripts of its pages anew
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
export function findChromium({ CHROMIUM_PATH: given, CI }: NodeJS.ProcessEnv = process.env): string | null {
  if (given && existsSync(given)) return given;
  if (!given) {
    install(CHROMIUM);
    const path = findBinary(CHROMIUM.binaries);
    if (path) return path;
  }
  const reason = given
    ? `${given}, which CHROMIUM_PATH names, cannot be run`
    : `there is no ${CHROMIUM.binaries.join(' or ')}, and apt-get could not provide it`;
  const message = `Chromium is missing; install the package ${CHROMIUM.packages.join(' or ')}, or set CHROMIUM_PATH. Reason: ${reason}.`;
  if (CI) throw new Error(message);
  console.error(`NOT EVERYTHING IS TESTED: the suites that need a browser are left out. ${message}`);
  return null;
}

/** Starts the Chromium at this path, without a window; the caller closes it. */
export function launchChromium(executablePath: string, args: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...args] });
}
