import type { ServerVariables } from "@isc-customizers/types";
import type { Fetch } from "./transport/fetch.ts";
import type { Logger, LogLevel } from "./runtime/logger.ts";
import type { RateLimit, RateLimiter } from "./transport/rate-limiter.ts";
import type { TokenStore } from "./auth/token-store.ts";

/** How the client comes by its tokens: by client credentials, or ready-made. */
export type Auth = ClientCredentialsAuth | AccessTokenAuth;

export interface ClientCredentialsAuth {
  /** The id of a personal access token. */
  readonly clientId: string;
  /** Its secret. It is sent to the token endpoint alone. */
  readonly clientSecret: string;
  /**
   * The token endpoint, or `"discover"` to ask the tenant's `/oauth/info` for it. `https`, but for a loopback host.
   * @default `/oauth/token` of the tenant
   */
  readonly tokenUrl?: string | undefined;
  /**
   * Where tokens are kept that several processes share.
   * @default none: each client has its own
   */
  readonly tokenStore?: TokenStore | undefined;
  readonly accessToken?: undefined;
}

export interface AccessTokenAuth {
  /** A token, or a function that gives one. It is called for every request, so that caching is its own affair. */
  readonly accessToken: string | (() => string | Promise<string>);
  readonly clientId?: undefined;
  readonly clientSecret?: undefined;
  readonly tokenUrl?: undefined;
  readonly tokenStore?: undefined;
}

/** What `createClient` takes: `auth`, and either `tenant` or `baseUrl`. */
export interface ClientOptions {
  /** The tenant's name: `acme` for `https://acme.api.identitynow.com`. Not together with `baseUrl`. */
  readonly tenant?: string | undefined;
  /**
   * The tenant's URL, without an API version. `https`, but for a loopback host. Not together with `tenant`.
   * A slash at its end makes no difference.
   */
  readonly baseUrl?: string | undefined;
  /**
   * The API version that every call goes to.
   * @default "v2024"
   */
  readonly apiVersion?: ServerVariables["apiVersion"] | undefined;
  readonly auth: Auth;
  /** Headers for every request. `Authorization` and the framing of the message are the client's own. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** For every call that does not set its own; see `RequestOptions`. */
  readonly timeout?: number | undefined;
  readonly totalTimeout?: number | undefined;
  readonly retries?: number | undefined;
  /**
   * The longest `Retry-After` that is waited for, in milliseconds from 0. A server that asks for more is not asked again: the call
   * fails at once, and its error has `retryAfter`.
   * @default 60,000
   */
  readonly maxRetryAfter?: number | undefined;
  /**
   * Keeps the client's requests under a rate limit: so many in so many seconds; or a limiter of your own; or `false` for none.
   * @default the platform's limit of a client id in an API version, 100 requests in 10 seconds
   */
  readonly rateLimit?: RateLimit | RateLimiter | false | undefined;
  /** @default console */
  readonly logger?: Logger | undefined;
  /**
   * `info` has a line for each attempt, `warn` what a person should look into. No line has a secret in it.
   * @default "warn"
   */
  readonly logLevel?: LogLevel | undefined;
  /**
   * What sends the requests, with the signature of the platform's own.
   * @default the global `fetch`, looked up at each call
   */
  readonly fetch?: Fetch | undefined;
}
