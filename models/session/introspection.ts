import type { Introspection } from './session.model.ts';

/** The response of an introspection (RFC 7662, section 2.2), over HTTP and over NATS. */
export function introspectionResponse(active: Introspection | null) {
  return active ? { active: true, ...active, token_type: 'Bearer' } : { active: false };
}
