import type { Operation } from "openapi-backend";
import type { Api } from "./api.ts";
import { badRequest } from "../http/error-response.ts";
import type { OperationCall } from "../operations/operation-call.ts";
import { jsonReply } from "../http/reply.ts";
import type { Reply } from "../http/reply.ts";
import { isJson, mediaType } from "../http/request-body.ts";
import { requiresBody } from "./request-types.ts";

/**
 * Answers an operation that has no handler: its body is read and forgotten, and the document's example comes back.
 *
 * @throws ErrorReply 400 when the document demands a body and there is none.
 */
export async function exampleReply(api: Api, operation: Operation, call: OperationCall): Promise<Reply> {
  let empty = call.json === undefined;
  for await (const chunk of call.body) empty &&= chunk.length === 0;
  if (empty && requiresBody(operation)) throw badRequest("The body is missing.");

  const { status, value } = api.example(operation.operationId ?? "");
  const type = responseType(operation, status);
  if (type === undefined) return { status, headers: {} };
  if (isJson(mediaType(type) ?? type)) return jsonReply(status, value, { "Content-Type": type });
  const body = typeof value === "string" ? value : JSON.stringify(value);
  return { status, headers: { "Content-Type": type }, body };
}

/** The media type of the example: JSON when the response has it, else its first; undefined without content. */
function responseType(operation: Operation, status: number): string | undefined {
  const responses = operation.responses ?? {};
  const response = responses[status] ?? responses["2XX"] ?? responses["default"];
  const types = response !== undefined && "content" in response ? Object.keys(response.content ?? {}) : [];
  return types.find((type) => type === "application/json") ?? types[0];
}
