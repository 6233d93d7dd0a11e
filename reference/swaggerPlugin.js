import { resolvedPart } from './schemas.js';

const nothing = () => () => null;

/**
 * What the page changes in Swagger UI.
 * @type {SwaggerPlugin}
 */
export const swaggerPlugin = {
  fn: {
    // Swagger UI's own function takes a second, because it reads the whole document for each operation that is opened.
    async resolveSubtree(document, path) {
      return { spec: resolvedPart(document, path), errors: [] };
    },
  },
  wrapComponents: {
    // The page has these itself, or there is only one.
    authorizeBtn: nothing,
    authorizeOperationBtn: nothing,
    InfoContainer: nothing,
    ServersContainer: nothing,
    // Otherwise each change on the page draws the documented responses of every open operation anew.
    response: (Response, { React }) => React.memo(Response, haveSameValues),
  },
};

/**
 * Whether two sets of properties are the same; those that are lists or maps of Immutable.js are compared by their content.
 * @param {Record<string, any>} before
 * @param {Record<string, any>} after
 */
function haveSameValues(before, after) {
  const names = Object.keys({ ...before, ...after });
  return names.every(name => before[name] === after[name] || before[name]?.equals?.(after[name]));
}
