import type { RequestHandler, Router } from 'express';
import * as z from 'zod';
import { ApiError, type ErrorCode, type ErrorData, errorTable } from '../errors.ts';
import { problemDetails } from '../http/problemDetails.ts';
import type { Guards } from '../routes/auth.routes.ts';
import { type Operation, operations, tags } from './operations.ts';
import { problem } from './responses.ts';

/** The routers by the path where they are mounted. */
export type Mounted = Record<string, Router[]>;

/** An endpoint as its route has it. */
interface Endpoint {
  /** In lower case. */
  method: string;
  /** With `{id}` for a parameter. */
  path: string;
  handlers: Handler[];
}

type Handler = RequestHandler & { bodySchema?: z.ZodType; querySchema?: z.ZodObject };

const EXAMPLE_ID = '6b1d2c6e-3c1f-4d4e-9a55-0f3a5c0f7d11';

const EVERYWHERE: ErrorCode[] = [
  'malformed_request',
  'request_timeout',
  'headers_too_large',
  'internal_error',
  'shutting_down',
];
const OF_SIGNATURE: ErrorCode[] = [
  'signature_missing',
  'signature_malformed',
  'signature_expired',
  'signature_mismatch',
  'signature_replayed',
  'insufficient_role',
  'malformed_json',
  'payload_too_large',
  'unsupported_media_type',
  'store_unavailable',
];
const OF_TOKEN: ErrorCode[] = [
  'token_missing',
  'token_invalid',
  'token_expired',
  'token_revoked',
  'store_unavailable',
];

const OF_ADMIN: ErrorCode[] = ['insufficient_role', 'mfa_required_for_admin'];

/** What the examples of these codes have besides the common members. */
const EXAMPLE_DATA: Partial<Record<ErrorCode, ErrorData>> = {
  validation_failed: { fields: [{ path: 'name', message: 'must not be empty' }] },
  signature_expired: { serverTimeMs: 1767254400000 },
  mfa_required: { mfa: { token: 'AAAAAAABT5wa', expiresInSeconds: 300 } },
};

const securitySchemes = {
  signature: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Signature',
    description:
      'HMAC-SHA256 of METHOD + path + body + timestamp under SIGNATURE_KEY, as 64 hex digits. With a key of SIGNATURE_KEYS the header X-Client-Id names the client.',
  },
  timestamp: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Timestamp',
    description: 'Unix time in milliseconds, 13 digits.',
  },
  accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
};

/**
 * The API as an OpenAPI 3.1 document. Paths, guards, bodies and queries are read from the routes; operations.ts adds the
 * responses.
 * @throws {Error} for a route that operations.ts does not know
 */
export function openApiDocument(mounted: Mounted, guards: Guards) {
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of endpointsOf(mounted)) {
    const name = `${endpoint.method.toUpperCase()} ${endpoint.path}`;
    const operation = operations[name];
    if (!operation) throw new Error(`openapi/operations.ts has no ${name}`);
    paths[endpoint.path] = {
      ...paths[endpoint.path],
      [endpoint.method]: describeOperation(endpoint, operation, guards),
    };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'express-auth-api',
      version: '1',
      summary: 'Registration, login and sessions, with signed requests and a token allowlist.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: { securitySchemes, schemas: { Problem: jsonSchema(problem, 'output') } },
  };
}

function endpointsOf(mounted: Mounted): Endpoint[] {
  const routes = Object.entries(mounted).flatMap(([mount, routers]) =>
    routers.flatMap(router => router.stack.flatMap(({ route }) => (route ? [{ mount, route }] : []))),
  );
  return routes.flatMap(({ mount, route }) => {
    const path = mount + route.path.replace(/:(\w+)/g, '{$1}');
    const methods = new Set(route.stack.flatMap(({ method }) => method ?? [])); // methodNotAllowed has none
    return [...methods].map(method => ({
      method,
      path,
      handlers: route.stack.filter(layer => layer.method === method).map(({ handle }) => handle as Handler),
    }));
  });
}

