import type { Methods } from "@isc-customizers/types";
import { resolveApiVersion, versionedPath } from "./api-version.ts";
import { resolveBaseUrl } from "./base-url.ts";
import type { ClientOptions, Fetch } from "./client-options.ts";
import { createTokenSource } from "./create-token-source.ts";
import { ConfigurationError } from "./errors.ts";
import { checkedHeaders } from "./headers.ts";
import { createMethods } from "./methods.ts";
import { createRawClient, type RawClient } from "./raw-client.ts";
import { createTransport } from "./transport.ts";
import { version } from "./version.ts";

/** A client of one tenant's Connector Customizers API: a method for each operation, and `raw`. */
export interface Client extends Methods {
  readonly raw: RawClient;
}

/**
 * Makes a client. Nothing is fetched until its first call.
 * @throws ConfigurationError for options that are missing, unknown, contradict each other, or cannot be used.
 */
export function createClient(options: ClientOptions): Client {
  if (typeof options !== "object" || options === null) {
    throw new ConfigurationError("The options are missing: give `auth`, and `tenant` or `baseUrl`.");
  }
  const {
    tenant,
    baseUrl: givenUrl,
    apiVersion: givenVersion,
    auth,
    headers,
    fetch = platformFetch,
    ...unknown
  } = options;
  const [misspelt] = Object.keys(unknown);
  if (misspelt !== undefined) throw new ConfigurationError(`There is no option \`${misspelt}\`.`);
  if (typeof fetch !== "function") throw new ConfigurationError("`fetch` must be a function.");
  const baseUrl = resolveBaseUrl({ tenant, baseUrl: givenUrl });
  const apiVersion = resolveApiVersion(givenVersion);
  const defaults = {
    headers: { "User-Agent": `isc-customizers/${version}`, ...checkedHeaders(headers) },
    urlOf: (path: string) => baseUrl + versionedPath(apiVersion, path),
  };
  const transport = createTransport(createTokenSource(auth, baseUrl, fetch), fetch);
  return { ...createMethods(defaults, transport), raw: createRawClient(defaults, transport) };
}

/** Looked up when it is called: to look it up at once would load it, which is slow. */
const platformFetch: Fetch = (url, init) => globalThis.fetch(url, init);
