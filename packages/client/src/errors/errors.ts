import type { ErrorBody, ErrorMessage } from "./error-body.ts";

/**
 * Base class of all errors that the client throws. `instanceof` works across two copies of the package, which an application may get
 * through its dependencies.
 *
 * @example
 * ```ts
 * try {
 *   await customizers.getConnectorCustomizer({ id });
 * } catch (error) {
 *   if (error instanceof IscError) logger.error(error.toJSON());
 *   if (!(error instanceof NotFoundError)) throw error;
 * }
 * ```
 */
export class IscError extends Error {
  /** The name of the class. Lets `instanceof` work across two copies of the package. */
  static readonly iscErrorName: string = "IscError";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.iscErrorName;
  }

  /** Returns all fields of the error and the message of its cause, for a log in JSON. */
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
    // A subclass that an application defines inherits the name, and must not match the errors of its parent class.
    const isOwnName = Object.hasOwn(this, "iscErrorName");
    let prototype: unknown = value;
    while ((prototype = Object.getPrototypeOf(Object(prototype)))) {
      const { constructor } = prototype as { constructor?: typeof IscError };
      if (constructor === this || (isOwnName && constructor?.iscErrorName === this.iscErrorName)) return true;
    }
    return false;
  }
}

/**
 * Thrown for client options or arguments of a call that cannot be used. No request was sent, unless the message says that the body
 * became unusable while it was sent.
 */
export class ConfigurationError extends IscError {
  static override readonly iscErrorName: string = "ConfigurationError";
}

/**
 * Thrown when a function that the caller passed to the client threw or rejected, such as `rateLimit.acquire`, a function that returns
 * the body, a middleware or `onUploadProgress`. `cause` is a copy of its error, without secrets.
 */
export class CallbackError extends IscError {
  static override readonly iscErrorName: string = "CallbackError";
  /** The name of the function, such as `rateLimit.acquire`. */
  declare readonly callback: string;

  constructor(callback: string, reason: string, options?: ErrorOptions) {
    super(`The function ${callback} threw: ${reason}`, options);
    Object.assign(this, { callback });
  }
}

/**
 * Thrown when no access token could be obtained: the token endpoint refused, failed or could not be reached. The call was not sent.
 */
export class AuthenticationError extends IscError {
  static override readonly iscErrorName: string = "AuthenticationError";
  /** HTTP status of the token endpoint; `undefined` without a complete response. */
  declare readonly status: number | undefined;
  /** Wait that the token endpoint asked for in `Retry-After`, in milliseconds; `undefined` if it did not ask. */
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

/**
 * Thrown when the connection failed before the whole response was received. Unless the message says that the server could not be
 * reached, the server may have carried out the request. `cause` is a copy of the error of `fetch`, without secrets.
 */
export class ConnectionError extends IscError {
  static override readonly iscErrorName: string = "ConnectionError";
}

/**
 * Thrown when a call took longer than `timeout`, `totalTimeout` or its `AbortSignal.timeout` allows. The server may have carried out
 * the request.
 */
export class TimeoutError extends IscError {
  static override readonly iscErrorName: string = "TimeoutError";
}

/** Thrown when the caller's signal aborted the call. `cause` is the signal's reason. The server may have carried out the request. */
export class AbortError extends IscError {
  static override readonly iscErrorName: string = "AbortError";
}

/** Thrown when the server returned the same page of a list twice: it seems to ignore `offset`. */
export class PaginationError extends IscError {
  static override readonly iscErrorName: string = "PaginationError";
}

/**
 * Thrown when the body of a successful response (2xx) is not what the API describes, such as a page of a proxy. The server has carried
 * out the request.
 */
export class ResponseParseError extends IscError {
  static override readonly iscErrorName: string = "ResponseParseError";
  /** HTTP status, from 200 to 299. */
  declare readonly status: number;
  /** Headers of the response, without `Set-Cookie`. */
  declare readonly headers: Headers;
  /** First 500 characters of the body. */
  declare readonly bodyStart: string;
  /** Id of the operation in the spec; `raw` for a call by path. */
  declare readonly operationId: string;
  /** HTTP method of the request. */
  declare readonly method: string;
  /** URL of the request. */
  declare readonly url: string;

  constructor(message: string, details: ResponseDetails & { readonly bodyStart: string }) {
    super(message);
    Object.assign(this, details);
  }
}

/**
 * Thrown when the server answered with a status other than 2xx. The common statuses have subclasses. The message names the request,
 * the status, the server's own text and the tracking id.
 *
 * @example
 * ```text
 * getConnectorCustomizer: GET /v2024/connector-customizers/a answered 404: Not found. (tracking id e7eab60924f64aa284175b9fa3309599)
 * ```
 */
export class ApiError extends IscError {
  static override readonly iscErrorName: string = "ApiError";
  /** HTTP status. */
  declare readonly status: number;
  /** Error code that is finer than the status; `undefined` if the body has none. */
  declare readonly detailCode: string | undefined;
  /** Id of the request, for SailPoint's support; `undefined` if the body has none. */
  declare readonly trackingId: string | undefined;
  /** Descriptions of the error, from any form of body. */
  declare readonly messages: readonly ErrorMessage[];
  /** Descriptions of what led to the error. */
  declare readonly causes: readonly ErrorMessage[];
  /** Parsed body: a JSON value, or the text of a body that is not JSON; `undefined` for an empty body. */
  declare readonly body: unknown;
  /** Headers of the response, without `Set-Cookie`. */
  declare readonly headers: Headers;
  /** Id of the operation in the spec; `raw` for a call by path. */
  declare readonly operationId: string;
  /** HTTP method of the request. */
  declare readonly method: string;
  /** URL of the request. */
  declare readonly url: string;
  /** Number of times that the request was sent, from 1. */
  declare readonly attempts: number;
  /** Wait that the server asked for in `Retry-After`, in milliseconds; `undefined` if it did not ask. */
  declare readonly retryAfter: number | undefined;

  constructor(message: string, details: ApiErrorDetails) {
    super(message);
    Object.assign(this, details);
  }
}

/** Thrown for a 400: a parameter or the body is not acceptable. */
export class BadRequestError extends ApiError {
  static override readonly iscErrorName: string = "BadRequestError";
}

/** Thrown for a 401: the server does not accept the token, and a new one did not help. */
export class UnauthorizedError extends ApiError {
  static override readonly iscErrorName: string = "UnauthorizedError";
}

/** Thrown for a 403: the token lacks the scope of the operation, or its user lacks the right. */
export class ForbiddenError extends ApiError {
  static override readonly iscErrorName: string = "ForbiddenError";
}

/** Thrown for a 404: the resource does not exist. */
export class NotFoundError extends ApiError {
  static override readonly iscErrorName: string = "NotFoundError";
}

/** Thrown for a 429: the rate limit is exceeded, and the retries are used up or `retryAfter` is longer than `maxRetryAfter`. */
export class RateLimitError extends ApiError {
  static override readonly iscErrorName: string = "RateLimitError";
}

/** Thrown for a 5xx: the server failed. */
export class ServerError extends ApiError {
  static override readonly iscErrorName: string = "ServerError";
}

/** The response that an error is about. */
export interface ResponseDetails {
  readonly status: number;
  readonly headers: Headers;
  readonly operationId: string;
  readonly method: string;
  readonly url: string;
}

/** The fields of an `ApiError`. */
export interface ApiErrorDetails extends ResponseDetails, ErrorBody {
  readonly attempts: number;
  readonly retryAfter: number | undefined;
}
