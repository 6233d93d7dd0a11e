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

interface SwaggerOptions {
  url: string;
  domNode: Element;
  presets: unknown[];
  plugins: { wrapComponents: Record<string, () => () => null> }[];
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
