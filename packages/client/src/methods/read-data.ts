import type { Operation, ReturnKind } from "@isc-customizers/types";
import { oneLine } from "../errors/reason.ts";
import { readErrorText } from "../errors/read-error-text.ts";
import { toApiError } from "../errors/to-api-error.ts";
import { toParseError } from "../errors/to-parse-error.ts";
import type { OpenapiResult } from "../openapi/openapi-call.ts";
import { retryAfter } from "../transport/retry-after.ts";
import type { ResponseContext } from "../transport/transport-request.ts";

/** Reads the body of a response in the form that the operation needs. It is a part of the attempt, so a body that is cut off is requested again. */
export async function readBody(operation: Operation, response: Response): Promise<string | Blob> {
  if (!response.ok || isHtml(response)) return await readErrorText(response);
  switch (returnKind(operation, response.status)) {
    case "json":
    case "text":
      return await response.text();
    case "binary":
      return await response.blob();
    case undefined:
      // The operation has succeeded, so a failure of its unused body does not matter.
      response.body?.cancel().catch(() => {});
      return "";
  }
}

/**
 * Returns the data of a success.
 * @throws ApiError for any other status, ResponseParseError for a body that does not match the operation.
 */
export async function readData(
  operation: Operation,
  { data, error, context }: OpenapiResult,
): Promise<unknown> {
  const { response, alreadyDeleted } = context;
  if (!response.ok && !alreadyDeleted)
    throw toApiError({ ...context, retryAfter: retryAfter(response.headers) }, error);
  switch (returnKind(operation, response.status)) {
    case "json":
      return parseJson(operation, context, await textOf(data));
    case "text":
      return await textOf(data);
    case "binary":
      return data;
    case undefined:
      // A proxy or a portal answers with a page in place of the API.
      if (response.ok && isHtml(response))
        throw toParseError(context, "Expected no body, got an HTML page.", await textOf(data));
      // `null`: another success of the operation has a body.
      return operation.returns === undefined ? undefined : null;
  }
}

function parseJson(operation: Operation, context: ResponseContext, text: string): unknown {
  const type = context.response.headers.get("content-type");
  // Some servers send JSON as plain text.
  if (type && text && !/[/+]json\b|^text\/plain\b/i.test(type))
    throw toParseError(context, `Expected JSON, got Content-Type "${oneLine(context.redact(type))}".`, text);
  let data: unknown = null;
  try {
    if (text !== "") data = JSON.parse(text);
  } catch {
    throw toParseError(context, "The body is not valid JSON.", text);
  }
  if (data === null && operation.nullable !== true)
    throw toParseError(context, `Expected JSON, got ${text === "" ? "no body" : "null"}.`, text);
  if (operation.pagination && !Array.isArray(data))
    throw toParseError(context, "Expected a JSON array.", text);
  return data;
}

/** Returns the text of a body that openapi-fetch has read. Its empty body is `undefined`. */
async function textOf(data: unknown): Promise<string> {
  return data instanceof Blob ? await data.text() : ((data ?? "") as string);
}

/** Returns the `parseAs` option of openapi-fetch for an operation. */
export function parseAs({ returns }: Operation): "blob" | "text" {
  const kinds = typeof returns === "object" ? Object.values(returns) : [returns];
  return kinds.includes("binary") ? "blob" : "text";
}

function isHtml({ headers }: Response): boolean {
  return /html/i.test(headers.get("content-type") ?? "");
}

/** Returns the kind of a body. A status takes precedence over its range, and both over `default`: https://spec.openapis.org/oas/v3.1.0#patterned-fields-0 */
function returnKind({ returns }: Operation, status: number): ReturnKind | undefined {
  if (typeof returns !== "object") return returns;
  return returns[status] ?? returns[`${Math.floor(status / 100)}XX`] ?? returns["default"];
}
