// Loaded into each server with --import: tells the benchmark what the process uses, and ends it.
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a server says of itself. */
export interface Probe {
  /** Microseconds of processor time since the start, of all threads. */
  cpu: number;
  /** Resident memory in bytes. */
  rss: number;
  /** 99th percentile of the event loop's delay since the probe before, in ms. */
  loopDelay: number;
}

if (process.send) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  process.on('message', message => {
    if (message === 'stop') process.exit(0);
    if (message !== 'probe') return;
    const { user, system } = process.cpuUsage();
    const probe: Probe = {
      cpu: user + system,
      rss: process.memoryUsage.rss(),
      loopDelay: delay.percentile(99) / 1e6,
    };
    delay.reset();
    process.send?.(probe);
  });
  process.on('disconnect', () => process.exit(0));
}
