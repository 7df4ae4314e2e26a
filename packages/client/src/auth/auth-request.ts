import { rawBodySource } from "../body/body-source.ts";
import { fieldsOf, parseBody } from "../errors/error-body.ts";
import { AuthenticationError } from "../errors/errors.ts";
import { oneLine, reasonOf } from "../errors/reason.ts";
import { readErrorText } from "../errors/read-error-text.ts";
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
  /** The name of the URL at the beginning of an error message. */
  readonly name: string;
  /** Sent with `POST`. A request without a form is a `GET`. */
  readonly form?: URLSearchParams;
}

export interface AuthResponse {
  /** The properties of the JSON object in the body. Empty for any other body. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Creates the error for a response that cannot be used. */
  readonly toError: (problem: string) => AuthenticationError;
}

/** @throws AuthenticationError unless the response is complete and a success. */
export async function sendAuthRequest(
  { transport, limits, headers }: AuthRequestSettings,
  { url, name, form }: AuthRequest,
  signal: AbortSignal,
): Promise<AuthResponse> {
  const request = {
    url,
    method: form ? "POST" : "GET",
    headers: {
      ...headers,
      accept: "application/json",
      ...(form && { "content-type": "application/x-www-form-urlencoded" }),
    },
    body: form && rawBodySource(form.toString()),
    operationId: "token",
    // A second token does no harm.
    idempotent: true,
    limits,
    signal,
    readBody: readErrorText,
  };
  const { response, redact } = await transport(request).catch((cause: unknown) => {
    throw new AuthenticationError(`${name} failed: ${reasonOf(cause)}`, { cause });
  });
  const { ok, status } = response;
  const fields = fieldsOf(parseBody(await response.text()));
  const toError = (problem: string) =>
    new AuthenticationError(`${name} answered ${status}${problem}`, {
      status,
      retryAfter: retryAfter(response.headers),
    });
  if (ok) return { fields, toError };
  const reasons = ["", fields["error"], fields["error_description"]].filter(
    (part) => typeof part === "string",
  );
  throw toError(oneLine(redact(reasons.join(": "))) || ".");
}
