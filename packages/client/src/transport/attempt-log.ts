import { parseBody, readErrorBody } from "../errors/error-body.ts";
import { targetOf } from "../errors/request-label.ts";
import { type Redact, redactHeaders } from "../errors/redact.ts";
import type { Clock } from "../runtime/clock.ts";
import type { Log, LogFields, Logger } from "../runtime/logger.ts";
import type { TransportRequest } from "./transport-request.ts";

/** Writes the log lines of one attempt. */
export class AttemptLog {
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #request: TransportRequest;
  readonly #attempt: number;
  #started: number;

  constructor(log: Log, clock: Clock, request: TransportRequest, attempt: number) {
    this.#log = log;
    this.#clock = clock;
    this.#request = request;
    this.#attempt = attempt;
    this.#started = clock.now();
  }

  /** Starts the duration of the attempt again: the request is sent now. */
  start(): void {
    this.#started = this.#clock.now();
  }

  /** Writes a line that begins with the method and the path. */
  line(level: keyof Logger, message: () => string, fields: LogFields = {}): void {
    const { operationId, method, url } = this.#request;
    this.#log(
      level,
      () => `${targetOf(this.#request)} ${message()}`,
      () => ({ operationId, method, url, attempt: this.#attempt, ...fields }),
    );
  }

  headers(name: "request" | "response", headers: Iterable<readonly [string, string]>, redact: Redact): void {
    this.line("debug", () => `${name} headers ${JSON.stringify(redactHeaders(headers, redact))}`);
  }

  /** @param content the body of the response, if it was read as a text */
  response({ ok, status, headers }: Response, content: unknown, redact: Redact): void {
    const isErrorText = !ok && typeof content === "string";
    const trackingId = isErrorText ? readErrorBody(parseBody(content)).trackingId : undefined;
    this.result(status, { status, trackingId });
    this.headers("response", headers, redact);
  }

  /** @param result the status, or the reason of a failure */
  result(result: number | string, fields: LogFields = {}): void {
    const durationMs = Math.round(this.#clock.now() - this.#started);
    this.line("info", () => `-> ${result} in ${durationMs} ms (attempt ${this.#attempt})`, {
      durationMs,
      ...fields,
    });
  }
}
