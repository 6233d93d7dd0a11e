import type { IncomingMessage } from 'node:http';

/**
 * How often a header field was sent. `headers` shows but one of several, and `headersDistinct` costs more than any
 * other part of a check.
 * @param name in lower case
 */
export function countHeader({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>, name: string): number {
  let times = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const field = rawHeaders[i];
    if (field?.length === name.length && field.toLowerCase() === name) times++;
  }
  return times;
}