function describeOperation({ path, handlers }: Endpoint, operation: Operation, guards: Guards) {
  const has = (...names: (keyof Guards)[]) => names.some(name => handlers.includes(guards[name] as Handler));
  const isSigned = has('signed', 'signedSmall', 'signedToken');
  const needsToken = has('token', 'tokenOnly', 'signedToken');
  const needsAdmin = guards.admin.every(guard => handlers.includes(guard as Handler));
  const body = handlers.find(handler => handler.bodySchema)?.bodySchema;
  const query = handlers.find(handler => handler.querySchema)?.querySchema;
  const codes: ErrorCode[] = [
    ...EVERYWHERE,
    ...(isSigned ? OF_SIGNATURE : []),
    ...(needsToken ? OF_TOKEN : []),
    ...(needsAdmin ? OF_ADMIN : []),
    ...(body || query ? (['validation_failed'] as const) : []),
    ...(isSigned && !has('signedSmall') ? (['rate_limited'] as const) : []),
    ...(operation.errors ?? []),
  ];
  const needs = {
    ...(isSigned && { signature: [], timestamp: [] }),
    ...(needsToken && { accessToken: [] }),
  };
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    security: Object.keys(needs).length > 0 ? [needs] : [],
    ...parametersOf(path, query),
    ...(body && {
      requestBody: {
        required: !jsonAllowsNothing(body),
        content: {
          'application/json': {
            schema: jsonSchema(body, 'input'),
            ...(operation.example && { example: operation.example }),
          },
        },
      },
    }),
    responses: { ...success(operation), ...refusals(codes, operation) },
  };
}

/** Whether a request may leave the body out: it is then an empty object. */
function jsonAllowsNothing(body: z.ZodType): boolean {
  return !('required' in jsonSchema(body, 'input'));
}

function parametersOf(path: string, query: z.ZodObject | undefined) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(query ? (jsonSchema(query, 'input').properties ?? {}) : {});
  const parameters = [
    ...inPath,
    ...inQuery.map(([name, schema]) => ({ name, in: 'query', required: false, schema })),
  ];
  return parameters.length > 0 ? { parameters } : {};
}

function success(operation: Operation) {
  const { status, response, mediaType = 'application/json', alsoAs, headers, summary } = operation;
  const schema = response ? jsonSchema(response, 'output') : { type: 'string' };
  const hasBody = response !== undefined || mediaType !== 'application/json';
  return {
    [status]: {
      description: summary,
      ...(headers && { headers: textHeaders(headers) }),
      ...(hasBody && {
        content: { [mediaType]: { schema }, ...(alsoAs && { [alsoAs]: { schema: { type: 'string' } } }) },
      }),
    },
  };
}

/** The problem details of these codes, by status. */
function refusals(codes: ErrorCode[], { unavailable }: Operation) {
  const byStatus = new Map<number, Set<ErrorCode>>();
  for (const code of codes) {
    const { status } = errorTable[code];
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code));
  }
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: [...ofStatus].map(code => errorTable[code].title).join('; '),
        ...(status === 401 && { headers: textHeaders({ 'WWW-Authenticate': 'What the request needs.' }) }),
        ...((status === 429 || status === 503) && {
          headers: textHeaders({ 'Retry-After': 'Seconds to wait.' }),
        }),
        content: {
          'application/problem+json': {
            schema: {
              allOf: [{ $ref: '#/components/schemas/Problem' }],
              properties: { code: { enum: [...ofStatus] } },
            },
            examples: Object.fromEntries([...ofStatus].map(code => [code, exampleOf(code)])),
          },
          ...(status === 503 &&
            unavailable && { 'application/json': { schema: jsonSchema(unavailable, 'output') } }),
        },
      },
    ]),
  );
}

/** Most operations have the same codes, so the example of each is made once. */
const examples = new Map<ErrorCode, { summary: string; value: unknown }>();

function exampleOf(code: ErrorCode) {
  const known = examples.get(code);
  if (known) return known;
  const { body } = problemDetails(new ApiError(code, EXAMPLE_DATA[code]), EXAMPLE_ID);
  const example = { summary: errorTable[code].title, value: JSON.parse(body) };
  examples.set(code, example);
  return example;
}

function textHeaders(headers: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
}

const jsonSchemas = {
  input: new WeakMap<z.ZodType, JsonSchema>(),
  output: new WeakMap<z.ZodType, JsonSchema>(),
};

type JsonSchema = Omit<z.core.JSONSchema.BaseSchema, '$schema'>;

/** Rules that JSON Schema cannot express, such as the password policy, are left out. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const known = jsonSchemas[io].get(schema);
  if (known) return known;
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  jsonSchemas[io].set(schema, plain);
  return plain;
}
