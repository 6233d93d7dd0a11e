import type { Request, Response } from 'express';
import { ApiError } from '../errors.ts';

/** A file on disk by its absolute path, or a script as text. */
export type PageFile = { path: string } | { script: string };

/** The reference page, and by name every file that it may load. */
export interface PageFiles {
  page: PageFile;
  assets: ReadonlyMap<string, PageFile>;
}

interface Dependencies {
  /** Gives the OpenAPI document as JSON. */
  document: () => string;
  /** Gives the page of the error codes. */
  errorsPage: () => { html: string; contentSecurityPolicy: string };
  /** Gives the files of the reference page. */
  pageFiles: () => PageFiles;
}

/** Responses are not to be stored, so nothing in them is for caches. */
const SEND_OPTIONS = {
  acceptRanges: false,
  cacheControl: false,
  dotfiles: 'allow',
  lastModified: false,
} as const;

export function createDocsController({ document, errorsPage, pageFiles }: Dependencies) {
  return {
    openApi(_req: Request, res: Response) {
      res.type('json').send(document());
    },

    errors(_req: Request, res: Response) {
      const { html, contentSecurityPolicy } = errorsPage();
      res.set('Content-Security-Policy', contentSecurityPolicy).type('html').send(html);
    },

    page(_req: Request, res: Response) {
      send(res, pageFiles().page);
    },

    /** @throws {ApiError} `not_found` */
    asset(req: Request<{ file: string }>, res: Response) {
      const file = pageFiles().assets.get(req.params.file);
      if (!file) throw new ApiError('not_found');
      send(res, file);
    },
  };
}

function send(res: Response, file: PageFile): void {
  if ('path' in file) res.sendFile(file.path, SEND_OPTIONS);
  else res.type('text/javascript').send(file.script);
}
