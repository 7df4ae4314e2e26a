import type { Operation } from "openapi-backend";
import type { Api } from "./api.ts";
import { badRequest } from "../http/error-response.ts";
import type { OperationCall } from "../operations/operation-call.ts";
import { jsonReply } from "../http/reply.ts";
import type { Reply } from "../http/reply.ts";
import { isJson, mediaType } from "../http/request-body.ts";
import { requiresBody } from "./request-types.ts";

/**
 * Answers an operation without a handler with the document's example. A paginated operation returns the requested page of the
 * example. The body of the request is read and ignored.
 *
 * @throws ErrorReply 400 when the document requires a body and the request has none.
 */
export async function exampleReply(api: Api, operation: Operation, call: OperationCall): Promise<Reply> {
  let empty = call.json === undefined;
  for await (const chunk of call.body) empty &&= chunk.length === 0;
  if (empty && requiresBody(operation)) throw badRequest("The body is missing.");

  const { status, value: example } = api.example(operation.operationId ?? "");
  const value = Array.isArray(example) ? pageOf(example, operation, call) : example;
  const type = responseType(operation, status);
  if (type === undefined) return { status, headers: {} };
  if (isJson(mediaType(type) ?? type)) return jsonReply(status, value, { "Content-Type": type });
  const body = typeof value === "string" ? value : JSON.stringify(value);
  return { status, headers: { "Content-Type": type }, body };
}

/** An operation with the extension that `spec/README.md` describes. */
type PaginatedOperation = Operation & {
  readonly "x-pagination"?: { readonly offset: string; readonly limit: string };
};

/** Selects the page by the parameters that `x-pagination` names; all items without the extension. */
function pageOf(
  items: readonly unknown[],
  operation: PaginatedOperation,
  { query }: OperationCall,
): unknown[] {
  const { offset = "", limit = "" } = operation["x-pagination"] ?? {};
  const start = Number(query[offset] ?? 0);
  const count = Number(query[limit] ?? Number.POSITIVE_INFINITY);
  return items.slice(start, start + count);
}

/** Media type of the example: JSON when the response has it, or its first type; undefined without content. */
function responseType(operation: Operation, status: number): string | undefined {
  const responses = operation.responses ?? {};
  const response = responses[status] ?? responses["2XX"] ?? responses["default"];
  const types = response !== undefined && "content" in response ? Object.keys(response.content ?? {}) : [];
  return types.find((type) => type === "application/json") ?? types[0];
}
