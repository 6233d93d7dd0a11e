import { readFileSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { stop, transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeBlocks } from '../docs/markdown.ts';
import { bareEnvironment, run, runCompiler, sharedBuild } from '../support/checkout.ts';
import { startTestApp } from '../support/harness.ts';

const examplesOf = (page: string) =>
  codeBlocks(readFileSync(page, 'utf8'))
    .filter(({ language }) => language === 'ts')
    .map(({ code }) => code);

/** The examples of the page about the client library. */
const examples = examplesOf('docs/client.md');
/** The example of a service that uses `requireAuth`. */
const [serviceExample = ''] = examplesOf('docs/introspection.md');
const [roleExample = ''] = examplesOf('docs/admin.md');

/** The examples of services that ask over NATS, and that listen. */
const natsExamples = examplesOf('docs/nats.md');

/** A program that makes use of every method, and of their types. */
const everyMethod = `
import {
  AuthApiError,
  type AuthClient,
  type AuthErrorCode,
  createAuthClient,
  type RegisteredUser,
  type SessionEntry,
  type TokenResponse,
  type TotpEnrolment,
  type User,
} from 'express-auth-api/client';

const client: AuthClient = createAuthClient({ baseUrl: 'https://example.com', signatureKey: 'key', fetch, now: Date.now });
export async function use(signal: AbortSignal): Promise<void> {
  const tokens: TokenResponse = await client.login({ email: 'a', password: 'b', deviceName: 'c' }, { signal });
  const { user }: { user: User } = await client.profile({ signal });
  const registered: { user: RegisteredUser } = await client.register({ name: 'a', email: 'b', password: 'c' });
  await client.verifyEmail({ token: registered.user.name });
  await client.resendVerification({ signal });
  const { events, next } = await client.activity({ limit: 5, cursor: 'a' }, { signal });
  await client.activity(next === undefined ? {} : { cursor: next });
  await client.closeAccount(events[0]?.reason ?? 'a', { signal });
  await client.forgotPassword({ email: registered.user.email }, { signal });
  await client.resetPassword({ token: 'a', newPassword: 'b' });
  const { sessions }: { sessions: SessionEntry[] } = await client.sessions();
  const step: TokenResponse = await client.loginMfa({ mfaToken: 'a', recoveryCode: 'b' });
  const { qr_svg }: TotpEnrolment = await client.enrolTotp({ password: 'a' }, { signal });
  const { recovery_codes } = await client.confirmTotp({ code: step.access_token + qr_svg });
  await client.disableTotp({ password: 'a', code: recovery_codes.join() });
  const { ended_sessions } = await client.logoutAll({ keepCurrent: true, signal });
  const count: number = ended_sessions + tokens.expires_in + user.id + sessions.length;
  const own: { count: number } = await client.request<{ count: number }>('PUT', '/own', { body: { count }, signal });
  // @ts-expect-error: an id is text
  await client.endSession(own.count);
}
export function isOver(error: unknown): boolean {
  const over: AuthErrorCode[] = ['token_revoked', 'refresh_invalid', 'superseded'];
  // @ts-expect-error: there is no such code
  over.push('token_revokd');
  return error instanceof AuthApiError && over.includes(error.code) && error.errors.every(({ path }) => path !== '');
}
`;

describe('the package', () => {
  let folder: string;
  let consumer: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'client-package-'));
    const built = join(folder, 'express-auth-api');
    consumer = join(folder, 'consumer');
    await mkdir(join(consumer, 'node_modules'), { recursive: true });
    await mkdir(join(folder, 'node_modules'));
    await mkdir(built);
    await copyFile('package.json', join(built, 'package.json'));
    await symlink(built, join(consumer, 'node_modules/express-auth-api'));
    // Beside both, as npm would put it for a package and its peer.
    for (const name of ['axios', '@types', '@nats-io', 'undici-types']) {
      await symlink(join(process.cwd(), 'node_modules', name), join(folder, 'node_modules', name));
    }
    await cp(join(await sharedBuild(), 'dist'), join(built, 'dist'), { recursive: true });

    await writeFile(join(consumer, 'package.json'), '{ "type": "module" }');
    await writeFile(join(consumer, 'every-method.ts'), everyMethod);
    await writeFile(join(consumer, 'service.ts'), serviceExample);
    await writeFile(join(consumer, 'roles.ts'), roleExample);
    for (const [i, code] of examples.entries()) await writeFile(join(consumer, `example-${i}.ts`), code);
    for (const [i, code] of natsExamples.entries()) await writeFile(join(consumer, `nats-${i}.ts`), code);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function tsc(args: string[], cwd = process.cwd()): Promise<void> {
    const compiling = runCompiler(args, cwd);
    expect(await compiling.exited, compiling.output()).toBe(0);
  }

  /** Compiles files of the consumer, our declarations included. */
  function compile(
    module: string,
    moduleResolution: string,
    types: string[],
    files: string[],
  ): Promise<void> {
    const strict = ['--strict', '--skipLibCheck', 'false', '--target', 'ES2022', '--lib', 'ES2022,DOM'];
    const modules = ['--module', module, '--moduleResolution', moduleResolution, '--types', types.join(',')];
    return tsc(
      [...strict, ...modules, '--outDir', `out/${moduleResolution}`, '--rootDir', '.', ...files],
      consumer,
    );
  }

  const withNode = ['every-method.ts', 'example-0.ts'];
  const withoutNode = ['every-method.ts', 'example-1.ts', 'example-2.ts', 'example-3.ts', 'example-4.ts'];

  it('is typed for nodenext modules, with Node’s types and without, for services with Express and on NATS, too', async () => {
    expect(examples).toHaveLength(5);
    expect(serviceExample).toContain('express-auth-api/client/express');
    expect(roleExample).toContain('requireRole');
    expect(natsExamples).toHaveLength(2);
    const services = ['service.ts', 'roles.ts', 'nats-0.ts', 'nats-1.ts'];
    await compile('nodenext', 'nodenext', ['node'], [...withNode, ...services]);
    await compile('nodenext', 'nodenext', [], withoutNode);
  });

  it('is typed for esnext modules with bundler resolution, with Node’s types and without', async () => {
    await compile('esnext', 'bundler', ['node'], withNode);
    await compile('esnext', 'bundler', [], withoutNode);
  });

  it('does not load NATS itself', () => {
    const dist = join(folder, 'express-auth-api/dist');
    expect(importsFrom(join(dist, 'client/nats.js'), dist).packages).toEqual([]);
    expect(importsFrom(join(dist, 'client/express.js'), dist).packages).toEqual(['jose']);
  });

  it('runs as the first example shows', async () => {
    const app = await startTestApp('embedded');
    try {
      const example = examples[0]?.replace('http://127.0.0.1:3000', app.origin) ?? '';
      const { code } = await transform(example, { loader: 'ts' }); // its types are tested above
      await stop();
      await writeFile(join(consumer, 'run.js'), code);
      const env = bareEnvironment({ SIGNATURE_KEY: app.env.SIGNATURE_KEY });
      const program = run(process.execPath, ['run.js'], { cwd: consumer, env });
      const code0 = await program.exited;
      expect([code0, program.output()]).toEqual([0, 'Ada is signed in on Laptop\nsigned out: logout\n']);
    } finally {
      await app.close();
    }
  });

  it('loads its Axios part', async () => {
    const script = "console.log(typeof (await import('express-auth-api/client/axios')).attachAuth)";
    const program = run(process.execPath, ['--input-type=module', '-e', script], { cwd: consumer });
    await program.exited;
    expect(program.output()).toBe('function\n');
  });

  it('reaches nothing of Node from the client, and only Axios from its Axios part', async () => {
    const dist = join(folder, 'express-auth-api/dist');
    expect(importsFrom(join(dist, 'client/index.js'), dist)).toEqual({
      files: [
        'client/errors.js',
        'client/index.js',
        'client/session.js',
        'client/signer.js',
        'client/wire.js',
        'signing/canonical.js',
        'signing/messageSignature.js',
      ],
      packages: [],
    });
    expect(importsFrom(join(dist, 'client/axios.js'), dist).packages).toEqual(['axios']);
    expect(importsFrom(join(dist, 'client/admin.js'), dist).packages).toEqual([]);
  });

  it('uses no global that browsers do not have', async () => {
    const strict = ['--strict', '--noEmit', '--target', 'ES2023', '--lib', 'ES2023,DOM', '--types', ''];
    const modules = ['--module', 'nodenext', '--allowImportingTsExtensions', '--skipLibCheck'];
    await tsc([
      '--ignoreConfig',
      ...strict,
      ...modules,
      'client/index.ts',
      'client/axios.ts',
      'client/admin.ts',
    ]);
  });
});

/** Everything that a built module imports, all the way down. */
function importsFrom(entry: string, root: string): { files: string[]; packages: string[] } {
  const files = new Set([entry]);
  const packages = new Set<string>();
  for (const file of files) {
    const code = readFileSync(file, 'utf8');
    for (const [, specifier = ''] of code.matchAll(/(?:from|import|import\s*\()\s*['"]([^'"]+)['"]/g)) {
      if (specifier.startsWith('.')) files.add(join(dirname(file), specifier));
      else packages.add(specifier);
    }
  }
  return { files: [...files].map(file => relative(root, file)).sort(), packages: [...packages].sort() };
}
