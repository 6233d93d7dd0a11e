import type { RequestHandler } from 'express';
import { contentSecurityPolicy } from 'helmet';

/**
 * The Content-Security-Policy (CSP Level 3) of the reference page, in place of helmet's: its scripts, styles and requests
 * are of this origin, none is inline, and no page may embed it.
 */
export function pagePolicy(): RequestHandler {
  return contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'], // Swagger UI's style sheet has its icons in it
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  });
}
