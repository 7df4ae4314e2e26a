import type { Methods } from "@isc-customizers/types";
import { resolveApiVersion } from "./api-version.ts";
import { resolveBaseUrl } from "./base-url.ts";
import type { ClientOptions } from "./client-options.ts";
import { ConfigurationError } from "./errors.ts";
import { checkedHeaders } from "./headers.ts";
import { createMethods } from "./methods.ts";
import { createRawClient, type RawClient } from "./raw-client.ts";
import { createTokenSource } from "./create-token-source.ts";
import { createTransport, fetchOf } from "./transport.ts";

/** A client of one tenant's Connector Customizers API: a method for each operation, and `raw`. */
export interface Client extends Methods {
  readonly raw: RawClient;
}

/**
 * Makes a client. Nothing is fetched until its first call.
 * @throws ConfigurationError for options that are missing, contradict each other, or cannot be used.
 */
export function createClient(options: ClientOptions): Client {
  if (typeof options !== "object" || options === null) {
    throw new ConfigurationError("The options are missing: give `auth`, and `tenant` or `baseUrl`.");
  }
  const { auth } = options;
  const baseUrl = resolveBaseUrl(options);
  const apiVersion = resolveApiVersion(options.apiVersion);
  const headers = checkedHeaders(options.headers);
  if (Object.keys(headers).some((name) => name.toLowerCase() === "authorization")) {
    throw new ConfigurationError("`headers` must not set `Authorization`; the client sets it, from `auth`.");
  }
  const fetch = fetchOf(options);
  const transport = createTransport(createTokenSource(auth, baseUrl, fetch), fetch);
  const raw = createRawClient(baseUrl, apiVersion, headers, transport);
  // openapi-fetch types a request by its path and its method; the operation table knows both only at run time.
  return { ...createMethods(raw.request as never, transport), raw };
}
