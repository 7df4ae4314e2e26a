import { toAbortError, abortable } from "../runtime/abort.ts";
import { CallbackError } from "../errors/errors.ts";
import { reasonOf } from "../errors/reason.ts";
import type { RateLimiter, Release } from "./rate-limiter.ts";

/** Called with an error that a function of the rate limiter threw, and with the name of the function. */
export type OnLimiterError = (callback: string, error: unknown) => void;

/** Slot of the rate limiter that one attempt holds. */
export class LimiterSlot {
  readonly #limiter: RateLimiter | undefined;
  readonly #onError: OnLimiterError;
  #release: Release | undefined;

  constructor(limiter: RateLimiter | undefined, onError: OnLimiterError) {
    this.#limiter = limiter;
    this.#onError = onError;
  }

  /**
   * Waits for the slot.
   * @throws CallbackError if the limiter throws; AbortError or TimeoutError when the signal is aborted first
   */
  async acquire(signal: AbortSignal, attempt: number): Promise<void> {
    const slot = new Promise<Release | void>((resolve) => resolve(this.#limiter?.acquire(signal, attempt)));
    try {
      this.#release = (await abortable(slot, signal)) ?? undefined;
    } catch (cause) {
      // The slot may be granted after the abort, or at the same time.
      slot.then(
        (release) => this.#call("release of rateLimit.acquire", () => release?.(false)),
        () => {},
      );
      if (signal.aborted) throw toAbortError(signal);
      // The attempt redacts it.
      throw new CallbackError("rateLimit.acquire", reasonOf(cause), { cause });
    }
  }

  /** @param isSent `false`: the request was never sent. */
  giveBack(isSent: boolean): void {
    const release = this.#release;
    this.#release = undefined;
    void this.#call("release of rateLimit.acquire", () => release?.(isSent));
  }

  /** Reports a 429 to the limiter. */
  pause(milliseconds: number): void {
    void this.#call("rateLimit.pause", () => this.#limiter?.pause?.(milliseconds));
  }

  async #call(name: string, callback: () => void | Promise<void>): Promise<void> {
    try {
      await callback();
    } catch (error) {
      this.#onError(name, error);
    }
  }
}
