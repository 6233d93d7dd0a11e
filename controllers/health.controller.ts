import type { Request, Response } from 'express';

/** Checks a dependency; rejects when it does not answer. */
export type HealthCheck = () => Promise<unknown>;

/**
 * Liveness and readiness.
 * @param checks by the name under which each dependency is reported
 * @param isClosing true from the moment on at which the server stops
 */
export function createHealthController(checks: Record<string, HealthCheck>, isClosing: () => boolean) {
  return {
    live(_req: Request, res: Response) {
      res.json({ status: 'ok' });
    },

    async ready(_req: Request, res: Response) {
      const results = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => {
          const startedAt = performance.now();
          const status = await check().then(
            () => 'up',
            () => 'down',
          );
          return [name, { status, ms: Math.round(performance.now() - startedAt) }] as const;
        }),
      );
      const down = results.some(([, { status }]) => status === 'down');
      const status = isClosing() ? 'shutting_down' : down ? 'unavailable' : 'ok';
      if (status !== 'ok') res.setHeader('Retry-After', 1);
      res.status(status === 'ok' ? 200 : 503).json({ status, checks: Object.fromEntries(results) });
    },
  };
}
