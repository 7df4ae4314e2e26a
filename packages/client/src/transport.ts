import type { ClientOptions, Fetch } from "./client-options.ts";
import { abortError } from "./abortable.ts";
import { ConnectionError } from "./errors.ts";
import { reasonOf } from "./reason.ts";
import type { RequestParts } from "./request-parts.ts";
import type { TokenSource } from "./token-source.ts";

/** Sends a request and gives the response, whatever its status. */
export type Transport = (request: RequestParts) => Promise<Response>;

/**
 * The way of every request, of the methods and of `raw` alike: token, then send.
 * @throws AuthenticationError, ConnectionError, AbortError or TimeoutError
 */
export function createTransport(tokens: TokenSource, fetch: Fetch): Transport {
  return async ({ url, init, method }) => {
    const signal = init.signal ?? undefined;
    const token = await tokens.get(signal);
    const headers = new Headers(init.headers);
    headers.set("Authorization", `Bearer ${token}`);
    let response: Response;
    try {
      // An API has no need of redirects, and one to another origin must not be followed with a token.
      response = await fetch(url, { ...init, headers, redirect: "manual" });
    } catch (cause) {
      if (signal?.aborted) throw abortError(signal);
      throw new ConnectionError(`${method} ${url} failed: ${reasonOf(cause)}`, { cause });
    }
    if (response.status === 401) tokens.reject(token);
    return response;
  };
}

/** The caller's `fetch`, or the platform's, which is looked up when it is first needed: that is slow. */
export function fetchOf({ fetch }: Pick<ClientOptions, "fetch">): Fetch {
  return fetch ?? ((url, init) => globalThis.fetch(url, init));
}
