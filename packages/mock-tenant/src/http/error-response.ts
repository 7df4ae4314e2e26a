import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import { jsonReply } from "./reply.ts";
import type { Reply } from "./reply.ts";

/** Thrown to end a request with an error reply. */
export class ErrorReply extends Error {
  override readonly name = "ErrorReply";
  readonly reply: Reply;

  constructor(message: string, reply: Reply) {
    super(message);
    this.reply = reply;
  }
}

/** 400, with one message for each problem. */
export function badRequest(...texts: string[]): ErrorReply {
  return new ErrorReply(texts.join(" "), errorReply(400, texts));
}

/** 401, with the challenge of https://www.rfc-editor.org/rfc/rfc6750#section-3. */
export function unauthorized(text: string, challenge: string): ErrorReply {
  return new ErrorReply(text, errorReply(401, [text], { "WWW-Authenticate": challenge }));
}

/** 403, with the challenge of https://www.rfc-editor.org/rfc/rfc6750#section-3. */
export function forbidden(text: string, challenge: string): ErrorReply {
  return new ErrorReply(text, errorReply(403, [text], { "WWW-Authenticate": challenge }));
}

export function notFound(text: string): ErrorReply {
  return new ErrorReply(text, errorReply(404, [text]));
}

/** 405, with the `Allow` that https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6 requires. */
export function methodNotAllowed(method: string, allowed: readonly string[]): ErrorReply {
  const allow = allowed.join(", ");
  const text = `${method} is not allowed. Allowed: ${allow}.`;
  return new ErrorReply(text, errorReply(405, [text], { Allow: allow }));
}

export function contentTooLarge(limit: number): ErrorReply {
  const text = `The body is larger than ${limit} bytes.`;
  return new ErrorReply(text, errorReply(413, [text]));
}

/** 429, with whole seconds to wait: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
export function tooManyRequests(text: string, milliseconds: number): ErrorReply {
  const retryAfter = { "Retry-After": String(Math.ceil(milliseconds / 1000)) };
  return new ErrorReply(text, errorReply(429, [text], retryAfter));
}

/** 500: a failure of the mock tenant itself, so the message names the cause. */
export function internalServerError(cause: unknown): ErrorReply {
  const text = `The mock tenant failed: ${String(cause)}`;
  return new ErrorReply(text, errorReply(500, [text]));
}

/**
 * An error reply with the body that the contract documents: `ListAccessProfiles401Response` for 401,
 * `ListAccessProfiles429Response` for 429, and `ErrorResponseDto` for every other status.
 */
export function errorReply(
  status: number,
  texts: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const trackingId = randomUUID().replaceAll("-", "");
  const text = texts.join(" ");
  switch (status) {
    case 401:
      return jsonReply(status, { error: text, trackingId }, headers);
    case 429:
      return jsonReply(status, { message: text, trackingId }, headers);
    default: {
      const detailCode = DETAIL_CODES.get(status) ?? `${status} ${STATUS_CODES[status] ?? "Unknown"}`;
      const messages = texts.map((message) => ({ locale: "en-US", localeOrigin: "DEFAULT", text: message }));
      return jsonReply(status, { detailCode, trackingId, messages, causes: [] }, headers);
    }
  }
}

/** Detail codes of the contract's examples that differ from the status and its reason phrase. */
const DETAIL_CODES: ReadonlyMap<number, string> = new Map([
  [400, "400.1 Bad Request Content"],
  [404, "404 Not found"],
  [413, "413 Content Too Large"],
  [500, "500.0 Internal Fault"],
]);
