/**
 * Decides when a request may be sent. Pass one of your own to share a limit between processes. Clients with the same rate limiter share
 * its limit.
 *
 * @example
 * ```ts
 * // Sends one request at a time, whichever process sends it.
 * const rateLimit: RateLimiter = {
 *   async acquire() {
 *     const lock = await redlock.acquire(["identitynow"], 60_000);
 *     return async () => void (await lock.release());
 *   },
 * };
 * const customizers = createClient({ tenant: "acme", auth, rateLimit });
 * ```
 */
export interface RateLimiter {
  /**
   * Waits for a slot. Resolves when a request may be sent, with a function that gives the slot back, or with nothing.
   *
   * @param signal Aborts the wait. The promise should then reject.
   * @param attempt 1 for the first attempt of a call. Later attempts should go first, because they hold tokens of the retry quota.
   * @throws An error ends the call with a `CallbackError`.
   */
  acquire(signal?: AbortSignal, attempt?: number): Promise<Release | void>;
  /**
   * Called when the server answers 429. The limiter should grant no slot before the wait is over. An error that it throws is logged.
   *
   * @param milliseconds the wait that the server asks for, at most `maxRetryAfter`; 0 if it asks for none
   */
  pause?(milliseconds: number): void | Promise<void>;
}

/**
 * Gives a slot back. Called once: when the response begins, when the attempt has failed, or when the caller no longer waits for the slot.
 * An error that it throws is logged.
 *
 * @param isSent `false`: the request was never sent, so that it need not be counted.
 */
export type Release = (isSent: boolean) => void | Promise<void>;

/** Number of requests that may be sent in any period of a given length. */
export interface RateLimit {
  /** Number of requests: a whole number from 1. */
  readonly requests: number;
  /** Length of the period in seconds: a number above 0. */
  readonly seconds: number;
}
