/**
 * The wait that a `Retry-After` asks for, in milliseconds: whole seconds, or a date that is held against the server's own
 * `Date`, so that the local clock does not matter (RFC 9110, section 10.2.3). `undefined` for none that can be read.
 */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  const now = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(until) || Number.isNaN(now) ? undefined : Math.max(until - now, 0);
}
