import { Console } from 'node:console';
import { PassThrough, Readable } from 'node:stream';
import type { Program } from '../../scripts/program.ts';
import { type Backend, type Settings, startTestApp, type TestApp } from './harness.ts';
import { startSmtpServer, type TestSmtpServer } from './smtpServer.ts';

export interface Outcome {
  code: number;
  /** Everything printed, on both streams. */
  output: string;
}

/**
 * Calls a program in this process, which takes much less time than a start. Empty settings count as absent, as in the
 * environment.
 */
export async function callProgram(
  program: Program,
  args: string[],
  settings: Partial<Record<string, string>>,
  input = '',
): Promise<Outcome> {
  const printed: string[] = [];
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  for (const stream of [stdout, stderr]) stream.on('data', chunk => printed.push(String(chunk)));
  const code = await program({
    args,
    settings: () => Object.fromEntries(Object.entries(settings).filter(isSet)),
    stdin: Readable.from([Buffer.from(input)]),
    stdout,
    stderr,
    console: new Console(stdout, stderr),
  });
  // What was written last is read only after this turn.
  await new Promise(setImmediate);
  return { code, output: printed.join('') };
}

const isSet = (setting: [string, string | undefined]): setting is [string, string] => Boolean(setting[1]);

/** An app, and an SMTP server for the mails of programs that work on its stores. */
export interface ProgramsApp {
  app: TestApp;
  smtp: TestSmtpServer;
  /** The settings of a program on the stores of the app. */
  settings(overrides?: Settings): Settings;
  close(): Promise<void>;
}

export async function startProgramsApp(backend: Backend): Promise<ProgramsApp> {
  const smtp = await startSmtpServer();
  const app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true' });
  return {
    app,
    smtp,
    settings: overrides => ({
      ...app.settings,
      NODE_ENV: 'development',
      SMTP_URL: smtp.url,
      ...overrides,
    }),
    async close() {
      await app.close();
      await smtp.stop();
    },
  };
}
