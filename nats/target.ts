import type { ConnectionOptions } from '@nats-io/transport-node';

/**
 * What NATS_URL means to the client library, which ignores a user in a URL.
 * @param urls `nats://` or `tls://`, checked; all with the same scheme, user and password. A user without a password is
 *   a token.
 */
export function natsTarget(
  urls: string[],
): Pick<ConnectionOptions, 'servers' | 'user' | 'pass' | 'token' | 'tls'> {
  const parsed = urls.map(url => new URL(url));
  const { username = '', password = '', protocol = '' } = parsed[0] ?? {};
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
  return {
    servers: parsed.map(({ hostname, port }) => `${hostname}:${port || '4222'}`),
    ...(pass !== '' ? { user, pass } : user !== '' && { token: user }),
    // Without it the library would send the password in clear to a server that offers no TLS.
    ...(protocol === 'tls:' && { tls: {} }),
  };
}
