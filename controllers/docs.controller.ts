import type { Request, Response } from 'express';

interface Dependencies {
  /** Gives the OpenAPI document. */
  document: () => object;
  /** Gives the page of the error codes. */
  errorsPage: () => { html: string; contentSecurityPolicy: string };
}

export function createDocsController({ document, errorsPage }: Dependencies) {
  return {
    openApi(_req: Request, res: Response) {
      res.json(document());
    },

    errors(_req: Request, res: Response) {
      const { html, contentSecurityPolicy } = errorsPage();
      res.set('Content-Security-Policy', contentSecurityPolicy).type('html').send(html);
    },
  };
}
