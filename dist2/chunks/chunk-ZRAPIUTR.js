import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// models/session/introspection.ts
function introspectionResponse(active) {
  return active ? { active: true, ...active, token_type: "Bearer" } : { active: false };
}

export {
  introspectionResponse
};
//# sourceMappingURL=chunk-ZRAPIUTR.js.map
