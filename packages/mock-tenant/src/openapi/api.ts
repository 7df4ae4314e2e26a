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
import type { Finding } from "../finding.ts";
import { locate } from "./locate.ts";
import { misspeltNumbers } from "./query-numbers.ts";
import { invalidities } from "./reply-validator.ts";
import { SchemaValidator } from "./schema-validator.ts";
import { concernsBody, validationMessage } from "./validation-message.ts";

/** What the parameters of a request are in. */
export interface ParameterSource {
  readonly method: string;
  /** As the document writes it, percent-encoded as it came. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** The operations of an OpenAPI document: which one a request is for, and whether request and reply are acceptable. */
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
      // A copy, since the library replaces references in it.
      definition: structuredClone(document) as Document,
      // Leaves out the check of the document itself, which knows OpenAPI 3.0 only and finds 3.1 full of errors.
      quick: true,
      coerceTypes: true,
      ignoreTrailingSlashes: false,
      // A format that the validator does not know is an annotation, as in JSON Schema 2020-12: not worth a warning.
      ajvOpts: { allErrors: true, useDefaults: true, logger: false },
    });
    await backend.init();
    // The library would list the operations anew for every request.
    const operations = backend.router.getOperations();
    backend.router.getOperations = () => operations;
    return new Api(document, backend);
  }

  match(method: string, path: string): Operation | undefined {
    return this.#backend.matchOperation({ method, path, headers: {} });
  }

  /** The methods that the document has for a path; none when it does not have the path. */
  allowedMethods(path: string): string[] {
    return HTTP_METHODS.filter((method) => this.match(method, path) !== undefined);
  }

  /**
   * Checks a request. Query parameters that the document does not have are ignored.
   *
   * @param json The body, if it is to be JSON; undefined when there is none.
   * @returns The parameters, converted to the types of the document and with its defaults.
   * @throws ErrorReply 400 that names everything that is wrong.
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
    const findings: Finding[] = [
      // The library looks at bodies of one media type only, and knows JSON Schema as it was in draft 7.
      ...(errors ?? []).filter((finding) => !concernsBody(finding)),
      // It reads numbers as JavaScript does.
      ...misspeltNumbers(operation, query),
      ...this.#bodyErrors(operation, json),
    ];
    // Each once: what is no number at all was found twice.
    if (findings.length > 0) throw badRequest(...new Set(findings.map(validationMessage)));
    const parameters: { params: OperationCall["path"]; query: OperationCall["query"] } = coerced;
    return { path: parameters.params, query: parameters.query };
  }

  /** What the document does not allow of a reply; empty when there is no such thing. */
  invalidities(operation: Operation, reply: Reply): string[] {
    return invalidities(this.#document, this.#schemas, operation, reply);
  }

  /**
   * What the document shows of an operation's success: the first example, or else a value made up from the schema. The
   * status is that of the first success, or 200 where the document knows no such operation.
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
