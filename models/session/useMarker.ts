import type { SessionStore } from './session.model.ts';
import type { AccessClaims } from './token.model.ts';

/** How often a session's last use is written down at most. */
export const TOUCH_INTERVAL_MS = 60_000;

/** Writes a session's use down at most once in the interval, beside the request and never on its way. */
export function createUseMarker(store: Pick<SessionStore, 'touch'>, now: () => number) {
  const marked = new Set<string>();
  let since = now();
  return ({ userId, sessionId }: AccessClaims): void => {
    if (now() - since >= TOUCH_INTERVAL_MS) {
      marked.clear();
      since = now();
    }
    if (marked.has(sessionId)) return;
    marked.add(sessionId);
    store.touch(userId, sessionId).catch(() => {}); // the next use in the next interval is soon enough
  };
}
