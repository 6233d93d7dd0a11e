import { createServer, type RequestListener } from 'node:http';

/** The object that every server answers with; those that read the user from MySQL must arrive at the same one. */
export const answer: unknown = JSON.parse(process.env.BENCH_ANSWER ?? '{}');

/** Listens where the benchmark says. */
export function serve(listener: RequestListener): void {
  createServer(listener).listen(Number(process.env.PORT), '127.0.0.1');
}
