import { abortError } from "../errors/abort-error.ts";
import type { OpenBody } from "../body/open-body.ts";
import { abortable } from "../runtime/abortable.ts";
import type { Fetch } from "../client-options.ts";
import { type Clock, wait } from "../runtime/clock.ts";
import { configurationError } from "../errors/configuration-error.ts";
import { createDeprecationNote, type NoteDeprecation } from "./deprecation.ts";
import { ApiError, ConnectionError, IscError, TimeoutError } from "../errors/errors.ts";
import type { Log } from "../runtime/logger.ts";
import { isWorkerd } from "../runtime/platform.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { reasonOf } from "../errors/reason.ts";
import { type Redact, redactedError, redactor } from "../errors/redact.ts";
import { labelOf, type RequestParts } from "./request-parts.ts";
import { retryAfter } from "./retry-after.ts";
import { RetryBudget } from "./retry-quota.ts";
import { backoff, type Failure, mayHaveHadEffect, mayRetry } from "./retry-policy.ts";
import { timeLimit } from "./time-limit.ts";
import type { TokenSource } from "./token-source.ts";
import { isUnsent } from "./connect-error.ts";

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

/** What was read of a response, and the response. */
export interface Outcome<Data> {
  readonly data: Data;
  readonly response: Response;
}

/** Sends a request, again where that is safe and helps, and reads the response. @throws IscError */
export type Transport = <Data>(
  request: RequestParts,
  read: (exchange: Exchange) => Data | Promise<Data>,
) => Promise<Outcome<Data>>;

/** What every request of a client goes by, one for a token too. */
export interface Platform {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly log: Log;
}

/** What the requests of a transport have in common. */
export interface TransportContext extends Platform {
  /** `undefined` for requests that carry no token: those for one. */
  readonly tokens?: TokenSource | undefined;
  readonly limiter?: RateLimiter | undefined;
  /** The longest `Retry-After` that is waited for, in milliseconds. */
  readonly maxRetryAfter: number;
  /** What a response must not bring to light, besides the token. */
  readonly secrets?: readonly string[] | undefined;
}

/** The way of every request: of the methods, of `raw`, and for a token. */
export function createTransport(context: TransportContext): Transport {
  const shared = {
    ...context,
    budget: new RetryBudget(),
    noteDeprecation: createDeprecationNote(context.log),
  };
  return async (request, read) => {
    try {
      return await sendRepeatedly(shared, request, read);
    } catch (error) {
      request.body?.discard?.(error);
      throw configurationError(`${labelOf(request)}: what the client was given failed`, error);
    }
  };
}

