/** How an attempt failed. */
export interface Failure {
  /** The status that the server answered with; `undefined` where there was no answer, or it was cut off. */
  readonly status?: number | undefined;
  /** It is proven that the server was not reached. */
  readonly unsent?: boolean | undefined;
}

/** Statuses that another attempt may not meet: https://www.rfc-editor.org/rfc/rfc9110#section-15 */
const transient = [408, 429, 500, 502, 503, 504];

/**
 * Whether the request may be sent again. One that is not idempotent must not, unless it is known to have had no effect: a server
 * that limits its rate has refused it.
 */
export function mayRetry({ status, unsent }: Failure, idempotent: boolean): boolean {
  if (status === 429 || unsent) return true;
  return idempotent && (status === undefined || transient.includes(status));
}

/** Whether the failed attempt may have had its effect nevertheless. */
export function mayHaveHadEffect({ status, unsent }: Failure): boolean {
  return status !== 429 && !unsent;
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2 */
export function isIdempotent(method: string): boolean {
  return ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"].includes(method);
}

/**
 * How long to wait before a retry, in milliseconds, where the server does not say: twice as long each time, from half a second to
 * eight, of which half is left to chance, so that clients that failed together do not return together.
 * @param retry 0 for the first
 * @param random from 0 to 1
 */
export function backoff(retry: number, random: number): number {
  return Math.min(500 * 2 ** retry, 8000) * (0.5 + random / 2);
}
