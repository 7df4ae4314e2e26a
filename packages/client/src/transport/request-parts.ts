import type { BodySource } from "../body/body-source.ts";

/** What the client keeps to while it sends a request. */
export interface RequestLimits {
  readonly timeout: number;
  readonly totalTimeout: number;
  readonly retries: number;
}

/** How a request is sent, apart from what is sent. */
export interface SendOptions extends RequestLimits {
  readonly signal?: AbortSignal | undefined;
}

/**
 * A request, before it is sent. A `Request` of the platform's is slow to make, and its body can be sent once only; this can be
 * sent again.
 */
export interface RequestParts {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** It may be sent again, even where an earlier attempt may have had its effect. */
  readonly idempotent: boolean;
  readonly body: BodySource | undefined;
  /** The operation that it is for; `raw` where it is known by its path alone. */
  readonly operationId: string;
  readonly options: SendOptions;
}

export { labelOf } from "../errors/message.ts";
