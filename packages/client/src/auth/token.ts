/** An access token of the client credentials grant. Times are in milliseconds of the client's clock. */
export interface Token {
  readonly value: string;
  /** When the request for it was sent. The server issued it no earlier. */
  readonly issued: number;
  /** `Infinity` for a token without a known lifetime. */
  readonly expires: number;
}

/**
 * Checks that an `Authorization` header can contain the value: an error of the runtime would show an invalid one. RFC 6750,
 * section 2.1, allows fewer characters, but servers may issue others.
 */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}
