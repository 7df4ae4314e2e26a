/**
 * The value can stand in an `Authorization` header. RFC 6750, section 2.1, allows fewer characters, but what a server
 * issues is its own affair. One that cannot must not come near a header: the platform's error would show it.
 */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}
