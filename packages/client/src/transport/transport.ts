import { targetOf } from "../errors/request-label.ts";
import { wait } from "../runtime/clock.ts";
import { Attempt, type AttemptResult } from "./attempt.ts";
import { backoff } from "./backoff.ts";
import { createDeprecationWarning } from "./deprecation.ts";
import { costsQuota, type Failure, isRetryable, mayHaveSucceeded } from "./retry-policy.ts";
import { RetryQuota } from "./retry-quota.ts";
import type { SharedContext, TransportContext } from "./transport-context.ts";
import type { ResponseContext, Transport, TransportRequest } from "./transport-request.ts";

/** Creates the function that sends the requests of a client, each with its retries. */
export function createTransport(context: TransportContext): Transport {
  const shared = {
    ...context,
    quota: new RetryQuota(context.retryQuota ?? Infinity),
    warnOfDeprecation: createDeprecationWarning(context.log),
  };
  return (request) => new RetriedRequest(shared, request).send();
}

/** Longest wait for the body source of an attempt to end before the next attempt, in milliseconds. */
const closeTimeout = 1000;

/** A request with all its attempts. */
class RetriedRequest {
  #shared: SharedContext;
  readonly #request: TransportRequest;
  /** End of the total time, by the clock. */
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
        const result = await new Attempt(this.#shared, this.#request, number, this.#deadline).send();
        const delay = this.#delayBeforeNext(result);
        if (delay === undefined) return this.#settle(result);
        await this.#waitBeforeNext(delay, result);
      }
    } catch (error) {
      this.#request.body?.discard(error);
      throw error;
    }
  }

  /** Returns the wait before the next attempt in milliseconds, or `undefined` if the request must not be sent again. */
  #delayBeforeNext({ failure, token }: AttemptResult): number | undefined {
    if (failure === undefined) return undefined;
    const isRepeatable = this.#request.body?.repeatable !== false;
    if (failure.status === 401 && token !== undefined)
      return this.#renewToken(token) && isRepeatable ? 0 : undefined;
    if (!isRepeatable) return undefined;
    const delay = failure.retryAfter ?? backoff(this.#retries, Math.random());
    if (!this.#shouldRetry(failure, delay)) return undefined;
    this.#retries++;
    this.#mayBeDeleted ||= this.#request.method === "DELETE" && mayHaveSucceeded(failure);
    return delay;
  }

  /**
   * Invalidates a token that the server refused.
   * @returns `true` if the request may be sent with another token: once for each request, because the token may have been revoked
   */
  #renewToken(token: string): boolean {
    const canRenew = this.#shared.tokens?.invalidate(token) === true && !this.#isTokenRenewed;
    this.#isTokenRenewed = true;
    // A later response may still echo it.
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
  async #waitBeforeNext(delay: number, result: AttemptResult): Promise<void> {
    const { clock, log } = this.#shared;
    const { operationId, method, url, signal } = this.#request;
    if (delay > 0)
      log(
        "info",
        () => `${targetOf(this.#request)}: next attempt in ${Math.round(delay)} ms`,
        () => ({ operationId, method, url }),
      );
    const ended = result.end();
    await wait(clock, delay, signal);
    if (ended) await wait(clock, closeTimeout, signal, ended);
  }

  #settle(result: AttemptResult): ResponseContext {
    const { error, context, failure } = result;
    // An unread response is the caller's, and so is an upload that goes on beside it.
    if (!result.isUnread) void result.end();
    if (context === undefined) throw error;
    if (failure === undefined) this.#shared.quota.refund(this.#chargedRetries);
    return { ...context, alreadyDeleted: this.#mayBeDeleted && context.response.status === 404 };
  }
}
