import { toAbortError } from "../runtime/abort.ts";
import type { Clock } from "../runtime/clock.ts";
import type { RateLimit, RateLimiter, Release } from "./rate-limiter.ts";

/** Time after a 429 in which further 429s count as the same one, in milliseconds: their requests were sent together. */
const burstLength = 1000;

/**
 * A rate limiter with a sliding window. A slot is held from its grant until one period after the response began. The request arrives
 * between these times, so the server sees no more requests than the limit in any period, however long a connection, a token or a body
 * takes. Slots are granted in the order of the requests, to retries before first attempts.
 */
export class SlidingWindow implements RateLimiter {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #period: number;
  /** Current number of slots. Other clients of the same limit use the rest. */
  #slots: number;
  /** Slots of requests that have no response yet. */
  #held = 0;
  /** Times when the slots of other requests become free, earliest first. */
  readonly #freeAt: number[] = [];
  readonly #retries = new Set<() => void>();
  readonly #firstAttempts = new Set<() => void>();
  #pausedUntil = -Infinity;
  #halvedAt = -Infinity;
  #growsAt = Infinity;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, { requests, seconds }: RateLimit) {
    this.#clock = clock;
    this.#limit = requests;
    this.#slots = requests;
    this.#period = seconds * 1000;
  }

  acquire(signal?: AbortSignal, attempt = 1): Promise<Release> {
    const queue = attempt > 1 ? this.#retries : this.#firstAttempts;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(toAbortError(signal));
      const leave = () => {
        queue.delete(grant);
        reject(toAbortError(signal as AbortSignal));
        this.#advance();
      };
      const grant = () => {
        signal?.removeEventListener("abort", leave);
        resolve(this.#hold());
      };
      signal?.addEventListener("abort", leave, { once: true });
      queue.add(grant);
      this.#advance();
    });
  }

  /** Waits as the server asks, and halves the number of slots, because other clients seem to use the same limit. */
  pause(milliseconds: number): void {
    const now = this.#clock.now();
    if (now >= Math.max(this.#pausedUntil, this.#halvedAt + burstLength)) {
      this.#slots = Math.ceil(this.#slots / 2);
      this.#halvedAt = now;
    }
    this.#pausedUntil = Math.max(this.#pausedUntil, now + milliseconds);
    this.#growsAt = this.#pausedUntil + this.#period;
  }

  #hold(): Release {
    this.#held++;
    return (isSent) => {
      this.#held--;
      if (isSent) this.#freeAt.push(this.#clock.now() + this.#period);
      this.#advance();
    };
  }

  /** Grants the free slots, and sets a timer for the next one. */
  #advance(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const now = this.#clock.now();
    this.#grow(now);
    while ((this.#freeAt[0] ?? Infinity) <= now) this.#freeAt.shift();
    const isPaused = now < this.#pausedUntil;
    for (const queue of [this.#retries, this.#firstAttempts])
      for (const grant of queue) {
        if (isPaused || this.#held + this.#freeAt.length >= this.#slots) break;
        queue.delete(grant);
        grant();
      }
    if (this.#retries.size + this.#firstAttempts.size === 0) return;
    const next = isPaused ? this.#pausedUntil : Math.min(this.#freeAt[0] ?? Infinity, this.#growsAt);
    if (next < Infinity) this.#cancelTimer = this.#clock.after(next - now, () => this.#advance());
  }

  /** Gives a tenth of the limit back for each period without a 429. */
  #grow(now: number): void {
    while (now >= this.#growsAt) {
      this.#slots = Math.min(this.#limit, this.#slots + Math.ceil(this.#limit / 10));
      this.#growsAt = this.#slots < this.#limit ? this.#growsAt + this.#period : Infinity;
    }
  }
}
