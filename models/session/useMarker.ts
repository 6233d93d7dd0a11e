import { type SessionStore, TOUCH_INTERVAL_MS } from './session.store.ts';
import type { AccessClaims } from './token.model.ts';

/** Records the use of sessions at most once in the interval, after the response. */
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
    store.touch(userId, sessionId).catch(() => {}); // a later use is recorded instead
  };
}
