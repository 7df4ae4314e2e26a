import { check } from "../errors/check.ts";
import type { Clock } from "../runtime/clock.ts";
import type { RateLimit, RateLimiter } from "./rate-limiter.ts";
import { SlidingWindow } from "./sliding-window.ts";

/** The API's limit of a client id in an API version. */
const apiRateLimit: RateLimit = { requests: 100, seconds: 10 };

/** @throws ConfigurationError for a value that is not a rate limit, a rate limiter or `false`. */
export function createRateLimiter(
  option: RateLimit | RateLimiter | false | undefined = apiRateLimit,
  clock: Clock,
): RateLimiter | undefined {
  if (option === false) return undefined;
  check(
    Object(option) === option,
    "rateLimit",
    "{ requests, seconds }, a rate limiter, or false",
    option as never,
  );
  if ("acquire" in option && typeof option.acquire === "function") return option;
  const { requests, seconds } = option as RateLimit;
  check(
    Number.isInteger(requests) && requests >= 1,
    "rateLimit.requests",
    "a whole number from 1",
    String(requests),
  );
  check(Number.isFinite(seconds) && seconds > 0, "rateLimit.seconds", "a number above 0", String(seconds));
  return new SlidingWindow(clock, { requests, seconds });
}
