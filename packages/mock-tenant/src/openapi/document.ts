import type { SecurityRequirements } from "../oauth/authorization.ts";

/** Parts of an OpenAPI document that the mock tenant reads itself. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly servers?: readonly ServerObject[];
  readonly security?: SecurityRequirements;
  readonly components?: { readonly securitySchemes?: Readonly<Record<string, SecurityScheme>> };
}

interface OperationObject {
  operationId?: string;
  readonly security?: SecurityRequirements;
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

/** HTTP methods of a path item. */
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
 * Copies `document` and gives every operation an `operationId`, which identifies its handler and its validators.
 *
 * @throws TypeError when `document` is not OpenAPI 3.
 */
export function readDocument(document: object): OpenApiDocument {
  if (!isOpenApiDocument(document)) {
    throw new TypeError("The document is not OpenAPI 3: it needs `openapi: 3.x` and `paths`.");
  }
  const copy = structuredClone(document);
  for (const { operation, method, path } of operationsOf(copy)) operation.operationId ??= `${method} ${path}`;
  return copy;
}

/** Lists the operation ids of a document from `readDocument`. */
export function operationIds(document: OpenApiDocument): string[] {
  return operationsOf(document).flatMap(({ operation }) => operation.operationId ?? []);
}

/** Lists every scope that an OAuth flow declares or an operation requires. */
export function documentScopes(document: OpenApiDocument): string[] {
  const known = oauthFlows(document).flatMap((flow) => Object.keys(flow.scopes ?? {}));
  const operations = operationsOf(document).map(({ operation }) => operation);
  const demanded = [document, ...operations].flatMap(({ security = [] }) =>
    security.flatMap((requirement) => Object.values(requirement).flat()),
  );
  return [...new Set([...known, ...demanded])];
}

/** Returns the path of the document's token URL, by default `/oauth/token`. */
export function tokenPath(document: OpenApiDocument): string {
  const url = oauthFlows(document).find((flow) => flow.tokenUrl !== undefined)?.tokenUrl ?? "/oauth/token";
  return new URL(url, "http://localhost").pathname;
}

function operationsOf({ paths }: OpenApiDocument) {
  const methods = HTTP_METHODS.map((name) => name.toLowerCase());
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return isObject(operation) ? [{ operation: operation as OperationObject, method, path }] : [];
    }),
  );
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
