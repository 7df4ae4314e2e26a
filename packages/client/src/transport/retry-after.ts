/**
 * Reads the wait that `Retry-After` asks for, in milliseconds: whole seconds, or a date (RFC 9110, section 10.2.3). A date is compared
 * with the response's `Date`, so that the local clock does not matter, or else with the local clock. Returns `undefined` without a valid header.
 */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = parseHttpDate(value);
  const now = parseHttpDate(headers.get("date") ?? "");
  // A browser may hide the header from other origins.
  return Number.isNaN(until) ? undefined : Math.max(until - (Number.isNaN(now) ? Date.now() : now), 0);
}

/** The three forms of RFC 9110, section 5.6.7. `Date.parse` alone would take almost any text. */
const forms = [
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
];

function parseHttpDate(text: string): number {
  const [imf, rfc850, asctime] = forms.map((form) => form.test(text));
  if (imf) return Date.parse(text);
  if (asctime) return Date.parse(`${text} GMT`);
  if (!rfc850) return Number.NaN;
  const [, day = "", year = "", time = ""] = /^\w+, (\d{2}-\w{3})-(\d{2}) (.+)$/.exec(text) ?? [];
  const century = Number(year) < 70 ? "20" : "19";
  return Date.parse(`${day.replace("-", " ")} ${century}${year} ${time}`);
}
