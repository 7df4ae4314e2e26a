import { isRetriedStatus } from "@isc-customizers/types";

/** A failed attempt. */
export interface Failure {
  /** Status of the response. `undefined`: there is no complete response. */
  readonly status?: number | undefined;
  /** The request was certainly not sent. */
  readonly unsent?: boolean | undefined;
  /** Wait that the server asks for, in milliseconds. */
  readonly retryAfter?: number | undefined;
}

/**
 * Returns `true` if the client may send the request again after this failure. A request that is not idempotent may be sent again only if it had no
 * effect: a rate limit refused it, or it was not sent.
 */
export function isRetryable({ status, unsent }: Failure, idempotent: boolean): boolean {
  if (unsent) return true;
  return status === undefined ? idempotent : isRetriedStatus(status, idempotent);
}

/**
 * Returns `true` if a retry after this failure costs retry quota. All failures do except a 429, whose `Retry-After` already limits the
 * load on the server.
 */
export function costsQuota({ status }: Failure): boolean {
  return status !== 429;
}

/** Returns `true` if the server may have carried out the failed attempt. */
export function mayHaveSucceeded({ status, unsent }: Failure): boolean {
  return status !== 429 && !unsent;
}

/**
 * Returns `true` if an error of `fetch` proves that no request was sent: the host name was not found, or no connection was made. Node says so in
 * `syscall` and `code` of the cause. Other runtimes give no reliable sign.
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
