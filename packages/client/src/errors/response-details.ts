import type { ResponseDetails } from "./errors.ts";
import type { Redact } from "./redact.ts";
import type { Exchange } from "../transport/transport.ts";

/** What an error says of the response that it is about, without secrets. */
export function responseDetails({ request, response, redact }: Exchange): ResponseDetails {
  const { operationId, method, url } = request;
  return {
    status: response.status,
    headers: safeHeaders(response.headers, redact),
    operationId,
    method,
    url,
  };
}

/** The response's headers: a session cookie is a secret too (RFC 6265, section 8.2). */
function safeHeaders(headers: Headers, redact: Redact): Headers {
  const safe = new Headers();
  for (const [name, value] of headers) {
    if (name !== "set-cookie") safe.append(name, redact(value));
  }
  return safe;
}
