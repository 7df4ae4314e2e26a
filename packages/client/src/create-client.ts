import type { Methods } from "@isc-customizers/types";
import { resolveApiVersion, versionedPath } from "./openapi/api-version.ts";
import { resolveBaseUrl } from "./openapi/base-url.ts";
import type { ClientOptions } from "./client-options.ts";
import type { Fetch } from "./transport/fetch.ts";
import { type Clock, systemClock } from "./runtime/clock.ts";
import { createRawClient } from "./openapi/create-raw-client.ts";
import { createTokenSource } from "./auth/create-token-source.ts";
import { ConfigurationError } from "./errors/errors.ts";
import { checkedHeaders } from "./openapi/headers.ts";
import { createLog } from "./runtime/logger.ts";
import { createMethods } from "./methods/create-methods.ts";
import type { RawClient } from "./openapi/raw-client.ts";
import { createRateLimiter } from "./transport/rate-limiter.ts";
import { defaultLimits, requestLimits } from "./transport/request-limits.ts";
import { createTransport } from "./transport/transport.ts";
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
  return assembleClient(options, systemClock);
}

/** The client, going by a clock. */
export function assembleClient(options: ClientOptions, clock: Clock): Client {
  if (typeof options !== "object" || options === null) {
    throw new ConfigurationError("The options are missing: give `auth`, and `tenant` or `baseUrl`.");
  }
  const {
    tenant,
    baseUrl: givenUrl,
    apiVersion: givenVersion,
    auth,
    headers,
    timeout,
    totalTimeout,
    retries,
    maxRetryAfter = 60_000,
    rateLimit,
    logger,
    logLevel,
    fetch = platformFetch,
    ...unknown
  } = options;
  const [misspelt] = Object.keys(unknown);
  if (misspelt !== undefined) throw new ConfigurationError(`There is no option \`${misspelt}\`.`);
  if (typeof fetch !== "function") throw new ConfigurationError("`fetch` must be a function.");
  if (!(maxRetryAfter >= 0)) throw new ConfigurationError("`maxRetryAfter` must be a number from 0.");
  const baseUrl = resolveBaseUrl({ tenant, baseUrl: givenUrl });
  const apiVersion = resolveApiVersion(givenVersion);
  const defaults = {
    headers: { "user-agent": `isc-customizers/${version}`, ...checkedHeaders(headers) },
    limits: requestLimits({ timeout, totalTimeout, retries }, defaultLimits),
    baseUrl,
    urlOf: (path: string) => baseUrl + versionedPath(apiVersion, path),
  };
  const platform = { fetch, clock, log: createLog(logger, logLevel) };
  const transport = createTransport({
    ...platform,
    tokens: createTokenSource(auth, baseUrl, platform),
    limiter: createRateLimiter(rateLimit, clock),
    maxRetryAfter,
  });
  return { ...createMethods(defaults, transport), raw: createRawClient(defaults, transport) };
}

/** Looked up when it is called: to look it up at once would load it, which is slow. */
const platformFetch: Fetch = (url, init) => globalThis.fetch(url, init);
