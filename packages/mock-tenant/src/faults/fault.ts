/**
 * A fault, and which requests it hits.
 *
 * It hits the next `times` requests that match. With a `probability`, each one that matches is hit or spared by chance; then
 * there is no end to it, unless `times` sets one.
 */
export type Fault = FaultSelection & FaultEffect;

export interface FaultSelection {
  /** Which requests it may hit. By default those of every operation; the token endpoint has to be named by its path. */
  readonly match?: FaultMatch;
  /** How many requests it hits at most, from 1. By default 1, or without end where there is a `probability`. */
  readonly times?: number;
  /** Above 0, up to 1: how likely it is that a request which matches is hit. */
  readonly probability?: number;
  /** Starts the generator of a `probability`: the same requests in the same order are hit again. An integer, 1 by default. */
  readonly seed?: number;
}

/** All that is given must hold. */
export interface FaultMatch {
  /** One that the document has. */
  readonly operationId?: string;
  /** In upper case. */
  readonly method?: string;
  /** As it is sent: with the API version, and without the query. `*` stands for any characters. */
  readonly path?: string;
  /** One that the document has, such as `v2024`. */
  readonly apiVersion?: string;
}

/** What a fault does to a request. */
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

/** Another answer, without any effect. */
export interface StatusFault {
  readonly kind: "status";
  /** From 200 to 599. */
  readonly status: number;
  /** A string is sent as it is, anything else as JSON. By default the body that the API documents for an error. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whole seconds, sent in `Retry-After`. */
  readonly retryAfter?: number;
  /** How it is written, https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3; `seconds` by default. */
  readonly retryAfterFormat?: "seconds" | "date";
}

/** The right answer, late. */
export interface DelayFault {
  readonly kind: "delay";
  /** Before the request has any effect. */
  readonly milliseconds: number;
}

/** The right answer, whose body comes in pieces; without a body, at once. */
export interface SlowBodyFault {
  readonly kind: "slow-body";
  /** From the first piece to the last. */
  readonly milliseconds: number;
}

/** No answer: the connection is closed. */
export interface DropFault {
  readonly kind: "drop";
  /** Whether the request has had its effect by then. */
  readonly when: "before" | "after";
}

/** The right answer, whose connection is closed half-way through the body; without a body, before the head. */
export interface TruncatedBodyFault {
  readonly kind: "truncated-body";
}

/** The right status, with a body that is transferred whole and is no JSON. */
export interface MalformedJsonFault {
  readonly kind: "malformed-json";
}

/** An error page, as a proxy in between gives it, without any effect. */
export interface HtmlFault {
  readonly kind: "html";
  /** From 200 to 599, 502 by default. */
  readonly status?: number;
}

/** The right answer under another content type. */
export interface ContentTypeFault {
  readonly kind: "content-type";
  /** `text/plain` by default. */
  readonly contentType?: string;
}

/** Every token issued so far expires; then the request is answered as it should be. */
export interface ExpiredTokensFault {
  readonly kind: "expired-tokens";
}
