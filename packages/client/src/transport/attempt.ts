import { isStream } from "../body/binary.ts";
import { isForm } from "../body/form.ts";
import type { OpenBody } from "../body/open-body.ts";
import { CallbackError, ConnectionError, IscError, TimeoutError } from "../errors/errors.ts";
import { oneLine, reasonOf } from "../errors/reason.ts";
import { labelOf } from "../errors/request-label.ts";
import { type Redact, redactedError, redactor } from "../errors/redact.ts";
import { toCallbackError } from "../errors/to-callback-error.ts";
import { abortable, toAbortError } from "../runtime/abort.ts";
import { hasRequestCache, isDeno, isWorkerd } from "../runtime/platform.ts";
import { AttemptLog } from "./attempt-log.ts";
import type { SharedContext } from "./transport-context.ts";
import { LimiterSlot } from "./limiter-slot.ts";
import { rereadable } from "../body/rereadable.ts";
import { retryAfter } from "./retry-after.ts";
import { type Failure, isUnsent } from "./retry-policy.ts";
import { type TimeLimit, timeLimit } from "../runtime/time-limit.ts";
import type { ResponseContext, TransportRequest } from "./transport-request.ts";

/** Shortest wait for the rate limiter that is logged, in milliseconds. */
const notableWait = 100;

/** The result of an attempt: a response, or an error to throw if there is no other attempt. */
export interface AttemptResult {
  readonly context?: ResponseContext;
  readonly error?: IscError;
  /** Failure for the retry policy; `undefined` after a success. */
  readonly failure?: Failure;
  /** The access token that was sent. */
  readonly token: string | undefined;
  /** `true`: the body of the response is left to the caller. */
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
  readonly #log: AttemptLog;
  readonly #slot: LimiterSlot;
  #token: string | undefined;
  #redact: Redact;
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
    this.#log = new AttemptLog(shared.log, shared.clock, request, number);
    this.#slot = new LimiterSlot(shared.limiter, (callback, error) => {
      this.#log.line("warn", () => toCallbackError(callback, error, this.#redact).message);
    });
  }

  /** @throws IscError that no other attempt can avoid. */
  async send(): Promise<AttemptResult> {
    try {
      await this.#acquireSlot();
      await this.#authenticate();
      return await this.#read(await this.#fetch());
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
      this.#log.line("info", () => "waits for the client's own rate limit");
    });
    await this.#slot.acquire(signal, this.#number).finally(cancel);
  }

  async #authenticate(): Promise<void> {
    const { tokens, secrets = [] } = this.#shared;
    if (tokens === undefined || this.#request.anonymous) return;
    this.#limitTotal(": it was waiting for an access token");
    const token = await tokens.get(this.#limit.signal);
    this.#token = token;
    this.#redact = redactor([token, ...secrets]);
  }

  async #fetch(): Promise<Response> {
    const { headers, body } = this.#request;
    const { signal } = this.#limit;
    this.#log.start();
    this.#limitAttempt();
    this.#body = await body?.open({
      signal,
      attempt: this.#number,
      // The time limit of a response does not start again while the upload goes on.
      onProgress: () => this.#response ?? this.#limitAttempt(),
    });
    this.#log.headers("request", Object.entries(headers), this.#redact);
    this.#isSent = true;
    const response = await abortable(this.#send(this.#body?.body ?? null), signal);
    this.#response = response;
    const { maxRetryAfter } = this.#shared;
    if (response.status === 429) this.#slot.pause(Math.min(retryAfter(response.headers) ?? 0, maxRetryAfter));
    this.#slot.giveBack(true);
    if (response.ok) this.#body?.complete?.();
    return response;
  }

  #send(content: BodyInit | null): Promise<Response> {
    // Browsers reject a call of `fetch` with `this`.
    const { fetch } = this.#shared;
    const { url, method, headers, idempotent } = this.#request;
    // Deno repeats a request whose kept-alive connection was closed, unless its body is a stream.
    const needsStream = isDeno() && !idempotent && !isStream(content) && !isForm(content);
    const sent = needsStream ? new Blob([(content ?? "") as BlobPart]).stream() : content;
    const isSentAsStream = isStream(sent);
    return fetch(url, {
      method,
      headers: this.#token === undefined ? headers : { ...headers, authorization: `Bearer ${this.#token}` },
      body: sent,
      // The API needs no redirects, and another origin must not get the token. Node keeps a whole stream in memory for a redirect, unless
      // a redirect is an error (https://github.com/nodejs/undici/issues/4058). Workerd does not support "error".
      redirect: isSentAsStream && !isWorkerd() ? "error" : "manual",
      signal: this.#limit.signal,
      // Frameworks that patch `fetch`, such as Next.js, cache responses by default.
      ...(hasRequestCache() && { cache: "no-store" }),
      // The only way to send a stream: https://fetch.spec.whatwg.org/#dom-requestinit-duplex
      ...(isSentAsStream && { duplex: "half" }),
    } as RequestInit);
  }

  async #read(response: Response): Promise<AttemptResult> {
    const request = this.#request;
    const { status, headers } = response;
    this.#shared.warnOfDeprecation(request.operationId, headers);
    const content = await abortable(request.readBody(response), this.#limit.signal).catch(
      (error: unknown) => {
        if (response.ok || this.#limit.signal.aborted) throw error;
        // The status of an error matters more than its body.
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
    this.#log.response(response, content, this.#redact);
    const isUnread = content === undefined;
    const end = () => {
      if (isUnread) response.body?.cancel().catch(() => {});
      return this.#body?.close?.(undefined);
    };
    const result = { context, token: this.#token, isUnread, end };
    if (response.ok) return result;
    return { ...result, failure: { status, retryAfter: retryAfter(headers) } };
  }

  /** @throws IscError unless another attempt may succeed. */
  #fail(cause: unknown): AttemptResult {
    const error = this.#errorOf(cause);
    const unsent = !this.#isSent || (this.#response === undefined && isUnsent(cause));
    this.#slot.giveBack(!unsent);
    const ended = this.#body?.close?.(error);
    this.#log.result(`${error.name}: ${oneLine(this.#redact(reasonOf(cause)))}`);
    const isLost = error instanceof ConnectionError || error instanceof TimeoutError;
    if (!isLost || this.#request.signal?.aborted) throw error;
    return { error, failure: { unsent }, token: this.#token, isUnread: false, end: () => ended };
  }

  #errorOf(cause: unknown): IscError {
    if (cause instanceof CallbackError) return toCallbackError(cause.callback, cause.cause, this.#redact);
    if (cause instanceof IscError) return cause;
    if (this.#limit.signal.aborted) return toAbortError(this.#limit.signal);
    const failure = this.#body?.failure?.();
    if (failure instanceof IscError) return this.#errorOf(failure);
    const problem = this.#response ? ": the response was cut off" : " failed";
    return new ConnectionError(`${labelOf(this.#request)}${problem}: ${this.#redact(reasonOf(cause))}`, {
      cause: redactedError(cause, this.#redact),
    });
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
}
