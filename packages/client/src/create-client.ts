import type { Methods } from "@isc-customizers/types";
import type { Middleware } from "openapi-fetch";
import { createTokenSource } from "./auth/create-token-source.ts";
import type { ClientOptions } from "./client-options.ts";
import { check } from "./errors/check.ts";
import { ConfigurationError } from "./errors/errors.ts";
import { createMethods } from "./methods/create-methods.ts";
import { resolveApiVersion } from "./openapi/api-version.ts";
import { resolveBaseUrl } from "./openapi/base-url.ts";
import { checkedHeaders, presentHeaders } from "./openapi/headers.ts";
import { OpenapiClient } from "./openapi/openapi-client.ts";
import { createRawClient, type RawClient } from "./openapi/raw-client.ts";
import { type Clock, systemClock } from "./runtime/clock.ts";
import { createLog } from "./runtime/logger.ts";
import type { Fetch } from "./transport/transport-context.ts";
import { createRateLimiter } from "./transport/create-rate-limiter.ts";
import { defaultLimits, requestLimits } from "./transport/request-limits.ts";
import { createTransport } from "./transport/transport.ts";
import { version } from "./version.ts";

/** A client of one tenant's Connector Customizers API: a method for each operation, `raw` and middleware. */
export interface Client extends Methods {
  /**
   * The openapi-fetch client that every call goes through, for a call by its path.
   *
   * @example
   * ```ts
   * const { data, error } = await customizers.raw.GET("/connector-customizers/{id}", { params: { path: { id } } });
   * ```
   */
  readonly raw: RawClient;
  /**
   * Adds middleware of openapi-fetch. It sees each call of a method and of `raw` once: it may change the request, answer in its place,
   * change the response, or handle an error. Retries happen beneath it.
   *
   * @throws {ConfigurationError} when an argument is not middleware.
   * @example
   * ```ts
   * customizers.use({
   *   onRequest({ request }) {
   *     request.headers.set("x-request-id", crypto.randomUUID());
   *   },
   * });
   * ```
   * @see https://openapi-ts.dev/openapi-fetch/middleware-auth
   */
  use(...middleware: Middleware[]): void;
  /** Removes middleware that `use` or the option `middleware` added. */
  eject(...middleware: Middleware[]): void;
}

/**
 * Creates a client of a tenant. It sends nothing before its first call.
 *
 * @throws {ConfigurationError} when an option is missing, unknown or unusable, or two contradict each other.
 * @example
 * ```ts
 * const customizers = createClient({ tenant: "acme", auth: { clientId, clientSecret } });
 * ```
 */
export function createClient(options: ClientOptions): Client {
  return createClientWithClock(options, systemClock);
}

/** Creates a client with a clock other than the system's. For tests. */
export function createClientWithClock(options: ClientOptions, clock: Clock): Client {
  const {
    tenant,
    baseUrl: givenUrl,
    apiVersion,
    auth,
    headers: givenHeaders,
    timeout,
    totalTimeout,
    retries,
    maxRetryAfter = 60_000,
    retryQuota = 500,
    rateLimit,
    middleware = [],
    logger,
    logLevel,
    fetch = runtimeFetch,
    ...unknown
  } = Object(options) as ClientOptions;
  const [misspelt] = Object.keys(unknown);
  if (misspelt !== undefined) throw new ConfigurationError(`createClient has no option \`${misspelt}\`.`);
  check(typeof fetch === "function", "fetch", "a function");
  check(
    typeof maxRetryAfter === "number" && maxRetryAfter >= 0,
    "maxRetryAfter",
    "a number from 0",
    maxRetryAfter,
  );
  check(
    retryQuota === false || (Number.isInteger(retryQuota) && retryQuota >= 0),
    "retryQuota",
    "a whole number from 0, or false",
    retryQuota,
  );
  check(Array.isArray(middleware), "middleware", "an array");
  const baseUrl = resolveBaseUrl(tenant, givenUrl);
  const headers = {
    "user-agent": `isc-customizers/${version}`,
    ...presentHeaders(checkedHeaders(givenHeaders)),
  };
  const limits = requestLimits({ timeout, totalTimeout, retries }, defaultLimits);
  const platform = { fetch, clock, log: createLog(logger, logLevel) };
  const client = new OpenapiClient({
    baseUrl,
    apiVersion: resolveApiVersion(apiVersion),
    headers,
    clock,
    transport: createTransport({
      ...platform,
      tokens: createTokenSource(auth, baseUrl, platform, { headers, limits, maxRetryAfter }),
      limiter: createRateLimiter(rateLimit, clock),
      maxRetryAfter,
      retryQuota: retryQuota === false ? Infinity : retryQuota,
    }),
  });
  client.use(...middleware);
  return {
    ...createMethods({ client, limits }),
    raw: createRawClient(client, limits),
    use: (...added) => client.use(...added),
    eject: (...removed) => client.eject(...removed),
  };
}

/** Looks `fetch` up at each call and not earlier, because Node loads it when it is looked up, which is slow. */
const runtimeFetch: Fetch = (url, init) => globalThis.fetch(url, init);
