import type { SecurityRequirements } from "../oauth/authorization.ts";

/** The parts of an OpenAPI document that are read apart from its operations. */
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
  for (const { operation, method, path } of operationsOf(copy)) operation.operationId ??= `${method} ${path}`;
  return copy;
}

/** The operations of a document that was read. */
export function operationIds(document: OpenApiDocument): string[] {
  return operationsOf(document).flatMap(({ operation }) => operation.operationId ?? []);
}

/** Every scope that the document's OAuth flows know, or an operation demands. */
export function documentScopes(document: OpenApiDocument): string[] {
  const known = oauthFlows(document).flatMap((flow) => Object.keys(flow.scopes ?? {}));
  const operations = operationsOf(document).map(({ operation }) => operation);
  const demanded = [document, ...operations].flatMap(({ security = [] }) =>
    security.flatMap((requirement) => Object.values(requirement).flat()),
  );
  return [...new Set([...known, ...demanded])];
}

/** The path of the document's token URL; `/oauth/token` when it has none. */
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
