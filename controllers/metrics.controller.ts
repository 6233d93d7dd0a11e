import type { Request, Response } from 'express';

/** The metrics of this process as text, and the type of that text. */
interface Exposition {
  contentType: string;
  text(): Promise<string>;
}

export function createMetricsController(metrics: Exposition) {
  return {
    async show(_req: Request, res: Response) {
      res.setHeader('Content-Type', metrics.contentType);
      res.send(Buffer.from(await metrics.text())); // Express would change the type of a string
    },
  };
}
