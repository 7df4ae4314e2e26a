import type { Redact } from "./redact.ts";

/** The response's headers without secrets: a session cookie is one too (RFC 6265, section 8.2). */
export function safeHeaders(headers: Headers, redact: Redact): Headers {
  const safe = new Headers();
  for (const [name, value] of headers) {
    if (name !== "set-cookie") safe.append(name, redact(value));
  }
  return safe;
}
