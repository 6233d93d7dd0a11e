import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { freshCheckout, run } from '../support/checkout.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers with the folder of the compiled project. */
    buildUrl: string;
  }
}

/**
 * Provides one build of the project for all test files of a run, as `inject('buildUrl')`. It is made at the first
 * request, so not at all where no file needs it, and again when tests are run again.
 * @returns what removes it
 */
export async function provideBuild(project: TestProject): Promise<() => Promise<void>> {
  let build: ReturnType<typeof compile> | null = null;
  const server = createServer(async (_req, res) => {
    build ??= compile();
    try {
      res.end((await build).directory);
    } catch (error) {
      res.writeHead(500).end(String(error));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('buildUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  const forget = async () => {
    const made = await build?.catch(() => null);
    build = null;
    await made?.remove();
  };
  project.onTestsRerun(forget);
  return async () => {
    server.close();
    await forget();
  };
}

async function compile(): ReturnType<typeof freshCheckout> {
  const checkout = await freshCheckout();
  const build = run(process.execPath, ['scripts/build.mjs'], { cwd: checkout.directory });
  if ((await build.exited) === 0) {
    await chmod(checkout.directory, 0o755); // some tests run the programs as another user
    return checkout;
  }
  await checkout.remove();
  throw new Error(`the build failed:\n${build.output()}`);
}
