import type { ErrorBody, ErrorMessage } from "./error-body.ts";
import { retryAfter } from "./retry-after.ts";

/** Every error that the client throws. */
export class IscError extends Error {
  override name = "IscError";
}

/**
 * The client's options or the arguments of a call cannot be used, and nothing was sent; or a response that was given away
 * is asked for again.
 */
export class ConfigurationError extends IscError {
  override name = "ConfigurationError";
}

/** There is no token to be had: the token endpoint refused, failed or was out of reach. The call was not sent. */
export class AuthenticationError extends IscError {
  override name = "AuthenticationError";
  /** The status of the token endpoint, if it answered. */
  readonly status: number | undefined;

  constructor(message: string, options: ErrorOptions & { readonly status?: number } = {}) {
    super(message, options);
    this.status = options.status;
  }
}

/** The request or its answer was lost on the way. What the server did with it is unknown. */
export class ConnectionError extends IscError {
  override name = "ConnectionError";
}

/** The call took longer than it was allowed to. What the server did with it is unknown. */
export class TimeoutError extends IscError {
  override name = "TimeoutError";
}

/** The caller's signal ended the call. Its reason is the cause. What the server did with it is unknown. */
export class AbortError extends IscError {
  override name = "AbortError";
}

/** A success whose body is not what the API describes. The server has done what was asked. */
export class ResponseParseError extends IscError {
  override name = "ResponseParseError";
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
  override name = "ApiError";
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

  constructor(message: string, details: ApiErrorDetails) {
    super(message);
    Object.assign(this, details);
  }
}

/** 400: a parameter or the body is not acceptable. */
export class BadRequestError extends ApiError {
  override name = "BadRequestError";
}

/** 401: the token is not, or no longer, accepted. */
export class UnauthorizedError extends ApiError {
  override name = "UnauthorizedError";
}

/** 403: the token lacks the operation's scope, or its user the right. */
export class ForbiddenError extends ApiError {
  override name = "ForbiddenError";
}

/** 404: there is no such thing. */
export class NotFoundError extends ApiError {
  override name = "NotFoundError";
}

/** 429: the rate limit is spent. */
export class RateLimitError extends ApiError {
  override name = "RateLimitError";
  /** How long to wait, in milliseconds; `undefined` where the server does not say. */
  readonly retryAfter: number | undefined;

  constructor(message: string, details: ApiErrorDetails) {
    super(message, details);
    this.retryAfter = retryAfter(details.headers);
  }
}

/** 5xx: the server failed. */
export class ServerError extends ApiError {
  override name = "ServerError";
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
