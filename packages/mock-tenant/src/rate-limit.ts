/** How many requests may be made in how much time. */
export interface RateLimit {
  /** A whole number from 1. */
  readonly requests: number;
  /** In seconds, above 0. */
  readonly seconds: number;
}

/** The platform's: 100 requests in 10 seconds. */
export const PLATFORM_RATE_LIMIT: RateLimit = { requests: 100, seconds: 10 };

/**
 * Counts requests by key over a window that slides: at no moment have more than the limit been let through in the time just
 * past. How the platform's window lies is not documented; whoever keeps to this one keeps to any.
 */
export class RateLimiter {
  readonly #limit: RateLimit;
  /** When the requests of the last window were let through, oldest first. */
  readonly #passed = new Map<string, number[]>();

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  /**
   * Lets a request through and counts it, or tells how long to wait.
   *
   * @param now In milliseconds of a clock that never goes back.
   * @returns 0, or the milliseconds until the next request of this key is let through; then this one is not counted.
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
