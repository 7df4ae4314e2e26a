import { targetOf } from "../errors/message.ts";
import { wait } from "../runtime/clock.ts";
import { Attempt, type Outcome } from "./attempt.ts";
import { backoff, costsQuota, type Failure, isRetryable, mayHaveSucceeded } from "./retry-policy.ts";
import type { SharedContext } from "./transport-context.ts";
import type { ResponseContext, TransportRequest } from "./transport-request.ts";

/** Longest wait for the body source of an attempt to end before the next attempt, in milliseconds. */
const closeTimeout = 1000;

/** One request with all its attempts. */
export class Exchange {
  #shared: SharedContext;
  readonly #request: TransportRequest;
  /** When the total time is up. */
  readonly #deadline: number;
  #retries = 0;
  /** The retries that the quota was charged for. */
  #chargedRetries = 0;
  #isTokenRenewed = false;
  /** A DELETE attempt that seemed to fail may have succeeded. */
  #mayBeDeleted = false;

  constructor(shared: SharedContext, request: TransportRequest) {
    this.#shared = shared;
    this.#request = request;
    this.#deadline = request.deadline ?? shared.clock.now() + request.limits.totalTimeout;
  }

  /** Sends the request until an attempt succeeds or must not be repeated. */
  async send(): Promise<ResponseContext> {
    try {
      for (let number = 1; ; number++) {
        const outcome = await new Attempt(this.#shared, this.#request, number, this.#deadline).send();
        const delay = this.#delayBeforeNext(outcome);
        if (delay === undefined) return this.#settle(outcome);
        await this.#waitBeforeNext(delay, outcome);
      }
    } catch (error) {
      this.#request.body?.discard(error);
      throw error;
    }
  }

  /** Returns the wait before the next attempt in milliseconds, or `undefined` if the request must not be sent again. */
  #delayBeforeNext({ failure, token }: Outcome): number | undefined {
    if (failure === undefined) return undefined;
    const isRepeatable = this.#request.body?.repeatable !== false;
    if (failure.status === 401 && token !== undefined)
      return this.#canRenew(token) && isRepeatable ? 0 : undefined;
    if (!isRepeatable) return undefined;
    const delay = failure.retryAfter ?? backoff(this.#retries, Math.random());
    if (!this.#shouldRetry(failure, delay)) return undefined;
    this.#retries++;
    this.#mayBeDeleted ||= this.#request.method === "DELETE" && mayHaveSucceeded(failure);
    return delay;
  }

  /** Invalidates a token that the server refused. A request gets one new token: the old one may have been revoked. */
  #canRenew(token: string): boolean {
    const canRenew = this.#shared.tokens?.invalidate(token) === true && !this.#isTokenRenewed;
    this.#isTokenRenewed = true;
    // A later answer may still echo it.
    this.#shared = { ...this.#shared, secrets: [...(this.#shared.secrets ?? []), token] };
    return canRenew;
  }

  #shouldRetry(failure: Failure, delay: number): boolean {
    const { clock, maxRetryAfter, quota } = this.#shared;
    const { idempotent, limits } = this.#request;
    if (this.#retries >= limits.retries || !isRetryable(failure, idempotent)) return false;
    if (failure.retryAfter !== undefined && failure.retryAfter > maxRetryAfter) return false;
    if (clock.now() + delay >= this.#deadline) return false;
    if (!costsQuota(failure)) return true;
    const isCharged = quota.take();
    if (isCharged) this.#chargedRetries++;
    return isCharged;
  }

  /** Waits for the delay and for the last attempt to end. */
  async #waitBeforeNext(delay: number, outcome: Outcome): Promise<void> {
    const { clock, log } = this.#shared;
    const { operationId, method, url, signal } = this.#request;
    if (delay > 0)
      log(
        "info",
        () => `${targetOf(this.#request)}: next attempt in ${Math.round(delay)} ms`,
        () => ({ operationId, method, url }),
      );
    const ended = outcome.end();
    await wait(clock, delay, signal);
    if (ended) await wait(clock, closeTimeout, signal, ended);
  }

  #settle(outcome: Outcome): ResponseContext {
    const { error, context, failure } = outcome;
    // An unread response is the caller's, and so is an upload that goes on beside it.
    if (!outcome.isUnread) void outcome.end();
    if (context === undefined) throw error;
    if (failure === undefined) this.#shared.quota.refund(this.#chargedRetries);
    return { ...context, alreadyDeleted: this.#mayBeDeleted && context.response.status === 404 };
  }
}
