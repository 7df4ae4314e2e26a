/** Maximum number of requests in a time window. */
export interface RateLimit {
  /** A whole number from 1. */
  readonly requests: number;
  /** In seconds, above 0. */
  readonly seconds: number;
}

/** SailPoint's documented rate limit: 100 requests in 10 seconds. */
export const SAILPOINT_RATE_LIMIT: RateLimit = { requests: 100, seconds: 10 };

/**
 * Limits requests by key over a sliding window: no window of that length has more requests than the limit. SailPoint does not
 * document its window. A client that keeps to a sliding window keeps to a fixed one too.
 */
export class RateLimiter {
  readonly #limit: RateLimit;
  /** Times of the accepted requests in the last window by key, oldest first. */
  readonly #passed = new Map<string, number[]>();

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  /**
   * Accepts and counts a request, or returns the time to wait.
   *
   * @param now Milliseconds of a monotonic clock.
   * @returns 0 for an accepted request; otherwise the milliseconds until the key's next request is accepted.
   */
  take(key: string, now: number): number {
    const window = this.#limit.seconds * 1000;
    const passed = this.#passed.get(key) ?? [];
    const current = passed.findIndex((time) => time > now - window);
    passed.splice(0, current < 0 ? passed.length : current);
    const [oldest] = passed;
    if (passed.length >= this.#limit.requests && oldest !== undefined) return oldest + window - now;
    passed.push(now);
    this.#passed.set(key, passed);
    return 0;
  }
}
