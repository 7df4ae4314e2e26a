import type { Operation } from "openapi-backend";
import { badRequest } from "../http/error-response.ts";
import { isJson, mediaType } from "../http/request-body.ts";
import type { BodyStream } from "../http/request-body.ts";

/** The media types, or ranges of them such as `image/*`, that an operation takes a body of. */
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
 * Whether the body of a request is to be read as JSON. One without a content type is of the operation's first type;
 * so is one whose type the operation does not take, for it may be empty, and then it has none.
 */
export function takesJson(operation: Operation, contentType: string | undefined): boolean {
  const types = requestTypes(operation);
  const sent = mediaType(contentType);
  const type = types.find((range) => sent !== undefined && includes(range, sent)) ?? types[0];
  return type !== undefined && isJson(type);
}

/**
 * The body as it is, unless it has any bytes and is of a type that the operation does not take. Left unread where the
 * operation takes none: https://www.rfc-editor.org/rfc/rfc9110#section-9.3.1 gives such a body no meaning.
 *
 * @throws ErrorReply 400 at the first byte. (415 would be finer, and the contract does not have it.)
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
    if (!acceptable) throw badRequest(`The body's content type is ${type}, and must be ${expected}.`);
    yield chunk;
  }
}

function includes(range: string, type: string): boolean {
  return range === type || range === "*/*" || (range.endsWith("/*") && type.startsWith(range.slice(0, -1)));
}
