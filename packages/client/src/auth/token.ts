/** An access token of the client credentials grant. Times are in milliseconds of the client's clock. */
export interface Token {
  readonly value: string;
  /** Time when the request for it was sent. The server issued it no earlier. */
  readonly issued: number;
  /** `Infinity` for a token without a known lifetime. */
  readonly expires: number;
}

/** The characters of a client id, a client secret and an access token, for an error message. */
export const visible = "a string of visible ASCII characters";

/** Recognizes a string of the characters `VSCHAR` of RFC 6749, appendix A. An error of the runtime would show an invalid token. */
export function isVisible(value: unknown): value is string {
  return typeof value === "string" && /^[\x20-\x7e]+$/.test(value);
}
