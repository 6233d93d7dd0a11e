import { readEnvironment } from '../config/env.ts';

/** What a program has of its process. */
export interface Surroundings {
  args: string[];
  /** Reads the settings. */
  settings: () => Record<string, string>;
  stdin: NodeJS.ReadableStream;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
  /** Writes lines to both. */
  console: Pick<Console, 'log' | 'error'>;
}

/** What a program does. Returns its exit code. */
export type Program = (surroundings: Surroundings) => Promise<number>;

/** Runs a program with what this process has. */
export async function runAsProcess(program: Program, read = readEnvironment): Promise<void> {
  const { argv, stdin, stdout, stderr } = process;
  const settings = () => read();
  process.exitCode = await program({ args: argv.slice(2), settings, stdin, stdout, stderr, console });
}
