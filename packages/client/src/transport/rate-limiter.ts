import { toAbortError } from "../runtime/abort.ts";
import type { Clock } from "../runtime/clock.ts";
import { ConfigurationError } from "../errors/errors.ts";

/** Lets requests through no faster than a limit allows. Give one of your own to share a limit between processes. */
export interface RateLimiter {
  /**
   * Resolves when a request may be sent.
   * @param signal ends the wait; then it rejects
   */
  acquire(signal?: AbortSignal): Promise<void>;
  /** The server has refused a request, and asks to wait so many milliseconds. */
  pause?(milliseconds: number): void | Promise<void>;
}

/** How many requests may be sent in how much time. */
export interface RateLimit {
  /** A whole number from 1. */
  readonly requests: number;
  /** In seconds, above 0. */
  readonly seconds: number;
}

/** @throws ConfigurationError */
export function createRateLimiter(
  option: RateLimit | RateLimiter | false | undefined = platformRateLimit,
  clock: Clock,
): RateLimiter | undefined {
  if (option === false) return undefined;
  const given = Object(option) as RateLimit & RateLimiter;
  if (typeof given.acquire === "function") return given;
  if (Number.isInteger(given.requests) && given.requests >= 1 && given.seconds > 0)
    return new SlidingWindow(clock, given);
  throw new ConfigurationError("`rateLimit` must be { requests, seconds }, a limiter, or false.");
}

/** The platform's, of a client id in an API version: 100 requests in 10 seconds. */
const platformRateLimit: RateLimit = { requests: 100, seconds: 10 };

/** Requests arrive as unevenly as the network is: with this much more of a window, the server's has no more than the limit. */
const slack = 1.05;

/** A window that slides: requests go in the order in which they came, each as soon as the limit allows. */
export class SlidingWindow implements RateLimiter {
  readonly #clock: Clock;
  readonly #requests: number;
  readonly #window: number;
  /** When the last requests went, oldest first. */
  readonly #sent: number[] = [];
  readonly #queue = new Set<() => void>();
  #pausedUntil = -Infinity;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, { requests, seconds }: RateLimit) {
    this.#clock = clock;
    this.#requests = requests;
    this.#window = seconds * 1000 * slack;
  }

  acquire(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#queue.delete(go);
        if (this.#queue.size === 0) {
          // Nobody is left to come back for.
          this.#cancel?.();
          this.#cancel = undefined;
        }
        if (signal) reject(toAbortError(signal));
      };
      const go = () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      if (signal?.aborted) return leave();
      signal?.addEventListener("abort", leave, { once: true });
      this.#queue.add(go);
      this.#advance();
    });
  }

  pause(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + milliseconds);
  }

  /** Lets go whoever may, and comes back for the next. */
  #advance(): void {
    const now = this.#clock.now();
    for (const go of this.#queue) {
      const delay = this.#delay(now);
      if (delay > 0) {
        this.#cancel ??= this.#clock.after(delay, () => {
          this.#cancel = undefined;
          this.#advance();
        });
        return;
      }
      this.#queue.delete(go);
      this.#sent.push(now);
      if (this.#sent.length > this.#requests) this.#sent.shift();
      go();
    }
  }

  #delay(now: number): number {
    const [oldest = -Infinity] = this.#sent.length < this.#requests ? [] : this.#sent;
    return Math.max(oldest + this.#window, this.#pausedUntil) - now;
  }
}
