/** Longest backoff before the first retry, in milliseconds. */
const firstBackoff = 500;

/** Longest backoff before any retry, in milliseconds. */
const maxBackoff = 8000;

/**
 * Returns the default backoff: the wait before a retry, in milliseconds, when the server asks for none. It is a random time of 250 to 500
 * ms before the first retry, and twice as long before each further one, up to 4 to 8 s. The random part keeps clients that failed together
 * from returning together.
 * @param retry 0 for the first retry
 * @param random a number from 0 to 1
 */
export function backoff(retry: number, random: number): number {
  return Math.min(firstBackoff * 2 ** retry, maxBackoff) * (0.5 + random / 2);
}
