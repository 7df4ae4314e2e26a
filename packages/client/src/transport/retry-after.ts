/**
 * Reads the wait that `Retry-After` asks for, in milliseconds: whole seconds, or a date (RFC 9110, section 10.2.3). A date is compared
 * with the response's `Date`, so that the local clock does not matter. Without a `Date`, it is compared with the local clock. Returns
 * `undefined` without a valid header.
 */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = parseHttpDate(value);
  if (Number.isNaN(until)) return undefined;
  // A browser hides `Date` from other origins.
  const date = parseHttpDate(headers.get("date") ?? "");
  return Math.max(until - (Number.isNaN(date) ? Date.now() : date), 0);
}

/** The current form, such as `Sun, 06 Nov 1994 08:49:37 GMT`. `Date.parse` alone would accept almost any text. */
const imfFixdate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** The obsolete form of RFC 850, such as `Sunday, 06-Nov-94 08:49:37 GMT`. */
const rfc850 = /^([A-Z][a-z]{2})[a-z]+, (\d{2})-([A-Z][a-z]{2})-(\d{2}) (.+)$/;

/** The obsolete form of `asctime()` in C, such as `Sun Nov  6 08:49:37 1994`. */
const asctime = /^(\w{3}) (\w{3}) ([ \d]\d) (\S+) (\d{4})$/;

/** Parses a date in any of the three forms of RFC 9110, section 5.6.7. Returns NaN for other text. */
function parseHttpDate(text: string): number {
  // Runtimes need not understand the obsolete forms: https://tc39.es/ecma262/#sec-date.parse
  const date = text
    .replace(rfc850, (_, weekday, day, month, year, rest) =>
      [`${weekday},`, day, month, fullYear(year), rest].join(" "),
    )
    .replace(asctime, "$1, $3 $2 $5 $4 GMT")
    .replace(",  ", ", 0");
  return imfFixdate.test(date) ? Date.parse(date) : Number.NaN;
}

/** A year that seems to be more than 50 years ahead is in the past (RFC 9110, section 5.6.7). */
function fullYear(lastDigits: string): number {
  const year = 2000 + Number(lastDigits);
  return year > new Date().getFullYear() + 50 ? year - 100 : year;
}
