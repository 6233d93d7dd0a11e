import type { Request, Response } from 'express';

/** The result of a check and its duration (ms). */
interface Health {
  status: 'up' | 'down';
  ms: number;
}

/**
 * Liveness and readiness.
 * @param checks by the name under which each dependency is reported
 * @param isClosing true from the moment on at which the server stops
 */
export function createHealthController(
  checks: Record<string, () => Promise<Health>>,
  isClosing: () => boolean,
) {
  return {
    live(_req: Request, res: Response) {
      res.json({ status: 'ok' });
    },

    async ready(_req: Request, res: Response) {
      const results = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => [name, await check()] as const),
      );
      const isDown = results.some(([, { status }]) => status === 'down');
      const status = isClosing() ? 'shutting_down' : isDown ? 'unavailable' : 'ok';
      if (status !== 'ok') res.setHeader('Retry-After', 1);
      res.status(status === 'ok' ? 200 : 503).json({ status, checks: Object.fromEntries(results) });
    },
  };
}
