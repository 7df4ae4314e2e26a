import { fieldsOf } from "../errors/error-body.ts";
import { AuthenticationError } from "../errors/errors.ts";
import { reasonOf } from "../errors/message.ts";
import { readErrorText } from "../errors/read-error-text.ts";
import type { Redact } from "../errors/redact.ts";
import type { RequestLimits } from "../transport/request-limits.ts";
import { retryAfter } from "../transport/retry-after.ts";
import type { Transport } from "../transport/transport-request.ts";

/** The client's settings for requests to its token endpoint. No option of a call applies: calls share a token. */
export interface AuthRequestSettings {
  readonly transport: Transport;
  readonly limits: RequestLimits;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface AuthRequest {
  readonly url: string;
  /** The name of the URL for an error message. */
  readonly name: string;
  /** Sent with `POST`. A request without a form is a `GET`. */
  readonly form?: URLSearchParams;
}

export interface AuthResponse {
  readonly ok: boolean;
  readonly status: number;
  /** In milliseconds. */
  readonly retryAfter: number | undefined;
  /** The properties of the JSON object in the body. Empty for any other body. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Cuts the client secret out of a text of the server. */
  readonly redact: Redact;
}

/** @throws AuthenticationError when there is no complete response. */
export async function sendAuthRequest(
  { transport, limits, headers }: AuthRequestSettings,
  { url, name, form }: AuthRequest,
  signal: AbortSignal,
): Promise<AuthResponse> {
  const content = form?.toString() ?? "";
  const body = { repeatable: true, content, open: () => Promise.resolve({ body: content }), discard() {} };
  try {
    const { response, redact } = await transport({
      url,
      method: form ? "POST" : "GET",
      headers: {
        ...headers,
        accept: "application/json",
        ...(form && { "content-type": "application/x-www-form-urlencoded" }),
      },
      body: form && body,
      operationId: "token",
      // A second token does no harm.
      idempotent: true,
      limits,
      signal,
      readBody: readErrorText,
    });
    const { ok, status } = response;
    const fields = parseFields(await response.text());
    return { ok, status, retryAfter: retryAfter(response.headers), fields, redact };
  } catch (cause) {
    throw new AuthenticationError(`The request to ${name} failed: ${reasonOf(cause)}`, { cause });
  }
}

function parseFields(text: string): Record<string, unknown> {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return {};
  }
}
