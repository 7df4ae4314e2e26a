import { type ErrorName, errorName, type Operation } from "@isc-customizers/types";
import { abortError } from "./abortable.ts";
import { readErrorBody } from "./error-body.ts";
import {
  ApiError,
  BadRequestError,
  ConnectionError,
  ForbiddenError,
  NotFoundError,
  RateLimitError,
  ResponseParseError,
  ServerError,
  UnauthorizedError,
} from "./errors.ts";
import { reasonOf } from "./reason.ts";
import { retryAfter } from "./retry-after.ts";

/** The call that a response answers. */
export interface CallContext {
  readonly operationId: string;
  readonly operation: Operation;
  /** The URL that the request was sent to. */
  readonly url: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * The data of a success.
 * @throws ApiError for any other status, ResponseParseError for a body that is not what the operation returns,
 *   ConnectionError, AbortError or TimeoutError when the body is cut off.
 */
export async function readData(response: Response, context: CallContext): Promise<unknown> {
  if (!response.ok) throw apiError(response, await readText(response, context), context);
  switch (context.operation.returns) {
    case "json":
      return parseJson(response, await readText(response, context), context);
    case "text":
      return await readText(response, context);
    case "binary":
      return await whole(response.blob(), context);
    case undefined:
      await response.body?.cancel();
      return undefined;
  }
}

function parseJson(response: Response, text: string, context: CallContext): unknown {
  if (text === "") return undefined;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw parseError("is not JSON", response, text, context, cause);
  }
  if (context.operation.pagination && !Array.isArray(data))
    throw parseError("is not an array", response, text, context);
  return data;
}

function parseError(
  what: string,
  response: Response,
  text: string,
  { operationId, operation }: CallContext,
  cause?: unknown,
): ResponseParseError {
  const { status } = response;
  const { method, path } = operation;
  const parts = { status, headers: withoutCookies(response.headers), bodyStart: text.slice(0, 500) };
  return new ResponseParseError(
    `${operationId}: ${method} ${path} answered ${status}, but its body ${what}.`,
    parts,
    { cause },
  );
}

const errorClasses: Record<ErrorName, typeof ApiError> = {
  BadRequestError,
  UnauthorizedError,
  ForbiddenError,
  NotFoundError,
  RateLimitError,
  ServerError,
  ApiError,
};

function apiError(response: Response, text: string, { operationId, operation, url }: CallContext): ApiError {
  const { status } = response;
  const { method } = operation;
  const body = readErrorBody(text);
  const said = body.messages[0]?.text ?? (response.statusText || "no message");
  const tracking = body.trackingId === undefined ? "" : ` (tracking id ${body.trackingId})`;
  const { pathname } = new URL(url);
  return new errorClasses[errorName(status)](
    `${operationId}: ${method} ${pathname} answered ${status}: ${said}${tracking}`,
    {
      ...body,
      status,
      headers: withoutCookies(response.headers),
      operationId,
      method,
      url,
      attempts: 1,
      retryAfter: retryAfter(response.headers),
    },
  );
}

function readText(response: Response, context: CallContext): Promise<string> {
  return whole(response.text(), context);
}

async function whole<T>(body: Promise<T>, { operationId, operation, signal }: CallContext): Promise<T> {
  try {
    return await body;
  } catch (cause) {
    if (signal?.aborted) throw abortError(signal);
    const { method, path } = operation;
    throw new ConnectionError(`${operationId}: ${method} ${path} was answered in part: ${reasonOf(cause)}`, {
      cause,
    });
  }
}

/** A session cookie is a credential (RFC 6265, section 8.2). */
function withoutCookies(headers: Headers): Headers {
  const rest = new Headers(headers);
  rest.delete("set-cookie");
  return rest;
}