/** Each attempt: limit, token, send, and then decide. */
async function sendRepeatedly<Data>(
  context: TransportContext & { readonly budget: RetryBudget; readonly noteDeprecation: NoteDeprecation },
  request: RequestParts,
  read: (exchange: Exchange) => Data | Promise<Data>,
): Promise<Outcome<Data>> {
  const { tokens, limiter, maxRetryAfter, clock, log, budget, noteDeprecation, secrets = [] } = context;
  const { method, idempotent, body, options } = request;
  const { timeout, totalTimeout } = options;
  const start = clock.now();
  const left = () => start + totalTimeout - clock.now();
  const repeatable = body?.repeatable ?? true;
  let retries = 0;
  let renewed = false;
  let done = false;
  let pause: number | undefined;

  /** How long to wait before another attempt; `undefined` when this was the last. */
  const pauseAfter = (failure: Failure, asked?: number): number | undefined => {
    const wanted = asked ?? backoff(retries, Math.random());
    const affordable = retries < options.retries && wanted < left() && !(Number(asked) > maxRetryAfter);
    if (!repeatable || !affordable || !mayRetry(failure, idempotent) || !budget.take()) return undefined;
    retries++;
    done ||= method === "DELETE" && mayHaveHadEffect(failure);
    return wanted;
  };

  for (let attempts = 1; ; attempts++) {
    const limit = timeLimit(clock, options.signal);
    const { signal } = limit;
    const limitInAll = () =>
      limit.set(left(), () => `${labelOf(request)} took longer than ${totalTimeout} ms in all.`);
    const limitAttempt = () =>
      timeout < left()
        ? limit.set(timeout, () => `${labelOf(request)} took longer than ${timeout} ms.`)
        : limitInAll();
    try {
      if (signal.aborted) throw abortError(signal);
      limitInAll();
      if (pause !== undefined) {
        const next = `another attempt in ${Math.round(pause)} ms.`;
        log("info", () => `${labelOf(request)}: ${next}`);
        await wait(clock, pause, signal);
      }
      pause = undefined;
      // First, so that what the limiter lets through is sent at once, as the limit has it.
      let token = await tokens?.get(signal);
      const ready = clock.now();
      if (limiter) await abortable(limiter.acquire(signal), signal);
      // Held back for long, a request needs a token that is good by then.
      if (clock.now() - ready > 1000) token = await tokens?.get(signal);
      const redact = redactor(token === undefined ? secrets : [token, ...secrets]);
      limitAttempt();
      const sent = clock.now();
      let told = () => "";
      let response: Response | undefined;
      let upload: OpenBody | undefined;
      try {
        upload = await body?.open({ signal, attempt: attempts, onProgress: limitAttempt }).catch(failed);
        response = await send(context.fetch, request, token, signal, upload);
        const { status, ok, headers } = response;
        const duration = Math.round(clock.now() - sent);
        told = () => `${labelOf(request)} answered ${status} in ${duration} ms, attempt ${attempts}.`;
        noteDeprecation(request, headers);
        if (status === 401 && token !== undefined) {
          // Once for every call: the token may have been revoked, and a new one be good.
          if (tokens?.reject(token) && repeatable && !renewed) pause = 0;
          renewed = true;
        } else if (ok) budget.succeed();
        else {
          const asked = retryAfter(headers);
          if (limiter && status === 429) void tell(limiter, Math.min(asked ?? 0, maxRetryAfter), log);
          pause = pauseAfter({ status }, asked);
        }
        if (pause === undefined) {
          done &&= status === 404;
          return { data: await read({ request, response, signal, attempts, done, redact }), response };
        }
        response.body?.cancel().catch(() => {});
        await closed(upload, clock, undefined);
      } catch (cause) {
        const error = errorOf(cause, response ? "was answered in part" : "failed", request, signal, redact);
        if (!(error instanceof ApiError)) told = () => `${error.message} Attempt ${attempts}.`;
        const lost = error instanceof ConnectionError || error instanceof TimeoutError;
        const ended = options.signal?.aborted === true;
        // When the time is up in all, no pause is affordable.
        pause =
          lost && !ended ? pauseAfter({ unsent: response === undefined && isUnsent(cause) }) : undefined;
        const end = closed(upload, clock, error);
        if (pause === undefined) throw error;
        await end;
      } finally {
        log("info", told);
      }
    } finally {
      limit.lift();
    }
  }
}

/** The limiter may be the caller's, and that it cannot be told is no reason for the call to fail. */
async function tell(limiter: RateLimiter, milliseconds: number, log: Log): Promise<void> {
  try {
    await limiter.pause?.(milliseconds);
  } catch (error) {
    log("warn", () => `The rate limiter failed: ${reasonOf(error)}`);
  }
}

function failed(cause: unknown): never {
  throw configurationError("The body failed while it was sent", cause);
}

/** Resolves when the source of a body has ended, or after a second. */
function closed(upload: OpenBody | undefined, clock: Clock, reason: unknown): Promise<void> {
  return new Promise((resolve) => {
    if (upload?.close === undefined) return resolve();
    const cancel = clock.after(1000, resolve);
    void upload.close(reason).then(resolve).finally(cancel);
  });
}

async function send(
  fetch: Fetch,
  request: RequestParts,
  token: string | undefined,
  signal: AbortSignal,
  upload: OpenBody | undefined,
): Promise<Response> {
  const { url, method, headers } = request;
  const isStream = Object.prototype.toString.call(upload?.body) === "[object ReadableStream]";
  try {
    const response = await fetch(url, {
      method,
      headers: token === undefined ? headers : { ...headers, Authorization: `Bearer ${token}` },
      body: upload?.body ?? null,
      // An API has no need of redirects, and one to another origin must not be followed with a token. Node keeps all of a
      // stream in memory in case of one, unless it is an error (https://github.com/nodejs/undici/issues/4058), which workerd has not.
      redirect: isStream && !isWorkerd() ? "error" : "manual",
      signal,
      // The one way in which a stream is sent: https://fetch.spec.whatwg.org/#dom-requestinit-duplex
      ...(isStream && { duplex: "half" }),
    } as RequestInit);
    if (response.ok) upload?.complete?.();
    return response;
  } catch (error) {
    const cause = upload?.failure?.();
    throw cause ?? error;
  }
}

/** What an error of an attempt means to the caller. */
function errorOf(
  cause: unknown,
  what: string,
  request: RequestParts,
  signal: AbortSignal,
  redact: Redact,
): IscError {
  if (cause instanceof IscError) return cause;
  if (signal.aborted) return abortError(signal);
  return new ConnectionError(`${labelOf(request)} ${what}: ${redact(reasonOf(cause))}`, {
    cause: redactedError(cause, redact),
  });
}
