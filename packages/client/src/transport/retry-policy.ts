/** How an attempt failed. */
export interface Failure {
  /** Status of the response; `undefined` without a complete one. */
  readonly status?: number | undefined;
  /** The server was certainly not reached. */
  readonly unsent?: boolean | undefined;
  /** Wait that the server asked for, in milliseconds. */
  readonly retryAfter?: number | undefined;
}

/** Shortest and longest base of the backoff, in milliseconds. */
const minBackoff = 500;
const maxBackoff = 8000;

/** Statuses of failures that pass: https://www.rfc-editor.org/rfc/rfc9110#section-15 */
const transient = [408, 429, 500, 502, 503, 504];

/**
 * Whether the request may be sent again. A request that is not idempotent may be only if it had no effect: it was refused by a rate
 * limit, or never left.
 */
export function isRetryable({ status, unsent }: Failure, idempotent: boolean): boolean {
  if (status === 429 || unsent) return true;
  return idempotent && (status === undefined || transient.includes(status));
}

/** Whether the failure suggests an overloaded server, so that a retry costs retry quota. A 429 says itself when to come back. */
export function costsQuota({ status }: Failure): boolean {
  return status !== 429;
}

/** Whether the server may have done what the failed attempt asked for. */
export function mayHaveSucceeded({ status, unsent }: Failure): boolean {
  return status !== 429 && !unsent;
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2 */
export function isIdempotent(method: string): boolean {
  return ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"].includes(method);
}

/**
 * The default backoff: the wait before a retry, in milliseconds, if the server asks for none. It doubles with each retry from 500 ms to
 * 8 s. Up to half of it is taken off at random, so that clients that failed together do not return together.
 * @param retry 0 for the first retry
 * @param random a number from 0 to 1
 */
export function backoff(retry: number, random: number): number {
  return Math.min(minBackoff * 2 ** retry, maxBackoff) * (0.5 + random / 2);
}

/**
 * Whether an error of `fetch` proves that no request was sent: the host name was not found, or no connection was made. Node says so in
 * `syscall` and `code` of the cause. Other runtimes say nothing that can be relied on.
 */
export function isUnsent(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 5) return false;
  const { syscall, code } = error as { syscall?: unknown; code?: unknown };
  if (syscall === "connect" || syscall === "getaddrinfo" || code === "UND_ERR_CONNECT_TIMEOUT") return true;
  // A host with two addresses fails once for each.
  if (error instanceof AggregateError)
    return error.errors.length > 0 && error.errors.every((inner) => isUnsent(inner, depth + 1));
  return isUnsent(error.cause, depth + 1);
}
