import { isStream } from "../body/binary.ts";
import { isForm } from "../body/form.ts";
import type { OpenBody } from "../body/open-body.ts";
import { parseBody, readErrorBody } from "../errors/error-body.ts";
import { CallbackError, ConnectionError, IscError, TimeoutError } from "../errors/errors.ts";
import { labelOf, oneLine, reasonOf } from "../errors/message.ts";
import { type Redact, redactedError, redactHeaders, redactor } from "../errors/redact.ts";
import { toCallbackError } from "../errors/wrap-error.ts";
import { abortable, toAbortError } from "../runtime/abort.ts";
import { attemptLine, type LogFields, type Logger } from "../runtime/logger.ts";
import { hasRequestCache, isDeno, isWorkerd } from "../runtime/platform.ts";
import type { SharedContext } from "./transport-context.ts";
import type { Release } from "./rate-limiter.ts";
import { rereadable } from "./reread.ts";
import { retryAfter } from "./retry-after.ts";
import { type Failure, isUnsent } from "./retry-policy.ts";
import { type TimeLimit, timeLimit } from "./time-limit.ts";
import type { ResponseContext, TransportRequest } from "./transport-request.ts";

/** A wait for the rate limiter that is longer than this, in milliseconds, is logged. */
const notableWait = 100;

/** The result of an attempt: a response, or an error to throw if there is no other attempt. */
export interface Outcome {
  readonly context?: ResponseContext;
  readonly error?: IscError;
  /** How the attempt failed; `undefined` after a success. */
  readonly failure?: Failure;
  /** The access token that was sent. */
  readonly token: string | undefined;
  /** The body of the response was left to the caller. */
  readonly isUnread: boolean;
  /** Ends the source of the body and an unread response. Resolves when the source has ended. */
  readonly end: () => Promise<void> | undefined;
}

/** One attempt to send a request. */
export class Attempt {
  readonly #shared: SharedContext;
  readonly #request: TransportRequest;
  readonly #number: number;
  readonly #deadline: number;
  readonly #limit: TimeLimit;
  #release: Release | undefined;
  #token: string | undefined;
  #redact: Redact;
  #started = 0;
  #isSent = false;
  #body: OpenBody | undefined;
  #response: Response | undefined;

  constructor(shared: SharedContext, request: TransportRequest, number: number, deadline: number) {
    this.#shared = shared;
    this.#request = request;
    this.#number = number;
    this.#deadline = deadline;
    this.#limit = timeLimit(shared.clock, request.signal);
    this.#redact = redactor(shared.secrets ?? []);
  }

  /** @throws IscError that no other attempt can avoid. */
  async send(): Promise<Outcome> {
    try {
      await this.#acquireSlot();
      await this.#authenticate();
      await this.#fetch();
      return await this.#read();
    } catch (cause) {
      return this.#fail(cause);
    } finally {
      this.#limit.lift();
    }
  }

