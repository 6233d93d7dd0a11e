import type { ListedSession } from '../models/session/session.store.ts';

/** A session as the API shows it. */
export function sessionView({ id, device, createdAt, lastUsedAt, expiresAt }: ListedSession) {
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    id,
    device_name: device.name,
    ip: device.ip,
    user_agent: device.userAgent,
    created_at: iso(createdAt),
    last_used_at: iso(lastUsedAt),
    expires_at: iso(expiresAt),
  };
}
