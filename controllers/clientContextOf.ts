import type { Request } from 'express';
import type { ClientContext } from '../models/audit/events.ts';

const MAX_USER_AGENT = 255;

/** The address, user agent and id of a request. */
export function clientContextOf(req: Request<object>): ClientContext {
  const userAgent = (req.get('User-Agent') ?? '').slice(0, MAX_USER_AGENT);
  const { clientId } = req;
  return { ip: req.ip ?? '', userAgent, requestId: req.id, ...(clientId && { clientId }) };
}