  async #acquireSlot(): Promise<void> {
    const { clock, limiter } = this.#shared;
    const { signal } = this.#limit;
    if (signal.aborted) throw toAbortError(signal);
    if (limiter === undefined) return;
    this.#limitTotal(": it was waiting for the client's own rate limit");
    const cancel = clock.after(notableWait, () => {
      this.#log("info", () => "waits for the client's own rate limit");
    });
    const slot = new Promise<Release | void>((resolve) => resolve(limiter.acquire(signal, this.#number)));
    try {
      this.#release = (await abortable(slot, signal)) ?? undefined;
    } catch (cause) {
      // The slot may be granted after the abort, or at the same time.
      slot.then(
        (release) => this.#giveBack(false, release),
        () => {},
      );
      throw signal.aborted ? toAbortError(signal) : this.#callbackError("rateLimit.acquire", cause);
    } finally {
      cancel();
    }
  }

  async #giveBack(isSent: boolean, release: Release | void = this.#release): Promise<void> {
    this.#release = undefined;
    try {
      await release?.(isSent);
    } catch (error) {
      this.#warn("release of rateLimit.acquire", error);
    }
  }

  async #authenticate(): Promise<void> {
    const { tokens, secrets = [] } = this.#shared;
    if (tokens === undefined || this.#request.anonymous) return;
    this.#limitTotal(": it was waiting for an access token");
    const token = await tokens.get(this.#limit.signal);
    this.#token = token;
    this.#redact = redactor([token, ...secrets]);
  }

  async #fetch(): Promise<void> {
    const { clock, fetch } = this.#shared;
    const { url, method, headers, body } = this.#request;
    const { signal } = this.#limit;
    this.#started = clock.now();
    this.#limitAttempt();
    this.#body = await body?.open({
      signal,
      attempt: this.#number,
      // The response is limited by time even if the upload goes on.
      onProgress: () => this.#response ?? this.#limitAttempt(),
    });
    this.#logHeaders("request", Object.entries(headers));
    const content = this.#body?.body ?? null;
    // Deno repeats a request when a kept-alive connection was closed under it, but not one with a stream.
    const needsStream = isDeno() && !this.#request.idempotent && !isStream(content) && !isForm(content);
    const sent = needsStream ? new Blob([(content ?? "") as BlobPart]).stream() : content;
    const isSentAsStream = isStream(sent);
    this.#isSent = true;
    const sending = fetch(url, {
      method,
      headers: this.#token === undefined ? headers : { ...headers, authorization: `Bearer ${this.#token}` },
      body: sent,
      // The API needs no redirects, and one to another origin must not be followed with a token. Node keeps all of a stream in memory
      // in case of a redirect, unless that is an error (https://github.com/nodejs/undici/issues/4058), which workerd does not know.
      redirect: isSentAsStream && !isWorkerd() ? "error" : "manual",
      signal,
      // Frameworks that patch `fetch`, such as Next.js, cache a response unless they are told not to.
      ...(hasRequestCache() && { cache: "no-store" }),
      // The only way to send a stream: https://fetch.spec.whatwg.org/#dom-requestinit-duplex
      ...(isSentAsStream && { duplex: "half" }),
    } as RequestInit);
    const response = await abortable(sending, signal);
    this.#response = response;
    if (response.status === 429) void this.#pause(retryAfter(response.headers) ?? 0);
    void this.#giveBack(true);
    if (response.ok) this.#body?.complete?.();
  }

  async #read(): Promise<Outcome> {
    const request = this.#request;
    const response = this.#response as Response;
    const { status, headers } = response;
    this.#shared.warnOfDeprecation(request.operationId, headers);
    const content = await abortable(request.readBody(response), this.#limit.signal).catch(
      (error: unknown) => {
        if (response.ok || this.#limit.signal.aborted) throw error;
        // The status of an error says more than that its body was cut off.
        return "";
      },
    );
    const context: ResponseContext = {
      request,
      response: content === undefined ? response : rereadable(response, content),
      attempts: this.#number,
      alreadyDeleted: false,
      redact: this.#redact,
    };
    this.#logResponse(response, content);
    const isUnread = content === undefined;
    const end = () => {
      if (isUnread) response.body?.cancel().catch(() => {});
      return this.#body?.close?.(undefined);
    };
    const outcome = { context, token: this.#token, isUnread, end };
    if (response.ok) return outcome;
    return { ...outcome, failure: { status, retryAfter: retryAfter(headers) } };
  }

  /** @throws IscError unless another attempt may succeed. */
  #fail(cause: unknown): Outcome {
    const error = this.#errorOf(cause);
    const unsent = !this.#isSent || (this.#response === undefined && isUnsent(cause));
    void this.#giveBack(!unsent);
    const ended = this.#body?.close?.(error);
    this.#logAttempt(`${error.name}: ${oneLine(this.#redact(reasonOf(cause)))}`);
    const isLost = error instanceof ConnectionError || error instanceof TimeoutError;
    if (!isLost || this.#request.signal?.aborted) throw error;
    return { error, failure: { unsent }, token: this.#token, isUnread: false, end: () => ended };
  }

  #errorOf(cause: unknown): IscError {
    if (cause instanceof CallbackError) return this.#callbackError(cause.callback, cause.cause);
    if (cause instanceof IscError) return cause;
    if (this.#limit.signal.aborted) return toAbortError(this.#limit.signal);
    const failure = this.#body?.failure?.();
    if (failure instanceof IscError) return this.#errorOf(failure);
    const problem = this.#response ? ": the response was cut off" : " failed";
    return new ConnectionError(`${labelOf(this.#request)}${problem}: ${this.#redact(reasonOf(cause))}`, {
      cause: redactedError(cause, this.#redact),
    });
  }

  async #pause(milliseconds: number): Promise<void> {
    const { limiter, maxRetryAfter } = this.#shared;
    try {
      await limiter?.pause?.(Math.min(milliseconds, maxRetryAfter));
    } catch (error) {
      this.#warn("rateLimit.pause", error);
    }
  }

  #warn(callback: string, error: unknown): void {
    this.#log("warn", () => this.#callbackError(callback, error).message);
  }

  #callbackError(name: string, cause: unknown): CallbackError {
    return toCallbackError(name, cause, this.#redact);
  }

  #limitTotal(reason = ""): void {
    const { totalTimeout } = this.#request.limits;
    const left = this.#deadline - this.#shared.clock.now();
    this.#limit.set(
      left,
      () => `${labelOf(this.#request)} took longer than ${totalTimeout} ms in all${reason}.`,
    );
  }

  #limitAttempt(): void {
    const { timeout } = this.#request.limits;
    if (timeout >= this.#deadline - this.#shared.clock.now()) this.#limitTotal();
    else this.#limit.set(timeout, () => `${labelOf(this.#request)} took longer than ${timeout} ms.`);
  }

  #logResponse({ status, headers }: Response, content: string | Blob | undefined): void {
    const isError = status < 200 || status > 299;
    const text = isError && typeof content === "string" ? content : "";
    this.#logAttempt(status, {
      status,
      trackingId: text === "" ? undefined : readErrorBody(parseBody(text)).trackingId,
    });
    this.#logHeaders("response", headers);
  }

  #logAttempt(outcome: number | string, fields: LogFields = {}): void {
    const { operationId, method, url } = this.#request;
    const durationMs = Math.round(this.#shared.clock.now() - this.#started);
    const attempt = { method, url, durationMs, attempt: this.#number };
    this.#shared.log(
      "info",
      () => attemptLine(attempt, outcome),
      () => ({ operationId, ...attempt, ...fields }),
    );
  }

  #logHeaders(name: string, headers: Iterable<readonly [string, string]>): void {
    this.#log("debug", () => `${name} headers ${JSON.stringify(redactHeaders(headers, this.#redact))}`);
  }

  #log(level: keyof Logger, message: () => string): void {
    const { method, url, operationId } = this.#request;
    const fields = { operationId, method, url, attempt: this.#number };
    this.#shared.log(
      level,
      () => `${method} ${new URL(url).pathname} ${message()}`,
      () => fields,
    );
  }
}
