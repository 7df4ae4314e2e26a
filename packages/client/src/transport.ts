import { abortError } from "./abort-error.ts";
import { abortable } from "./abortable.ts";
import type { Fetch } from "./client-options.ts";
import { ConnectionError } from "./errors.ts";
import { reasonOf } from "./reason.ts";
import { type Redact, redactedError, redactor } from "./redact.ts";
import type { RequestParts } from "./request-parts.ts";
import type { TokenSource } from "./token-source.ts";

/** A request that was sent, and the response to it, whatever its status. */
export interface Exchange {
  readonly request: RequestParts;
  readonly response: Response;
  /** Cuts the token that was sent out of what the server says. */
  readonly redact: Redact;
}

/** Sends a request. @throws AuthenticationError, ConnectionError, AbortError or TimeoutError */
export type Transport = (request: RequestParts) => Promise<Exchange>;

/** The way of every request, of the methods and of `raw` alike: token, then send. */
export function createTransport(tokens: TokenSource, fetch: Fetch): Transport {
  return async (request) => {
    const { url, init } = request;
    const signal = init.signal ?? undefined;
    if (signal?.aborted) throw abortError(signal);
    const token = await abortable(tokens.get(), signal);
    const redact = redactor([token]);
    const headers = new Headers(init.headers);
    headers.set("Authorization", `Bearer ${token}`);
    let response: Response;
    try {
      // An API has no need of redirects, and one to another origin must not be followed with a token.
      response = await fetch(url, { ...init, headers, redirect: "manual" });
    } catch (error) {
      if (signal?.aborted) throw abortError(signal);
      const cause = redactedError(error, redact);
      throw new ConnectionError(`${request.label} failed: ${redact(reasonOf(error))}`, { cause });
    }
    if (response.status === 401) tokens.reject(token);
    return { request, response, redact };
  };
}
