import type { IncomingHttpHeaders } from "node:http";
import { OpenAPIBackend } from "openapi-backend";
import type { Document, Operation } from "openapi-backend";
import { HTTP_METHODS } from "./document.ts";
import type { OpenApiDocument } from "./document.ts";
import { badRequest } from "./error-response.ts";
import type { OperationCall } from "./operation-call.ts";
import { queryValues } from "./query-values.ts";
import { takesJson } from "./request-types.ts";
import { concernsBody, validationMessage } from "./validation-message.ts";

/** What of a request is validated. */
export interface ApiRequest {
  readonly method: string;
  /** As the document writes it, percent-encoded as it came. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The body, if it is JSON. A body of another type is not validated. */
  readonly jsonText: string | undefined;
}

/** The operations of an OpenAPI document: which one a request is for, and whether the request is acceptable. */
export class Api {
  readonly #backend: OpenAPIBackend;

  private constructor(backend: OpenAPIBackend) {
    this.#backend = backend;
  }

  static async load(document: OpenApiDocument): Promise<Api> {
    const backend = new OpenAPIBackend({
      definition: document as Document,
      // Leaves out the check of the document itself, which knows OpenAPI 3.0 only and finds 3.1 full of errors.
      quick: true,
      coerceTypes: true,
      ignoreTrailingSlashes: false,
      // A format that the validator does not know is an annotation, as in JSON Schema 2020-12: not worth a warning.
      ajvOpts: { allErrors: true, useDefaults: true, logger: false },
    });
    return new Api(await backend.init());
  }

  match(method: string, path: string): Operation | undefined {
    return this.#backend.matchOperation({ method, path, headers: {} });
  }

  /** The methods that the document has for a path; none when it does not have the path. */
  allowedMethods(path: string): string[] {
    return HTTP_METHODS.filter((method) => this.match(method, path) !== undefined);
  }

  /**
   * The parameters of a request, converted to the types of the document and with its defaults. Query parameters that
   * the document does not have are ignored.
   *
   * @throws ErrorReply 400 that names everything that is wrong.
   */
  validate(operation: Operation, request: ApiRequest): Pick<OperationCall, "path" | "query"> {
    const json = takesJson(operation, request.headers["content-type"]);
    const { errors, coerced } = this.#backend.validateRequest(
      {
        method: request.method,
        path: request.path,
        query: documentedQuery(operation, request.query),
        // The validator looks at a body only under this very content type.
        headers: { ...definedHeaders(request.headers), ...(json && { "content-type": "application/json" }) },
        body: request.jsonText,
      },
      operation,
    );
    const findings = (errors ?? []).filter((finding) => json || !concernsBody(finding));
    if (findings.length > 0) throw badRequest(...findings.map(validationMessage));
    const parameters: { params: OperationCall["path"]; query: OperationCall["query"] } = coerced;
    return { path: parameters.params, query: parameters.query };
  }

  /**
   * What the document shows of an operation's success: the first example, or else a value made up from the schema. The
   * status is that of the first success, or 200 where the document knows no such operation.
   */
  example(operationId: string): { readonly status: number; readonly value: unknown } {
    const { status, mock } = this.#backend.mockResponseForOperation(operationId);
    return { status, value: mock };
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
