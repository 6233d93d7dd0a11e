// The load, a process of its own: takes jobs from the benchmark, sends requests and counts the answers.
import autocannon from 'autocannon';
import { mac, signatureKey } from '../../signing/mac.ts';

/** Requests to send. */
export interface Job {
  id: number;
  url: string;
  method: 'GET' | 'POST';
  /** One request for each, in turn. */
  headers: Record<string, string>[];
  connections: number;
  seconds: number;
  /** Ends after so many requests instead. */
  amount?: number;
  /** Requests a second over all connections; as many as there are answers where it is left out. */
  rate?: number;
  /** Signs each request anew, with the next of these bodies and a nonce. */
  signed?: { key: string; bodies: object[] };
}

/** How they were answered. Times in ms. */
export interface Answers {
  id: number;
  good: number;
  /** Status codes other than 2xx, and how often. */
  bad: Record<string, number>;
  /** Connections that failed and answers that did not come. */
  errors: number;
  perSecond: number;
  p50: number;
  p99: number;
  /** Share of one core that the load itself took. */
  busy: number;
}

let nonce = 0;

process.on('message', async (job: Job) => {
  const { url, method, headers, connections, seconds, amount, rate, signed } = job;
  const before = process.cpuUsage();
  const startedAt = performance.now();
  const setupRequest = signed && signer(signed.key, signed.bodies);
  const options: autocannon.Options = {
    url,
    connections,
    duration: seconds,
    timeout: 30,
    // A job with an amount ends at the next sample after its last answer.
    sampleInt: amount ? 10 : 100,
    requests: headers.map(entry => ({ method, headers: entry, ...(setupRequest && { setupRequest }) })),
    ...(amount && { amount }),
    ...(rate && { overallRate: rate }),
  };
  let answeredAt = startedAt;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
    if (!amount) return;
    running.on('response', () => {
      answeredAt = performance.now();
    });
  });
  const elapsed = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  const codes = Object.entries(result.statusCodeStats ?? {}).map(
    ([code, { count = 0 }]) => [code, count] as const,
  );
  const answers: Answers = {
    id: job.id,
    good: result['2xx'],
    bad: Object.fromEntries(codes.filter(([code]) => !code.startsWith('2'))),
    errors: result.errors + result.timeouts,
    // The duration of autocannon ends at a sample, so some ms later.
    perSecond: result['2xx'] / (amount ? (answeredAt - startedAt) / 1000 : result.duration),
    p50: result.latency.p50,
    p99: result.latency.p99,
    busy: (user + system) / 1000 / elapsed,
  };
  process.send?.(answers);
});
process.on('disconnect', () => process.exit(0));

function signer(secret: string, bodies: object[]): autocannon.Request['setupRequest'] {
  const key = signatureKey(secret);
  let turn = 0;
  return request => {
    const { method = 'POST', path = '' } = request;
    const timestamp = Date.now();
    const body = JSON.stringify({
      ...bodies[turn++ % bodies.length],
      nonce: (nonce++).toString(36).padStart(8, '0'),
    });
    const headers = {
      ...request.headers,
      'Content-Type': 'application/json',
      'X-Timestamp': String(timestamp),
      'X-Signature': mac(key, { method, path, body, timestamp }).toString('hex'),
    };
    return { ...request, body, headers };
  };
}
