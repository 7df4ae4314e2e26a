/** Statuses of temporary failures (RFC 9110, section 15). */
const transientStatuses = [408, 500, 502, 503, 504];

/** Returns `true` for an idempotent method (RFC 9110, section 9.2.2). */
export function isIdempotent(method: string): boolean {
  return ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"].includes(method);
}

/**
 * Returns `true` if the client may send a request again after a response with this status. A 429 had no effect, so any request may follow
 * it. After a temporary failure, only an idempotent request may. The client and the reference use the same rule.
 */
export function isRetriedStatus(status: number, idempotent: boolean): boolean {
  return status === 429 || (idempotent && transientStatuses.includes(status));
}
