import type { Operation } from "openapi-backend";
import type { Api } from "./api.ts";
import { badRequest } from "../http/error-response.ts";
import type { OperationCall } from "../operations/operation-call.ts";
import { jsonReply } from "../http/reply.ts";
import type { Reply } from "../http/reply.ts";
import { isJson, mediaType } from "../http/request-body.ts";
import { requiresBody } from "./request-types.ts";

/**
 * Answers an operation that has no handler with the document's example; of the list that a paginated operation returns, with the page that
 * the query asks for. The request's body is read to its end, and not used.
 *
 * @throws ErrorReply 400 when the document demands a body and there is none.
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

/** `spec/README.md` describes the extension. */
type PaginatedOperation = Operation & {
  readonly "x-pagination"?: { readonly offset: string; readonly limit: string };
};

/** The items that the parameters named by `x-pagination` select; all of them where the operation has no such extension. */
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

/** The media type of the example: JSON when the response has it, else its first; undefined without content. */
function responseType(operation: Operation, status: number): string | undefined {
  const responses = operation.responses ?? {};
  const response = responses[status] ?? responses["2XX"] ?? responses["default"];
  const types = response !== undefined && "content" in response ? Object.keys(response.content ?? {}) : [];
  return types.find((type) => type === "application/json") ?? types[0];
}
