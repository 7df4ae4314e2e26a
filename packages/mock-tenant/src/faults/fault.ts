/**
 * A fault, and the requests that it hits.
 *
 * It hits the next `times` matching requests. With a `probability`, it hits each matching request by chance, and stays on
 * until it is removed or has hit `times` requests.
 */
export type Fault = FaultSelection & FaultEffect;

export interface FaultSelection {
  /** Requests that it may hit. By default those of every operation; the token endpoint must be named by its path. */
  readonly match?: FaultMatch;
  /** Maximum number of hits, from 1. By default 1; with a `probability`, unlimited. */
  readonly times?: number;
  /** Chance that a matching request is hit: above 0, up to 1. */
  readonly probability?: number;
  /** Seed of the random numbers for `probability`. The same seed hits the same requests again. An integer, 1 by default. */
  readonly seed?: number;
}

/** Conditions on a request; all that are given must hold. */
export interface FaultMatch {
  /** An operation id of the document. */
  readonly operationId?: string;
  /** In upper case. */
  readonly method?: string;
  /** The path as sent: with the API version, without the query. `*` stands for any characters. */
  readonly path?: string;
  /** An API version of the document, such as `v2024`. */
  readonly apiVersion?: string;
}

/** Effect of a fault on a request. */
export type FaultEffect =
  | StatusFault
  | DelayFault
  | SlowBodyFault
  | DropFault
  | TruncatedBodyFault
  | MalformedJsonFault
  | HtmlFault
  | ContentTypeFault
  | ExpiredTokensFault;

/** Answers with another status; the operation does not run. */
export interface StatusFault {
  readonly kind: "status";
  /** From 200 to 599. */
  readonly status: number;
  /** A string is sent unchanged, any other value as JSON. By default the documented body of an error. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whole seconds, sent in `Retry-After`. */
  readonly retryAfter?: number;
  /** Format of `Retry-After`, https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3; `seconds` by default. */
  readonly retryAfterFormat?: "seconds" | "date";
}

/** Sends the right response late. */
export interface DelayFault {
  readonly kind: "delay";
  /** Time to wait before the operation runs. */
  readonly milliseconds: number;
}

/** Sends the body of the right response in pieces. A response without a body is sent at once. */
export interface SlowBodyFault {
  readonly kind: "slow-body";
  /** Time from the first piece to the last. */
  readonly milliseconds: number;
}

/** Closes the connection without a response. */
export interface DropFault {
  readonly kind: "drop";
  /** The connection closes `before` or `after` the operation runs. */
  readonly when: "before" | "after";
}

/** Closes the connection half-way through the body of the right response; without a body, before the head. */
export interface TruncatedBodyFault {
  readonly kind: "truncated-body";
}

/** Sends the right status with a complete body that is not JSON. */
export interface MalformedJsonFault {
  readonly kind: "malformed-json";
}

/** Sends an error page like that of a proxy; the operation does not run. */
export interface HtmlFault {
  readonly kind: "html";
  /** From 200 to 599; 502 by default. */
  readonly status?: number;
}

/** Sends the right response with another content type. */
export interface ContentTypeFault {
  readonly kind: "content-type";
  /** `text/plain` by default. */
  readonly contentType?: string;
}

/** Expires every token issued so far, then sends the right response. */
export interface ExpiredTokensFault {
  readonly kind: "expired-tokens";
}
