import { IncomingMessage, type RequestListener, type ServerOptions, ServerResponse } from 'node:http';

/** An Express app has the prototypes that it gives its requests and responses. */
type App = RequestListener & { request?: object; response?: object };

/** The options of `createServer` for these classes. */
export type MessageClasses = Pick<
  ServerOptions<typeof IncomingMessage, typeof ServerResponse<IncomingMessage>>,
  'IncomingMessage' | 'ServerResponse'
>;

/**
 * Classes for node:http whose requests and responses have the methods of the app from the start. Express changes the
 * prototype of each, and V8 (up to Node.js 22) is slow with such objects: three quarters of Express' own cost.
 * @param app is given prototypes that inherit from its own, so that Express finds nothing left to change
 * @returns nothing for a listener that is no Express app
 */
export function messageClasses(app: App): MessageClasses {
  if (!app.request || !app.response) return {};
  class Request extends IncomingMessage {}
  class Response<R extends IncomingMessage> extends ServerResponse<R> {}
  app.request = Object.setPrototypeOf(Request.prototype, app.request);
  app.response = Object.setPrototypeOf(Response.prototype, app.response);
  return { IncomingMessage: Request, ServerResponse: Response };
}
