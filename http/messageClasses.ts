import { IncomingMessage, type RequestListener, type ServerOptions, ServerResponse } from 'node:http';

/** An Express app has the prototypes that it gives its requests and responses. */
type App = RequestListener & { request?: object; response?: object };

type MessageOptions = ServerOptions<typeof IncomingMessage, typeof ServerResponse<IncomingMessage>>;

/**
 * For node:http: requests and responses that are born with the methods of the app. Express would change the prototype
 * of each, after which V8 (up to Node.js 22) finds nothing in it quickly: three quarters of what Express itself costs.
 * @param app is given prototypes that inherit from its own, so that Express finds nothing left to change
 * @returns nothing for a listener that is no Express app
 */
export function messageClasses(
  app: App,
): Pick<MessageOptions, 'IncomingMessage' | 'ServerResponse'> | undefined {
  if (!app.request || !app.response) return undefined;
  class Request extends IncomingMessage {}
  class Response<R extends IncomingMessage> extends ServerResponse<R> {}
  app.request = Object.setPrototypeOf(Request.prototype, app.request);
  app.response = Object.setPrototypeOf(Response.prototype, app.response);
  return { IncomingMessage: Request, ServerResponse: Response };
}
