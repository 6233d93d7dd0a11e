/** The parts of Swagger UI (swagger-ui-dist) that the page uses. */

interface SwaggerRequest extends RequestInit {
  url: string;
  method: string;
  headers: Record<string, string>;
  /** True for the request of the OpenAPI document. */
  loadSpec?: boolean;
  /** Used in place of fetch. */
  userFetch?: (url: string, init: RequestInit) => Promise<Response>;
}

interface SwaggerSystem {
  React: {
    memo(
      component: unknown,
      haveSameProps: (before: Record<string, unknown>, after: Record<string, unknown>) => boolean,
    ): unknown;
  };
}

interface SwaggerPlugin {
  fn: {
    /** The part of the document at this path, without references. */
    resolveSubtree(
      document: unknown,
      path: readonly string[],
    ): Promise<{ spec: unknown; errors: readonly unknown[] }>;
  };
  wrapComponents: Record<string, (original: unknown, system: SwaggerSystem) => unknown>;
}

interface SwaggerOptions {
  url: string;
  domNode: Element;
  presets: unknown[];
  plugins: SwaggerPlugin[];
  validatorUrl: null;
  docExpansion: 'list';
  defaultModelsExpandDepth: number;
  tryItOutEnabled: boolean;
  requestInterceptor(request: SwaggerRequest): Promise<SwaggerRequest>;
}

declare const SwaggerUIBundle: {
  (options: SwaggerOptions): unknown;
  presets: { apis: unknown };
};
