import type { IncomingHttpHeaders } from "node:http";
import { OpenAPIBackend } from "openapi-backend";
import type { Document, Operation } from "openapi-backend";
import { badRequest } from "../http/error-response.ts";
import { queryValues } from "../http/query-values.ts";
import type { Reply } from "../http/reply.ts";
import { isJson } from "../http/request-body.ts";
import type { OperationCall } from "../operations/operation-call.ts";
import { HTTP_METHODS } from "./document.ts";
import type { OpenApiDocument } from "./document.ts";
import type { ValidationError } from "../validation-error.ts";
import { locate } from "./locate.ts";
import { misspeltNumbers } from "./query-numbers.ts";
import { invalidities } from "./reply-validator.ts";
import { SchemaValidator } from "./schema-validator.ts";
import { concernsBody, validationMessage } from "./validation-message.ts";

/** The parts of a request that hold parameters. */
export interface ParameterSource {
  readonly method: string;
  /** The path without its API version, percent-encoded as received. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** Operations of an OpenAPI document. Matches requests to operations, and validates requests and replies. */
export class Api {
  readonly #document: OpenApiDocument;
  readonly #backend: OpenAPIBackend;
  readonly #schemas: SchemaValidator;

  private constructor(document: OpenApiDocument, backend: OpenAPIBackend) {
    this.#document = document;
    this.#backend = backend;
    this.#schemas = new SchemaValidator(document);
  }

  static async load(document: OpenApiDocument): Promise<Api> {
    const backend = new OpenAPIBackend({
      // A copy, because the library replaces references in it.
      definition: structuredClone(document) as Document,
      // Skips the library's check of the document, which supports OpenAPI 3.0 only.
      quick: true,
      coerceTypes: true,
      ignoreTrailingSlashes: false,
      // No warnings: an unknown format is an annotation in JSON Schema 2020-12.
      ajvOpts: { allErrors: true, useDefaults: true, logger: false },
    });
    await backend.init();
    // Cached, because the library would list the operations again for every request.
    const operations = backend.router.getOperations();
    backend.router.getOperations = () => operations;
    return new Api(document, backend);
  }

  match(method: string, path: string): Operation | undefined {
    return this.#backend.matchOperation({ method, path, headers: {} });
  }

  /** Lists the methods that the document has for a path; empty for an unknown path. */
  allowedMethods(path: string): string[] {
    return HTTP_METHODS.filter((method) => this.match(method, path) !== undefined);
  }

  /**
   * Validates a request. Ignores query parameters that the document does not have.
   *
   * @param json The JSON body; undefined when the request has none.
   * @returns The parameters, with the types and defaults of the document.
   * @throws ErrorReply 400 with every problem.
   */
  validate(
    operation: Operation,
    source: ParameterSource,
    json: unknown,
  ): Pick<OperationCall, "path" | "query"> {
    const query = documentedQuery(operation, source.query);
    const { errors, coerced } = this.#backend.validateRequest(
      { method: source.method, path: source.path, query, headers: definedHeaders(source.headers) },
      operation,
    );
    const problems: ValidationError[] = [
      // Without the library's errors about the body: it validates one media type only, by JSON Schema draft 7.
      ...(errors ?? []).filter((error) => !concernsBody(error)),
      // The library accepts JavaScript's number syntax.
      ...misspeltNumbers(operation, query),
      ...this.#bodyErrors(operation, json),
    ];
    // Both the library and `misspeltNumbers` report a text that is not a number.
    if (problems.length > 0) throw badRequest(...new Set(problems.map(validationMessage)));
    const parameters: { params: OperationCall["path"]; query: OperationCall["query"] } = coerced;
    return { path: parameters.params, query: parameters.query };
  }

  /** Lists the problems of a reply; empty when the document allows it. */
  invalidities(operation: Operation, reply: Reply): string[] {
    return invalidities(this.#document, this.#schemas, operation, reply);
  }

  /**
   * Returns the first example of an operation's success, or a value made up from the schema. The status is that of the first
   * success, or 200 for an unknown operation.
   */
  example(operationId: string): { readonly status: number; readonly value: unknown } {
    const { status, mock } = this.#backend.mockResponseForOperation(operationId);
    return { status, value: mock };
  }

  #bodyErrors({ path, method }: Operation, json: unknown) {
    if (json === undefined) return [];
    const content = ["paths", path, method, "requestBody", "content"];
    const type = Object.keys(locate(this.#document, ...content)?.value ?? {}).find(isJson);
    const schema = type === undefined ? undefined : locate(this.#document, ...content, type, "schema");
    if (schema === undefined) return [];
    return this.#schemas
      .validate(schema.pointer, json)
      .map((error) => ({ ...error, instancePath: `/requestBody${error.instancePath}` }));
  }
}

function documentedQuery(operation: Operation, query: URLSearchParams): Record<string, string | string[]> {
  const entries = (operation.parameters ?? []).flatMap((parameter) =>
    "in" in parameter && parameter.in === "query" && query.has(parameter.name)
      ? [[parameter.name, queryValues(query, parameter.name)] as const]
      : [],
  );
  return Object.fromEntries(entries);
}

function definedHeaders(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const defined: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) defined[name] = value;
  }
  return defined;
}
