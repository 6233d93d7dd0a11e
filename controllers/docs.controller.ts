import type { Request, Response } from 'express';

/** @param document gives the OpenAPI document */
export function createDocsController(document: () => object) {
  return {
    openApi(_req: Request, res: Response) {
      res.json(document());
    },
  };
}
