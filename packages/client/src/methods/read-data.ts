import type { Operation, ReturnKind } from "@isc-customizers/types";
import { responseDetails, toApiError } from "../errors/to-api-error.ts";
import { ResponseParseError } from "../errors/errors.ts";
import { readErrorText } from "../errors/read-error-text.ts";
import { labelOf } from "../transport/request-parts.ts";
import { retryAfter } from "../transport/retry-after.ts";
import type { Exchange } from "../transport/transport.ts";

/**
 * The data of a success.
 * @throws ApiError for any other status, ResponseParseError for a body that is not what the operation returns,
 *   whatever the platform throws when the body is cut off.
 */
export async function readData(exchange: Exchange, operation: Operation): Promise<unknown> {
  const { response } = exchange;
  if (!response.ok && !exchange.done)
    throw toApiError(
      { ...exchange, retryAfter: retryAfter(response.headers) },
      parsed(await bodyOrNothing(exchange, readErrorText(response), "")),
    );
  switch (returnKind(operation, response.status)) {
    case "json":
      return parseJson(exchange, operation, await response.text());
    case "text":
      return await response.text();
    case "binary":
      return await response.blob();
    case undefined:
      // A page is what a proxy or a portal answers in place of the API.
      if (/html/i.test(response.headers.get("content-type") ?? ""))
        throw parseError(exchange, "is a page", await response.text());
      // What was asked is done, whatever becomes of a body that nobody reads.
      response.body?.cancel().catch(() => {});
      // Other successes of the operation have a body.
      return operation.returns === undefined ? undefined : null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A status stands before its range, and both before `default` (https://spec.openapis.org/oas/v3.1.0#patterned-fields-0). */
function returnKind({ returns }: Operation, status: number): ReturnKind | undefined {
  if (typeof returns !== "object") return returns;
  return returns[status] ?? returns[`${Math.floor(status / 100)}XX`] ?? returns["default"];
}

function parseJson(exchange: Exchange, operation: Operation, text: string): unknown {
  const type = exchange.response.headers.get("content-type");
  if (type && text && !/[/+]json\b/i.test(type)) throw parseError(exchange, "is not called JSON", text);
  let data: unknown;
  try {
    data = text === "" ? null : JSON.parse(text);
  } catch {
    // The platform's error shows a part of the body: `bodyStart` does, with the secrets cut out.
    throw parseError(exchange, "is not JSON", text);
  }
  if (data === null && operation.nullable !== true)
    throw parseError(exchange, text === "" ? "is empty" : "is null", text);
  if (operation.pagination && !Array.isArray(data)) throw parseError(exchange, "is not an array", text);
  return data;
}

export function parseError(exchange: Exchange, what: string, text: string): ResponseParseError {
  const { request, response, redact } = exchange;
  return new ResponseParseError(`${labelOf(request)} answered ${response.status}, but its body ${what}.`, {
    ...responseDetails(exchange),
    bodyStart: redact(text).slice(0, 500),
  });
}

/** The status of an error says more than that its body was cut off, as the signal does. */
export async function bodyOrNothing<T>(
  { response, signal }: Exchange,
  body: Promise<T>,
  nothing: T,
): Promise<T> {
  return await body.catch((error: unknown) => {
    if (response.ok || signal.aborted) throw error;
    return nothing;
  });
}
