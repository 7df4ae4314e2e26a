import { randomUUID } from "node:crypto";
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

/** 400, with one message for each thing that is wrong. */
export function badRequest(...texts: string[]): ErrorReply {
  return errorResponse(400, "400.1 Bad Request Content", texts);
}

/**
 * 401. Its body differs from every other error's: the contract calls it `ListAccessProfiles401Response`.
 * The challenge is that of https://www.rfc-editor.org/rfc/rfc6750#section-3.
 */
export function unauthorized(text: string, challenge: string): ErrorReply {
  return new ErrorReply(text, jsonReply(401, { error: text }, { "WWW-Authenticate": challenge }));
}

/** 403, with the challenge of https://www.rfc-editor.org/rfc/rfc6750#section-3. */
export function forbidden(text: string, challenge: string): ErrorReply {
  return errorResponse(403, "403 Forbidden", [text], { "WWW-Authenticate": challenge });
}

export function notFound(text: string): ErrorReply {
  return errorResponse(404, "404 Not found", [text]);
}

/** 405, with the `Allow` that https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6 demands. */
export function methodNotAllowed(method: string, allowed: readonly string[]): ErrorReply {
  const allow = allowed.join(", ");
  return errorResponse(405, "405 Method Not Allowed", [`${method} is not allowed here, only ${allow}.`], {
    Allow: allow,
  });
}

export function contentTooLarge(limit: number): ErrorReply {
  return errorResponse(413, "413 Content Too Large", [`The body is larger than ${limit} bytes.`]);
}

/** 500: a failure of the mock tenant itself, so the cause is told. */
export function internalServerError(cause: unknown): ErrorReply {
  return errorResponse(500, "500.0 Internal Fault", [`The mock tenant failed: ${String(cause)}`]);
}

/** The contract's `ErrorResponseDto`. */
function errorResponse(
  status: number,
  detailCode: string,
  texts: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): ErrorReply {
  const body = {
    detailCode,
    trackingId: randomUUID().replaceAll("-", ""),
    messages: texts.map((text) => ({ locale: "en-US", localeOrigin: "DEFAULT", text })),
    causes: [],
  };
  return new ErrorReply(texts.join(" "), jsonReply(status, body, headers));
}
