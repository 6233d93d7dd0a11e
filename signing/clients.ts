import type { KeyObject } from 'node:crypto';
import { signatureKey } from './mac.ts';

/** The id of the client that sends no X-Client-Id. */
export const DEFAULT_CLIENT = 'default';

/** The keys of a client, and the routes that it may call, such as `POST /auth/login`; all where there are none. */
interface ClientSettings {
  current: string;
  previous?: string | undefined;
  routes?: string[] | undefined;
}

export interface SigningClient {
  /** The current key, and the one before it. */
  keys: KeyObject[];
  /** @param path as sent, without the query */
  mayCall(method: string, path: string): boolean;
}

/** The clients that sign requests, by their ids. It never changes; a reload makes a new one. */
export type SigningClients = ReadonlyMap<string, SigningClient>;

export function createSigningClients(settings: {
  SIGNATURE_KEY: string;
  SIGNATURE_KEY_PREVIOUS?: string | undefined;
  SIGNATURE_KEYS: Record<string, ClientSettings>;
}): SigningClients {
  const clients = {
    ...settings.SIGNATURE_KEYS,
    [DEFAULT_CLIENT]: { current: settings.SIGNATURE_KEY, previous: settings.SIGNATURE_KEY_PREVIOUS },
  };
  return new Map(
    Object.entries<ClientSettings>(clients).map(([id, { current, previous, routes }]) => {
      const keys = [current, previous].filter(key => key !== undefined).map(signatureKey);
      const mayCall = (method: string, path: string) =>
        routes === undefined || routes.some(route => isRequestOf(route, method, path));
      return [id, { keys, mayCall }];
    }),
  );
}

/** Whether a request fits a route such as `DELETE /auth/sessions/:id`, which is also under /api/auth. */
function isRequestOf(route: string, method: string, path: string): boolean {
  const [wantedMethod = '', wantedPath = ''] = route.split(' ');
  const wanted = wantedPath.split('/');
  const given = (path.startsWith('/api/') ? path.slice('/api'.length) : path).split('/');
  return (
    method === wantedMethod &&
    given.length === wanted.length &&
    wanted.every((part, i) => part.startsWith(':') || part === given[i])
  );
}
