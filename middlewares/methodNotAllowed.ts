import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';

/** The last handler of a route: responds to OPTIONS and refuses every method that the route does not have. */
export function methodNotAllowed(): RequestHandler {
  return function methodNotAllowed(req, res) {
    const { _all, ...methods } = (req.route as { methods: Record<string, boolean> }).methods;
    const names = Object.keys(methods).map(name => name.toUpperCase());
    if (names.includes('GET')) names.push('HEAD');
    const allowedMethods = [...names, 'OPTIONS'];
    if (req.method !== 'OPTIONS') throw new ApiError('method_not_allowed', { allowedMethods });
    res.setHeader('Allow', allowedMethods.join(', '));
    res.status(204).end();
  };
}
