/**
 * The wait that a `Retry-After` asks for, in milliseconds: whole seconds, or a date that is held against the server's own
 * `Date`, so that the local clock does not matter (RFC 9110, section 10.2.3). `undefined` for none that can be read.
 */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const wait = httpDate(value) - httpDate(headers.get("date") ?? "");
  return Number.isNaN(wait) ? undefined : Math.max(wait, 0);
}

/** RFC 9110, section 5.6.7, in the form that is current since 1989. `Date.parse` would take almost anything. */
function httpDate(text: string): number {
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
}
