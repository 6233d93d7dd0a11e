// `npm run -s sign -- METHOD PATH [BODY]`: the signature for people with curl.
import { parseArgs } from 'node:util';
import { readEnvironment } from '../config/env.ts';
import { curlCommand, requestHeaders } from '../signing/curl.ts';
import { signatureKey } from '../signing/mac.ts';

const usage = `Prints a signed request as a curl command.

  npm run -s sign -- METHOD PATH [BODY] [options]
  npm run -s sign -- POST /auth/login '{"email":"ada@example.com","password":"…"}' --send

  --send          send it instead, and print the status and the answer
  --token TOKEN   add the bearer token
  --rfc9421       sign by RFC 9421 in place of X-Signature
  --client ID     sign as this client of SIGNATURE_KEYS
  --url URL       where the API is (default: http://127.0.0.1:PORT, PORT from .env)

The key is SIGNATURE_KEY, from the environment or .env.`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    send: { type: 'boolean', default: false },
    token: { type: 'string' },
    rfc9421: { type: 'boolean', default: false },
    client: { type: 'string' },
    url: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const [method, path, body = '', ...more] = positionals;
if (values.help || !method || !path?.startsWith('/') || more.length > 0) {
  console.error(usage);
  process.exit(values.help ? 0 : 2);
}

const { PORT = '3000', SIGNATURE_KEY = 'default_secret', SIGNATURE_KEYS = '{}' } = readEnvironment();
const secret =
  values.client === undefined ? SIGNATURE_KEY : JSON.parse(SIGNATURE_KEYS)[values.client]?.current;
if (!secret) {
  console.error(`SIGNATURE_KEYS has no client ${values.client}.`);
  process.exit(1);
}
const request = {
  method: method.toUpperCase(),
  url: new URL(path, values.url ?? `http://127.0.0.1:${PORT}`),
  body,
  key: signatureKey(secret),
  clientId: values.client,
  timestamp: Date.now(),
  token: values.token,
  scheme: values.rfc9421 ? ('rfc9421' as const) : undefined,
};

if (values.send) {
  const response = await fetch(request.url, {
    method: request.method,
    headers: requestHeaders(request),
    ...(body !== '' && { body }),
  });
  console.error(`${response.status} ${response.statusText}`);
  console.log(await response.text());
  process.exitCode = response.ok ? 0 : 1;
} else {
  console.log(curlCommand(request));
}
