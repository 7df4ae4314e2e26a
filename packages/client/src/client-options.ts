import type { ServerVariables } from "@isc-customizers/types";
import type { Middleware } from "openapi-fetch";
import type { Fetch } from "./transport/transport-context.ts";
import type { Logger, LogLevel } from "./runtime/logger.ts";
import type { RateLimit, RateLimiter } from "./transport/rate-limiter.ts";
import type { Auth } from "./auth/auth-options.ts";

/** A version of the API: a value of the variable `apiVersion` of the server's URL. */
export type ApiVersion = ServerVariables extends { apiVersion: infer Version } ? Version : never;

/** Options of `createClient`: `auth`, and either `tenant` or `baseUrl`. All times are in milliseconds. */
export interface ClientOptions {
  /**
   * Name of the tenant: `acme` stands for `https://acme.api.identitynow.com`. Give `tenant` or `baseUrl`, not both.
   *
   * @example
   * ```ts
   * createClient({ tenant: "acme", auth: { clientId, clientSecret } });
   * ```
   */
  readonly tenant?: string | undefined;
  /**
   * URL of the tenant, without an API version. It must be `https`, except on a loopback host such as `localhost`. A slash at
   * the end makes no difference. Give `baseUrl` or `tenant`, not both.
   *
   * @example
   * ```ts
   * createClient({ baseUrl: "https://acme.api.identitynow.com", auth: { clientId, clientSecret } });
   * ```
   */
  readonly baseUrl?: string | undefined;
  /**
   * Version of the API that every call uses. `"v1"` is a service's own version; the others are versions of the whole API.
   *
   * @default "v2024"
   */
  readonly apiVersion?: ApiVersion | undefined;
  /**
   * Credentials of a personal access token, which the client exchanges for access tokens; or an access token, or a function
   * that returns one.
   *
   * @example
   * ```ts
   * createClient({ tenant: "acme", auth: { clientId, clientSecret } });
   * createClient({ tenant: "acme", auth: { accessToken: async () => await fetchToken() } });
   * ```
   */
  readonly auth: Auth;
  /**
   * Headers of every request, the token exchange included. A call can replace or remove each of them. `Authorization`, `Host`,
   * and headers of the connection, such as `Content-Length`, cannot be set.
   *
   * @default `User-Agent: isc-customizers/` and the version of the client
   * @example
   * ```ts
   * createClient({ tenant: "acme", auth, headers: { "X-Team": "identity" } });
   * ```
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Time limit of one attempt, in milliseconds: a whole number from 1 to 2,147,483,647. It includes the body of the response,
   * but neither the wait for the rate limiter nor the wait before a retry. It starts again each time a part of a binary body is
   * sent, so that it does not limit how long an upload takes. An attempt that exceeds it fails with a `TimeoutError`.
   *
   * @default 30_000
   */
  readonly timeout?: number | undefined;
  /**
   * Time limit of one call, in milliseconds: a whole number from 1 to 2,147,483,647. It includes all attempts and waits. A
   * call that exceeds it fails with a `TimeoutError`. Each page of a list is a separate call.
   *
   * @default 300_000
   */
  readonly totalTimeout?: number | undefined;
  /**
   * Number of times that a failed request may be sent again: a whole number from 0. 0 sends every request once. A `POST` or
   * `PATCH` that may have taken effect is never sent again.
   *
   * @default 2
   */
  readonly retries?: number | undefined;
  /**
   * Longest `Retry-After` that the client waits for, in milliseconds: a number from 0. If the server asks for more, the call
   * fails at once, and its error has `retryAfter`.
   *
   * @default 60_000
   */
  readonly maxRetryAfter?: number | undefined;
  /**
   * Number of retry tokens in the client's quota: a whole number from 0; or `false` for no quota. All calls of the client
   * share the quota, so that the client does not add load to a failing server. The AWS SDKs have such a quota too.
   *
   * A retry after a 5xx, a 408, a lost connection or a time-out costs 5 retry tokens. They are refunded when the call
   * succeeds. A call that succeeds without a retry gives 1 retry token back. Retries after a 429 cost nothing. Without enough
   * retry tokens, a call fails with the error of its last attempt.
   *
   * @default 500
   */
  readonly retryQuota?: number | false | undefined;
  /**
   * Keeps the client's requests under a rate limit. `{ requests, seconds }` allows that many requests in any period of so many
   * seconds. A `RateLimiter` of your own can share a limit between processes. `false` switches the limit off.
   *
   * The default is the API's limit of a client id in one API version.
   *
   * @default { requests: 100, seconds: 10 }
   * @example
   * ```ts
   * createClient({ tenant: "acme", auth, rateLimit: { requests: 50, seconds: 10 } });
   * ```
   */
  readonly rateLimit?: RateLimit | RateLimiter | false | undefined;
  /**
   * Middleware of openapi-fetch. It sees each call of a method and of `raw` once; retries happen beneath it. It can change the
   * request, answer in place of the server, change the response, and handle an error. The access token is added beneath it.
   * `client.use()` adds middleware later, and `client.eject()` removes it. An error that middleware throws is a
   * `CallbackError`. See https://openapi-ts.dev/openapi-fetch/middleware-auth.
   *
   * @default none
   * @example
   * ```ts
   * createClient({
   *   tenant: "acme",
   *   auth,
   *   middleware: [
   *     {
   *       onRequest({ request }) {
   *         request.headers.set("X-Request-Id", crypto.randomUUID());
   *       },
   *     },
   *   ],
   * });
   * ```
   */
  readonly middleware?: readonly Middleware[] | undefined;
  /**
   * Receiver of log lines: an object with `error`, `warn`, `info` and `debug`, such as `console`. The client calls each of them
   * with a message, and with fields if it has any: `operationId`, `method`, `url`, `status`, `attempt`, `durationMs` and
   * `trackingId`. Neither contains a token or a secret. An error that the logger throws does not fail the call.
   *
   * @default console
   * @example
   * ```ts
   * import { pino } from "pino";
   *
   * const log = pino();
   * createClient({
   *   tenant: "acme",
   *   auth,
   *   logLevel: "info",
   *   logger: {
   *     error: (message, fields) => log.error(fields, message),
   *     warn: (message, fields) => log.warn(fields, message),
   *     info: (message, fields) => log.info(fields, message),
   *     debug: (message, fields) => log.debug(fields, message),
   *   },
   * });
   * ```
   */
  readonly logger?: Logger | undefined;
  /**
   * Lowest level that is logged. `"info"` logs `info`, `warn` and `error`; `"off"` logs nothing.
   *
   * - `warn`: deprecated operations, and failures that the client worked around;
   * - `info`: a line for each attempt and each wait;
   * - `debug`: the headers of each attempt, with secrets redacted.
   *
   * @default "warn"
   */
  readonly logLevel?: LogLevel | undefined;
  /**
   * Function that sends the requests, with the signature of the global `fetch`. It sends the attempts and the token
   * exchange. Use it for a proxy or a client certificate: `undiciFetch()` of `@isc-customizers/client/node` returns one.
   *
   * @default the global `fetch`, which is looked up at each request
   * @example
   * ```ts
   * createClient({ tenant: "acme", auth, fetch: await undiciFetch() });
   * ```
   */
  readonly fetch?: Fetch | undefined;
}
