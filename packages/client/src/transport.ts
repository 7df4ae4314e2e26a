import { abortError } from "./abort-error.ts";
import { abortable } from "./abortable.ts";
import type { Fetch } from "./client-options.ts";
import { type Clock, wait } from "./clock.ts";
import type { NoteDeprecation } from "./deprecation.ts";
import { ConfigurationError, ConnectionError, IscError, TimeoutError } from "./errors.ts";
import type { Log } from "./logger.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { reasonOf } from "./reason.ts";
import { type Redact, redactedError, redactor } from "./redact.ts";
import { labelOf, type RequestParts } from "./request-parts.ts";
import { retryAfter } from "./retry-after.ts";
import type { RetryBudget } from "./retry-budget.ts";
import { backoff, type Failure, mayHaveHadEffect, mayRetry } from "./retry-policy.ts";
import { limitTime, type TimeLimit } from "./time-limit.ts";
import type { TokenSource } from "./token-source.ts";
import { isUnsent } from "./unsent.ts";
import { openUpload } from "./upload.ts";

/** A request that was sent, and the response to it, whatever its status. */
export interface Exchange {
  readonly request: RequestParts;
  readonly response: Response;
  /** Ends the reading of the body. */
  readonly signal: AbortSignal;
  /** How many times the request was sent. */
  readonly attempts: number;
  /** An attempt before this one has done what was asked, so that this one found nothing left to do. */
  readonly done: boolean;
  /** Cuts the token that was sent out of what the server says. */
  readonly redact: Redact;
}

/** Sends a request, again where that is safe and helps, and reads the response. @throws IscError */
export type Transport = <T>(
  request: RequestParts,
  read: (exchange: Exchange) => T | Promise<T>,
) => Promise<T>;

/** What the requests of a client have in common. */
export interface TransportContext {
  readonly fetch: Fetch;
  readonly tokens: TokenSource;
  readonly limiter: RateLimiter | undefined;
  readonly budget: RetryBudget;
  /** The longest `Retry-After` that is waited for, in milliseconds. */
  readonly maxRetryAfter: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly noteDeprecation: NoteDeprecation;
}

/** The way of every request, of the methods and of `raw` alike. Each attempt: limit, token, send, and then decide. */
export function createTransport(context: TransportContext): Transport {
  return async (request, read) => {
    const { signal, totalTimeout } = request.options;
    if (signal?.aborted) throw abortError(signal);
    const whole = limitTime(context.clock, totalTimeout, labelOf(request), signal);
    try {
      return await sendRepeatedly(context, request, read, whole);
    } catch (error) {
      request.body?.discard?.(error);
      if (whole.signal.aborted) throw abortError(whole.signal);
      if (error instanceof IscError) throw error;
      const message = `${labelOf(request)}: what the client was given failed: ${reasonOf(error)}`;
      throw new ConfigurationError(message, { cause: error });
    } finally {
      whole.lift();
    }
  };
}

async function sendRepeatedly<T>(
  context: TransportContext,
  request: RequestParts,
  read: (exchange: Exchange) => T | Promise<T>,
  whole: TimeLimit,
): Promise<T> {
  const { tokens, limiter, budget, maxRetryAfter, clock, log, noteDeprecation } = context;
  const { method, idempotent, body, options } = request;
  const end = clock.now() + options.totalTimeout;
  const repeatable = body?.repeatable ?? true;
  let retries = 0;
  let renewed = false;
  let done = false;

  /** How long to wait before another attempt; `undefined` when this was the last. */
  const pauseAfter = (failure: Failure, asked?: number): number | undefined => {
    const pause = asked ?? backoff(retries, Math.random());
    const affordable =
      retries < options.retries && clock.now() + pause < end && !(Number(asked) > maxRetryAfter);
    if (!repeatable || !affordable || !mayRetry(failure, idempotent) || !budget.take()) return undefined;
    retries++;
    done ||= method === "DELETE" && mayHaveHadEffect(failure);
    log("info", () => `${labelOf(request)}: another attempt in ${Math.round(pause)} ms.`);
    return pause;
  };

  for (let attempts = 1; ; attempts++) {
    if (limiter) {
      await tokens.prepare?.(whole.signal);
      await abortable(limiter.acquire(whole.signal), whole.signal);
    }
    const token = await tokens.get(whole.signal);
    const redact = redactor([token]);
    const limit = limitTime(clock, options.timeout, labelOf(request), whole.signal);
    const started = clock.now();
    let pause: number | undefined;
    try {
      const response = await send(context.fetch, request, token, limit);
      const { status, headers } = response;
      log(
        "info",
        () =>
          `${labelOf(request)} answered ${status} in ${Math.round(clock.now() - started)} ms, attempt ${attempts}.`,
      );
      noteDeprecation(request, headers);
      if (status === 401) {
        // Once for every call: the token may have been revoked, and a new one be good.
        if (tokens.reject(token) && repeatable && !renewed) pause = 0;
        renewed = true;
      } else if (response.ok) budget.succeed();
      else {
        const asked = retryAfter(headers);
        if (status === 429) limiter?.pause?.(Math.min(asked ?? 0, maxRetryAfter));
        pause = pauseAfter({ status }, asked);
      }
      if (pause === undefined) {
        done &&= status === 404;
        return await read({ request, response, signal: limit.signal, attempts, done, redact });
      }
      response.body?.cancel().catch(() => {});
    } catch (cause) {
      const error = connectionError(cause, request, limit, redact);
      const lost = error instanceof ConnectionError || error instanceof TimeoutError;
      pause = lost && !whole.signal.aborted ? pauseAfter({ unsent: isUnsent(cause) }) : undefined;
      log("info", () => `${error.message} Attempt ${attempts}.`);
      if (pause === undefined) throw error;
    } finally {
      limit.lift();
    }
    await wait(clock, pause, whole.signal);
  }
}

async function send(fetch: Fetch, request: RequestParts, token: string, limit: TimeLimit): Promise<Response> {
  const { url, method, headers, body, options } = request;
  const { signal } = limit;
  const failed = (cause: unknown): never => {
    if (cause instanceof IscError) throw cause;
    const message = `${labelOf(request)}: the body failed while it was sent: ${reasonOf(cause)}`;
    throw new ConfigurationError(message, { cause });
  };
  const source = body && (await abortable(body.open(), signal));
  const upload = source === undefined ? undefined : await openUpload(source, options, limit).catch(failed);
  try {
    return await fetch(url, {
      method,
      headers: { ...headers, Authorization: `Bearer ${token}` },
      body: upload?.body ?? null,
      // An API has no need of redirects, and one to another origin must not be followed with a token.
      redirect: "manual",
      signal,
      // The one way in which a stream is sent: https://fetch.spec.whatwg.org/#dom-requestinit-duplex
      ...(upload?.body instanceof ReadableStream && { duplex: "half" }),
    } as RequestInit);
  } catch (error) {
    upload?.end();
    const cause = upload?.failure();
    if (cause !== undefined) failed(cause);
    throw error;
  }
}

/** What an error of an attempt means to the caller. */
function connectionError(
  cause: unknown,
  request: RequestParts,
  { signal }: TimeLimit,
  redact: Redact,
): IscError {
  if (cause instanceof IscError) return cause;
  if (signal.aborted) return abortError(signal);
  return new ConnectionError(`${labelOf(request)} failed: ${redact(reasonOf(cause))}`, {
    cause: redactedError(cause, redact),
  });
}
