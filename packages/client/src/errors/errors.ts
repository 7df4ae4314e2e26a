import type { ErrorBody, ErrorMessage } from "./error-body.ts";
import { retryAfter } from "../transport/retry-after.ts";

/** Under this an error says what kinds it is of, the narrowest first. */
const brand = Symbol.for("@isc-customizers/client");

/**
 * Every error that the client throws. `instanceof` holds between two copies of this package too, as an application may come to
 * have them through its dependencies.
 */
export class IscError extends Error {
  static readonly kind: string = "IscError";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.kind;
    Object.defineProperty(this, brand, { value: kindsOf(new.target) });
  }

  /** What a log in JSON can hold of it: all that it says, and of its cause the message. */
  toJSON(): Record<string, unknown> {
    const { cause, message } = this;
    const headers = (this as { headers?: Headers }).headers;
    return {
      ...(this as object),
      message,
      ...(headers && { headers: Object.fromEntries(headers) }),
      ...(cause instanceof Error && { cause: `${cause.name}: ${cause.message}` }),
    };
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (Function.prototype[Symbol.hasInstance].call(this, value)) return true;
    const kinds = (value as { [brand]?: readonly string[] } | null | undefined)?.[brand];
    // A class that an application derives has no kind of its own, and is its own alone.
    return kinds !== undefined && Object.hasOwn(this, "kind") && kinds.includes(this.kind);
  }
}

function kindsOf(one: typeof IscError): string[] {
  return one.kind ? [one.kind, ...kindsOf(Object.getPrototypeOf(one))] : [];
}

/**
 * The client's options or the arguments of a call cannot be used: nothing was sent, unless it was the body that failed on its way.
 * Or a response that was given away is asked for again.
 */
export class ConfigurationError extends IscError {
  static override readonly kind: string = "ConfigurationError";
}

/** There is no token to be had: the token endpoint refused, failed or was out of reach. The call was not sent. */
export class AuthenticationError extends IscError {
  static override readonly kind: string = "AuthenticationError";
  /** The status of the token endpoint; `undefined` where it gave no whole answer. */
  declare readonly status: number | undefined;
  /** How long the token endpoint asks to wait before another attempt, in milliseconds; `undefined` where it does not say. */
  declare readonly retryAfter: number | undefined;

  constructor(
    message: string,
    options: ErrorOptions & {
      readonly status?: number;
      readonly retryAfter?: number | undefined;
    } = {},
  ) {
    super(message, options);
    const { status, retryAfter } = options;
    Object.assign(this, { status, retryAfter });
  }
}

/** The request or its answer was lost on the way. What the server did with it is unknown. */
export class ConnectionError extends IscError {
  static override readonly kind: string = "ConnectionError";
}

/** The call took longer than it was allowed to. What the server did with it is unknown. */
export class TimeoutError extends IscError {
  static override readonly kind: string = "TimeoutError";
}

/** The caller's signal ended the call. Its reason is the cause. What the server did with it is unknown. */
export class AbortError extends IscError {
  static override readonly kind: string = "AbortError";
}

/** The pages of a list do not make a list: the server goes round in circles. */
export class PaginationError extends IscError {
  static override readonly kind: string = "PaginationError";
}

/** A success whose body is not what the API describes. The server has done what was asked. */
export class ResponseParseError extends IscError {
  static override readonly kind: string = "ResponseParseError";
  declare readonly status: number;
  /** The response's headers, without `Set-Cookie`. */
  declare readonly headers: Headers;
  /** The first 500 characters of the body. */
  declare readonly bodyStart: string;
  declare readonly operationId: string;
  declare readonly method: string;
  declare readonly url: string;

  constructor(message: string, details: ResponseDetails & { readonly bodyStart: string }) {
    super(message);
    Object.assign(this, details);
  }
}

/** The server answered with a status that is no success. */
export class ApiError extends IscError {
  static override readonly kind: string = "ApiError";
  declare readonly status: number;
  /** A finer code of the error than its status. */
  declare readonly detailCode: string | undefined;
  /** The id under which the vendor's support finds the request. */
  declare readonly trackingId: string | undefined;
  /** What the server says went wrong, whatever the form in which it says so. */
  declare readonly messages: readonly ErrorMessage[];
  /** What the server says led to it. */
  declare readonly causes: readonly ErrorMessage[];
  /** The body: what its JSON says, else its text; `undefined` where it is empty. */
  declare readonly body: unknown;
  /** The response's headers, without `Set-Cookie`. */
  declare readonly headers: Headers;
  declare readonly operationId: string;
  declare readonly method: string;
  declare readonly url: string;
  /** How many times the request was sent. */
  declare readonly attempts: number;
  /** How long the server asks to wait before another attempt, in milliseconds; `undefined` where it does not say. */
  declare readonly retryAfter: number | undefined;

  constructor(message: string, details: ApiErrorDetails) {
    super(message);
    Object.assign(this, details, { retryAfter: retryAfter(details.headers) });
  }
}

/** 400: a parameter or the body is not acceptable. */
export class BadRequestError extends ApiError {
  static override readonly kind: string = "BadRequestError";
}

/** 401: the token is not, or no longer, accepted. */
export class UnauthorizedError extends ApiError {
  static override readonly kind: string = "UnauthorizedError";
}

/** 403: the token lacks the operation's scope, or its user the right. */
export class ForbiddenError extends ApiError {
  static override readonly kind: string = "ForbiddenError";
}

/** 404: there is no such thing. */
export class NotFoundError extends ApiError {
  static override readonly kind: string = "NotFoundError";
}

/** 429: the rate limit is spent. */
export class RateLimitError extends ApiError {
  static override readonly kind: string = "RateLimitError";
}

/** 5xx: the server failed. */
export class ServerError extends ApiError {
  static override readonly kind: string = "ServerError";
}

/**
 * A function of the caller's threw, such as a rate limiter, a token store, a body function or `onUploadProgress`. Its error is the
 * cause.
 */
export class CallbackError extends IscError {
  static override readonly kind: string = "CallbackError";
  /** Name of the function, such as `rateLimit.acquire`. */
  declare readonly callback: string;

  constructor(callback: string, reason: string, options?: ErrorOptions) {
    super(`The function ${callback} threw: ${reason}`, options);
    Object.assign(this, { callback });
  }
}

/** The response that an error is about. */
export interface ResponseDetails {
  readonly status: number;
  readonly headers: Headers;
  readonly operationId: string;
  readonly method: string;
  readonly url: string;
}

/** What an `ApiError` says. */
export interface ApiErrorDetails extends ResponseDetails, ErrorBody {
  readonly attempts: number;
}
