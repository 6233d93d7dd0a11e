import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freshCheckout, run } from '../support/checkout.ts';

export interface SharedBuild {
  /** Answers with the folder of the build; the first request makes it. */
  url: string;
  /** Makes the next request build anew. */
  forget: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Compiles the project once for all test files of a run, and not at all where none of them needs it. */
export async function offerBuild(): Promise<SharedBuild> {
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
  const forget = async () => {
    const made = await build?.catch(() => null);
    build = null;
    await made?.remove();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forget,
    async stop() {
      server.close();
      await forget();
    },
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
