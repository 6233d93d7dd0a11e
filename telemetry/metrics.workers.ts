import cluster, { type Worker } from 'node:cluster';
import {
  AggregatorRegistry,
  type MetricObjectWithValues,
  type MetricValue,
  type Registry,
} from 'prom-client';
import { withDeadline } from '../deadline.ts';

type Sample = MetricObjectWithValues<MetricValue<string>>[];
type MetricsMessage =
  | { type: 'metrics.read' }
  | { type: 'metrics.sample'; sample: Sample }
  | { type: 'metrics.sum' }
  | { type: 'metrics.text'; text: string };

/** For a slow worker the last report counts. */
const SAMPLE_TIMEOUT_MS = 1000;
const TEXT_TIMEOUT_MS = 5000;

/**
 * In the primary: the sum of all workers' metrics. Dead workers stay in the sums, because Prometheus takes a falling
 * counter for a restart and would count it again.
 * @returns the text for Prometheus
 */
export function sumOfWorkers(): () => Promise<string> {
  const samples = new Map<Worker, Sample>();
  let past: Sample = [];

  cluster.on('message', (worker, message: MetricsMessage | undefined) => {
    if (message?.type === 'metrics.sample') samples.set(worker, message.sample);
    if (message?.type === 'metrics.sum')
      text().then(sum => worker.send({ type: 'metrics.text', text: sum } satisfies MetricsMessage, () => {}));
  });
  cluster.on('exit', async worker => {
    const last = samples.get(worker)?.filter(({ type }) => isTotal(type)) ?? [];
    samples.delete(worker);
    past = await AggregatorRegistry.aggregate([past, last]).getMetricsAsJSON();
  });

  async function text(): Promise<string> {
    const workers = Object.values(cluster.workers ?? {}).filter(worker => worker?.isConnected());
    await Promise.all(workers.map(worker => worker && read(worker)));
    return AggregatorRegistry.aggregate([past, ...samples.values()]).metrics();
  }

  function read(worker: Worker): Promise<void> {
    const answered = new Promise<void>(resolve => {
      const onMessage = (message: MetricsMessage | undefined) => {
        if (message?.type === 'metrics.sample') settle();
      };
      const settle = () => {
        worker.off('message', onMessage).off('exit', settle);
        resolve();
      };
      worker.on('message', onMessage).on('exit', settle);
      worker.send({ type: 'metrics.read' } satisfies MetricsMessage, () => {});
    });
    return withDeadline(answered, SAMPLE_TIMEOUT_MS).catch(() => {});
  }

  return text;
}

function isTotal(type: unknown): boolean {
  return type === 'counter' || type === 'histogram';
}

/**
 * In a worker: sends the metrics to the primary when it asks.
 * @param read gives the registry of this process
 * @returns asks the primary for the sum of all workers
 */
export function shareWithPrimary(read: () => Registry): () => Promise<string> {
  const send = (message: MetricsMessage) => process.send?.(message, undefined, {}, () => {});
  process.on('message', async (message: MetricsMessage | undefined) => {
    if (message?.type === 'metrics.read')
      send({ type: 'metrics.sample', sample: await read().getMetricsAsJSON() });
  });
  return () => {
    const answered = new Promise<string>(resolve => {
      process.on('message', function onMessage(message: MetricsMessage | undefined) {
        if (message?.type !== 'metrics.text') return;
        process.off('message', onMessage);
        resolve(message.text);
      });
    });
    send({ type: 'metrics.sum' });
    return withDeadline(answered, TEXT_TIMEOUT_MS);
  };
}
