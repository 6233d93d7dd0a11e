import type { Request, Response } from 'express';
import type { AccountModel } from '../models/account/account.model.ts';
import { introspectionResponse } from '../models/session/introspection.ts';
import type { SessionModel } from '../models/session/session.model.ts';
import type { Checked } from './bodies.ts';

interface Dependencies {
  accounts: AccountModel;
  sessions: SessionModel;
}

/** Token checks for gateways and other services. They change nothing. */
export function createServiceController({ accounts, sessions }: Dependencies) {
  return {
    /** For nginx `auth_request` and other gateways: who is asking, in headers. */
    async verify({ auth }: Request, res: Response) {
      const { email } = await accounts.profile(auth.userId);
      res.set({
        'X-Auth-User-Id': String(auth.userId),
        'X-Auth-Session-Id': auth.sessionId,
        'X-Auth-Email': headerText(email),
      });
      res.status(200).end();
    },

    /** RFC 7662. */
    async introspect(req: Checked<'introspect'>, res: Response) {
      res.json(introspectionResponse(await sessions.introspect(req.body.token)));
    },
  };
}

/** A text as a header value: percent-encoded where it has more than visible ASCII characters (RFC 9110, section 5.5). */
function headerText(text: string): string {
  return /^[!-~]*$/.test(text) ? text : encodeURIComponent(text);
}
