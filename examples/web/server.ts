// Serves the page and the client library that it uses. The page calls the API itself.
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import express from 'express';
import helmet from 'helmet';
import * as z from 'zod';

const settings = z
  .object({
    PORT: z.coerce.number().int().default(8081),
    API_URL: z.url().default('http://127.0.0.1:3000'),
    WEB_KEY: z.string().min(32),
  })
  .parse(process.env);

const folderOf = (url: string) => fileURLToPath(new URL('.', url));
const page = fileURLToPath(new URL('page/', import.meta.url));
const client = import.meta.resolve('express-auth-api/client');

const app = express();
app.use(
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'", new URL(settings.API_URL).origin],
        baseUri: ["'none'"],
        // A form that the script does not handle sends nothing.
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
      },
    },
  }),
);

app.get('/settings.json', (_, res) => {
  res.json({ baseUrl: settings.API_URL, clientId: 'web', signatureKey: settings.WEB_KEY });
});
// The client library is ES modules without dependencies: a browser loads them as they are.
app.use('/express-auth-api/client', express.static(folderOf(client)));
app.use('/express-auth-api/signing', express.static(folderOf(new URL('../signing/', client).href)));
app.use(express.static(page));

const server = app.listen(settings.PORT, '127.0.0.1', error => {
  if (error) throw error;
  console.log(`page at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => {
  server.close();
  // Browsers and balancers also open connections on which they send nothing. Node.js waits for those.
  setTimeout(() => server.closeAllConnections(), 1000).unref();
});
