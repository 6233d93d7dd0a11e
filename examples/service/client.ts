// A program of a user: registers and signs in with signed requests, and calls the service with the access token. In a
// project of your own import from 'express-auth-api/client'.
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { AuthApiError, createAuthClient } from '../../client/index.ts';

const settings = z
  .object({
    API_URL: z.url().default('http://127.0.0.1:3000'),
    SERVICE_URL: z.url().default('http://127.0.0.1:8082'),
    CLIENT_KEY: z.string().min(32),
  })
  .parse(process.env);

const MAX_TRIES = 10;
const credentials = { email: 'ada@example.com', password: 'correct horse battery' };

/**
 * Calls the service. After a 503 with Retry-After in seconds (RFC 9110, section 10.2.3) it waits and tries again. The
 * guard of the service refused such a request before it ran, so a POST can be sent again, too.
 */
async function callNotes(token: string, init: RequestInit = {}): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  for (let tries = 1; ; tries++) {
    const response = await fetch(new URL('/notes', settings.SERVICE_URL), { ...init, headers });
    const seconds = Number(response.headers.get('Retry-After'));
    if (response.status !== 503 || !(seconds > 0) || tries === MAX_TRIES) return response;
    console.log(`the service cannot check the token, trying again in ${seconds} s`);
    await wait(seconds * 1000);
  }
}

const auth = createAuthClient({
  baseUrl: settings.API_URL,
  clientId: 'notes-client',
  signatureKey: settings.CLIENT_KEY,
});
try {
  await auth.register({ name: 'Ada', ...credentials });
} catch (error) {
  if (!(error instanceof AuthApiError && error.code === 'email_taken')) throw error;
}
const { user, access_token: token } = await auth.login(credentials);
console.log(`signed in as ${user.name}`);

const written = await callNotes(token, { method: 'POST', body: JSON.stringify({ text: 'Buy milk' }) });
console.log(`wrote a note: ${written.status}`);
const read = await callNotes(token);
console.log(`read the notes: ${read.status} ${await read.text()}`);

await auth.logout();
console.log('signed out');
const refused = await callNotes(token);
console.log(`read the notes with the same token: ${refused.status}`);
