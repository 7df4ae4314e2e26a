import type { Clock } from "../runtime/clock.ts";
import type { Log } from "../runtime/logger.ts";
import type { WarnOfDeprecation } from "./deprecation.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import type { RetryQuota } from "./retry-quota.ts";

/** Sends one HTTP request, with the signature of the global `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Provides the access tokens of requests. */
export interface TokenSource {
  /**
   * Returns a token that is valid for a request sent now.
   * @throws AuthenticationError when no token can be obtained; AbortError or TimeoutError when the signal is aborted.
   */
  get(signal: AbortSignal): Promise<string>;
  /**
   * Reports a token that the server refuses, so that it is not returned again.
   * @returns `true` if `get` may return another token
   */
  invalidate(token: string): boolean;
}

/** The parts of the JavaScript runtime that requests use. */
export interface Platform {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly log: Log;
}

/** Settings that the requests of a transport share. */
export interface TransportContext extends Platform {
  /** `undefined` for requests that carry no token: those to the token endpoint. */
  readonly tokens?: TokenSource | undefined;
  readonly limiter?: RateLimiter | undefined;
  /** Longest `Retry-After` that the client waits for, in milliseconds. */
  readonly maxRetryAfter: number;
  /** Capacity of the retry quota, in tokens. No limit by default. */
  readonly retryQuota?: number;
  /** Secrets besides the access token, which errors and logs must not show. */
  readonly secrets?: readonly string[] | undefined;
}

/** Settings and state that the requests of a transport share. */
export interface SharedContext extends TransportContext {
  readonly quota: RetryQuota;
  readonly warnOfDeprecation: WarnOfDeprecation;
}
