import type { Operation } from "openapi-backend";
import { badRequest } from "../http/error-response.ts";
import { isJson, mediaType } from "../http/request-body.ts";
import type { BodyStream } from "../http/request-body.ts";

/** Media types, or ranges such as `image/*`, of an operation's request body. */
function requestTypes(operation: Operation): string[] {
  const body = operation.requestBody;
  const ranges = body !== undefined && "content" in body ? Object.keys(body.content) : [];
  return ranges.map((range) => mediaType(range) ?? range);
}

export function requiresBody(operation: Operation): boolean {
  const body = operation.requestBody;
  return body !== undefined && "required" in body && body.required === true;
}

/**
 * Decides if the body of a request is read as JSON. A body without a content type has the operation's first type. So does
 * a body of a wrong type: it may be empty, and the type of an empty body does not matter.
 */
export function takesJson(operation: Operation, contentType: string | undefined): boolean {
  const types = requestTypes(operation);
  const sent = mediaType(contentType);
  const type = types.find((range) => sent !== undefined && includes(range, sent)) ?? types[0];
  return type !== undefined && isJson(type);
}

/**
 * Yields the body unchanged, but refuses a non-empty body of a wrong type. When the operation has no request body, the body is
 * not read: https://www.rfc-editor.org/rfc/rfc9110#section-9.3.1 gives it no meaning.
 *
 * @throws ErrorReply 400 at the first byte. (The contract does not have the more precise 415.)
 */
export async function* acceptedBody(
  body: BodyStream,
  operation: Operation,
  contentType: string | undefined,
): BodyStream {
  const type = mediaType(contentType);
  const types = requestTypes(operation);
  if (types.length === 0) return;
  const expected = types.join(" or ");
  const acceptable = type === undefined || types.some((range) => includes(range, type));
  for await (const chunk of body) {
    if (!acceptable) throw badRequest(`The body's content type must be ${expected}; got ${type}.`);
    yield chunk;
  }
}

function includes(range: string, type: string): boolean {
  return range === type || range === "*/*" || (range.endsWith("/*") && type.startsWith(range.slice(0, -1)));
}
