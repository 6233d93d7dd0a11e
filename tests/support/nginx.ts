import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinary, install, NGINX } from '../../scripts/engines/programs.ts';
import { run } from './checkout.ts';

/**
 * The path of nginx, Debian's installed where there is none; null where it cannot be had, which is printed.
 * @throws Error in CI (`CI` is set), as nothing may be left out there
 */
export function findNginx(): string | null {
  install(NGINX);
  const path = findBinary(NGINX.binaries);
  // Elsewhere a loopback interface has one address only.
  if (path && process.platform === 'linux') return path;
  const message = 'nginx on Linux is missing; install the package nginx.';
  if (process.env.CI) throw new Error(message);
  console.error(`NOT EVERYTHING IS TESTED: the suite that needs nginx is left out. ${message}`);
  return null;
}

/** Starts nginx with a site in its http context; `site` gets the folder for the files of this nginx. */
export async function startNginx(nginx: string, site: (directory: string) => string | Promise<string>) {
  const directory = await mkdtemp(join(tmpdir(), 'nginx-'));
  await writeFile(join(directory, 'site.conf'), await site(directory));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const main = `daemon off; worker_processes 1; pid ${directory}/pid; error_log stderr notice;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
  access_log off;
  ${temporary.map(name => `${name}_temp_path ${directory}/${name};`).join('\n  ')}
  include ${directory}/site.conf;
}`;
  await writeFile(join(directory, 'nginx.conf'), main);
  const started = run(nginx, ['-e', 'stderr', '-p', directory, '-c', join(directory, 'nginx.conf')]);
  await started.printed('start worker process ');
  return {
    async stop(): Promise<void> {
      started.killAll('SIGTERM');
      await started.exited;
      await rm(directory, { recursive: true });
    },
  };
}
