/** How long before its end a token is no longer used, in milliseconds. */
const margin = 30_000;

/**
 * When to stop using a token, in milliseconds since the epoch: half a minute before its end, so that no request carries a
 * token that dies on the way; but a token that lives less than a minute is used for half its life.
 * @param sent when the request for the token was sent: its life began no earlier
 * @param expiresIn its life in seconds (RFC 6749, section 5.1); `undefined` where the server does not say
 */
export function expiry(sent: number, expiresIn: number | undefined): number {
  if (expiresIn === undefined) return Infinity;
  const life = expiresIn * 1000;
  return sent + Math.max(life - margin, life / 2);
}
