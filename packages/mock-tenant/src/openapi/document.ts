/** The parts of an OpenAPI document that are read apart from its operations. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly servers?: readonly ServerObject[];
  readonly components?: { readonly securitySchemes?: Readonly<Record<string, SecurityScheme>> };
}

export interface ServerObject {
  readonly url: string;
  readonly variables?: Readonly<Record<string, ServerVariable>>;
}

interface ServerVariable {
  readonly default: string;
  readonly enum?: readonly string[];
  readonly "x-service-versions"?: readonly string[];
}

interface SecurityScheme {
  readonly flows?: Readonly<
    Record<string, { readonly tokenUrl?: string; readonly scopes?: Readonly<Record<string, string>> }>
  >;
}

/** Those that OpenAPI has operations for. */
export const HTTP_METHODS: readonly string[] = [
  "GET",
  "PUT",
  "POST",
  "DELETE",
  "OPTIONS",
  "HEAD",
  "PATCH",
  "TRACE",
];

/**
 * A copy of `document` in which every operation has an `operationId`, by which handlers and validators are found.
 *
 * @throws TypeError when it is not an OpenAPI 3 document.
 */
export function readDocument(document: object): OpenApiDocument {
  if (!isOpenApiDocument(document)) {
    throw new TypeError("The document is not OpenAPI 3: it needs `openapi: 3.x` and `paths`.");
  }
  const copy = structuredClone(document);
  for (const [path, item] of Object.entries(copy.paths)) {
    for (const method of HTTP_METHODS.map((name) => name.toLowerCase())) {
      const operation = item[method];
      if (isObject(operation)) operation["operationId"] ??= `${method} ${path}`;
    }
  }
  return copy;
}

/** Every scope that the document's OAuth flows know. */
export function documentScopes(document: OpenApiDocument): string[] {
  return [...new Set(oauthFlows(document).flatMap((flow) => Object.keys(flow.scopes ?? {})))];
}

/** The path of the document's token URL; `/oauth/token` when it has none. */
export function tokenPath(document: OpenApiDocument): string {
  const url = oauthFlows(document).find((flow) => flow.tokenUrl !== undefined)?.tokenUrl ?? "/oauth/token";
  return new URL(url, "http://localhost").pathname;
}

function oauthFlows(document: OpenApiDocument) {
  const schemes = Object.values(document.components?.securitySchemes ?? {});
  return schemes.flatMap((scheme) => Object.values(scheme.flows ?? {}));
}

function isOpenApiDocument(document: object): document is OpenApiDocument {
  return (
    "openapi" in document &&
    typeof document.openapi === "string" &&
    document.openapi.startsWith("3.") &&
    "paths" in document &&
    isObject(document.paths)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
