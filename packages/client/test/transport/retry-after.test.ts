import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { retryAfter } from "../../src/transport/retry-after.ts";

const read = (value: string, date?: string) =>
  retryAfter(new Headers({ "Retry-After": value, ...(date !== undefined && { Date: date }) }));

/** Writes a time in the three forms of RFC 9110, section 5.6.7. */
const forms: Readonly<Record<string, (time: Date) => string>> = {
  "IMF-fixdate": (time) => time.toUTCString(),
  "RFC 850": (time) => {
    const [, day, month, year = "", clock] = time.toUTCString().split(" ");
    const weekday = time.toLocaleDateString("en", { weekday: "long", timeZone: "UTC" });
    return `${weekday}, ${day}-${month}-${year.slice(2)} ${clock} GMT`;
  },
  asctime: (time) => {
    const [weekday = "", day = "", month, year, clock] = time.toUTCString().split(" ");
    return `${weekday.slice(0, 3)} ${month} ${day.replace(/^0/, " ")} ${clock} ${year}`;
  },
};

// The meaning of a year of two digits depends on the time.
beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 10, 26), toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

describe("retryAfter", () => {
  const date = "Sun, 06 Nov 1994 08:49:37 GMT";

  test.each([
    ["0", 0],
    ["120", 120_000],
    [" 7\t", 7000],
  ])("reads %j seconds as %i ms", (value, expected) => {
    expect(read(value)).toBe(expected);
  });

  test.each([
    ["Sun, 06 Nov 1994 08:50:07 GMT", 30_000],
    ["Sunday, 06-Nov-94 08:50:07 GMT", 30_000],
    ["Sun Nov  6 08:50:07 1994", 30_000],
    ["Wed Nov 16 08:49:37 1994", 864_000_000],
    ["Sun, 06 Nov 1994 08:49:00 GMT", 0],
  ])("reads the date %j as %i ms after the response's `Date`", (value, expected) => {
    expect(read(value, date)).toBe(expected);
  });

  test.each([
    ["77", 1977],
    ["99", 1999],
    ["00", 2000],
    ["26", 2026],
    ["76", 2076],
  ])("reads the year %s of RFC 850 as %i, at most 50 years ahead", (lastDigits, year) => {
    const now = new Date(Date.UTC(year, 0, 1)).toUTCString();
    expect(read(`Friday, 01-Jan-${lastDigits} 00:00:10 GMT`, now)).toBe(10_000);
  });

  test.each([
    "",
    "soon",
    "-5",
    "1.5",
    "7, 7",
    "7s",
    "Sun, 06 Nov 1994",
    "Sun, 99 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:50:07 UTC",
    "Sun, 6 Nov 1994 08:50:07 GMT",
    "x Sun, 06 Nov 1994 08:50:07 GMT",
    "Sun, 06 Nov 1994 08:50:07 GMT x",
    "Sunday, 06-Nov-1994 08:50:07 GMT",
    "x Sunday, 06-Nov-94 08:50:07 GMT",
    "Sunday, 06-Nov-94 08:50:07 GMT x",
    "Sunday, 99-Nov-94 08:50:07 GMT",
    "Sun Nov 6 08:50:07 1994",
    "x Sun Nov  6 08:50:07 1994",
    "Sun Nov  6 08:50:07 1994 GMT",
    "1994-11-06T08:50:07Z",
  ])("ignores %j", (value) => {
    expect(read(value, date)).toBeUndefined();
  });

  test("returns undefined without the header", () => {
    expect(retryAfter(new Headers({ Date: date }))).toBeUndefined();
  });

  describe("without a valid `Date`", () => {
    beforeEach(() => void vi.setSystemTime(new Date(date)));

    test.each([undefined, "", "now", "1994"])("compares with the local clock (%j)", (missing) => {
      expect(read("Sun, 06 Nov 1994 08:50:07 GMT", missing)).toBe(30_000);
      expect(read("Sun, 06 Nov 1994 08:40:07 GMT", missing)).toBe(0);
    });
  });

  test.each(Object.entries(forms))("reads a date as %s, whatever the local clock", (_, format) => {
    const time = fc.date({
      min: new Date("1977-01-01"),
      max: new Date("2076-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(time, fc.nat(1e6), (now, seconds) => {
        const wholeSecond = Math.floor(now.getTime() / 1000) * 1000;
        const until = new Date(wholeSecond + seconds * 1000);
        expect(read(format(until), format(new Date(wholeSecond)))).toBe(seconds * 1000);
      }),
    );
  });

  test("returns no negative number and no NaN for any text", () => {
    const text = fc.string().map((value) => value.replace(/[^\t\x20-\x7e]/g, ""));
    fc.assert(
      fc.property(text, text, (value, now) => {
        const milliseconds = read(value, now);
        expect(milliseconds === undefined || milliseconds >= 0).toBe(true);
      }),
    );
  });
});
