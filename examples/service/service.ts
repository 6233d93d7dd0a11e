// A service that keeps notes of users. It asks the API about each access token. In a project of your own import from
// 'express-auth-api/client/express'.
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler } from 'express';
import * as z from 'zod';
import { requireAuth } from '../../client/express.ts';

const settings = z
  .object({
    PORT: z.coerce.number().int().default(8082),
    API_URL: z.url().default('http://127.0.0.1:3000'),
    SERVICE_KEY: z.string().min(32),
  })
  .parse(process.env);

const MAX_NOTES = 100;
const noteSchema = z.object({ text: z.string().trim().min(1).max(1000) });
/** By user id; they end with the process. */
const notesOf = new Map<number, string[]>();

const app = express();
app.disable('x-powered-by');
app.use(
  requireAuth({
    introspect: {
      baseUrl: settings.API_URL,
      clientId: 'notes-service',
      signatureKey: settings.SERVICE_KEY,
    },
    onError: error => console.error('the token could not be checked:', error),
  }),
);

app.get('/notes', (req, res) => {
  res.json({ notes: notesOf.get(req.auth.userId) ?? [] });
});

app.post('/notes', express.json({ limit: '8kb' }), (req, res) => {
  const note = noteSchema.safeParse(req.body);
  const notes = notesOf.get(req.auth.userId) ?? [];
  if (!note.success) {
    res.status(422).json({ title: 'A note has a text of 1 to 1000 characters' });
  } else if (notes.length >= MAX_NOTES) {
    res.status(409).json({ title: `A user has at most ${MAX_NOTES} notes` });
  } else {
    notesOf.set(req.auth.userId, [...notes, note.data.text]);
    res.status(201).json(note.data);
  }
});

/** The error of a body that is not JSON or too large has a status. All other errors are faults of the service. */
const handleErrors: ErrorRequestHandler = (error, _req, res, _next) => {
  const { status = 500 } = error;
  if (status === 500) console.error(error);
  res.status(status).json({ title: status === 500 ? 'Something went wrong' : 'The body is not valid' });
};
app.use(handleErrors);

const server = app.listen(settings.PORT, '127.0.0.1', error => {
  if (error) throw error;
  console.log(`service at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => {
  server.close();
  // Browsers and balancers also open connections on which they send nothing. Node.js waits for those.
  setTimeout(() => server.closeAllConnections(), 1000).unref();
});
