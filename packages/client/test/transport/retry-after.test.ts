import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { retryAfter } from "../../src/transport/retry-after.ts";

describe("Retry-After", () => {
  const date = "Sun, 06 Nov 1994 08:49:37 GMT";

  test.each<[Record<string, string>, number | undefined]>([
    [{ "Retry-After": "0" }, 0],
    [{ "Retry-After": "120" }, 120_000],
    [{ "Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT", Date: date }, 30_000],
    [{ "Retry-After": "Sun, 06 Nov 1994 08:49:00 GMT", Date: date }, 0],
    [{ "Retry-After": "soon", Date: date }, undefined],
    ...["-5", "1.5", "7, 7", "Sun, 06 Nov 1994", "Sun, 99 Nov 1994 08:49:37 GMT"].map(
      (value): [Record<string, string>, undefined] => [{ "Retry-After": value, Date: date }, undefined],
    ),
    [{ "Retry-After": "" }, undefined],
    [{}, undefined],
  ])("%j asks for %s ms", (headers, expected) => {
    expect(retryAfter(new Headers(headers))).toBe(expected);
  });

  describe("as a date", () => {
    afterEach(() => void vi.useRealTimers());
    const forms: readonly (readonly [form: string, now: string, later: string])[] = [
      ["IMF-fixdate", "Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:50:07 GMT"],
      ["RFC 850", "Sunday, 06-Nov-94 08:49:37 GMT", "Sunday, 06-Nov-94 08:50:07 GMT"],
      ["asctime", "Sun Nov  6 08:49:37 1994", "Sun Nov  6 08:50:07 1994"],
    ];

    test.each(forms)("in the form of %s is compared with `Date` in any form", (_form, _now, later) => {
      for (const [, now] of forms)
        expect(retryAfter(new Headers({ "Retry-After": later, Date: now }))).toBe(30_000);
    });

    test.each(forms)(
      "in the form of %s is compared with the local clock without a `Date`",
      (_, now, later) => {
        vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(date) + 10_000 });
        const values: [string, number][] = [
          [later, 20_000],
          [now, 0],
        ];
        for (const [value, expected] of values) {
          expect(retryAfter(new Headers({ "Retry-After": value }))).toBe(expected);
          expect(retryAfter(new Headers({ "Retry-After": value, Date: "now" }))).toBe(expected);
        }
      },
    );

    test("of RFC 850 is at most 50 years ahead", () => {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-26T00:00:00Z") });
      const years = { 26: 2026, 76: 2076, 77: 1977, 99: 1999 };
      for (const [year, expected] of Object.entries(years)) {
        const now = `${new Date(Date.UTC(expected, 0, 1)).toUTCString()}`;
        const later = `Friday, 01-Jan-${year} 00:00:05 GMT`;
        expect(retryAfter(new Headers({ "Retry-After": later, Date: now }))).toBe(5000);
      }
    });

    test("on the tenth to the last of a month is read from asctime", () => {
      const headers = { "Retry-After": "Thu Nov 26 08:50:07 2026", Date: "Thu, 26 Nov 2026 08:50:00 GMT" };
      expect(retryAfter(new Headers(headers))).toBe(7000);
    });

    test.each([
      "Sunday, 06-Nov-1994 08:49:37 GMT",
      "Sunday, 06-Nov-94 08:49:37 UTC",
      "Sunday, 06-Nov-94 8:49 GMT",
      "Sun Nov 6 08:49:37 1994",
      "Sun Nov  6 08:49:37 94",
      "Sun Nov 36 08:49:37 1994",
      "1994-11-06T08:49:37Z",
      "x Sun, 06 Nov 1994 08:49:37 GMT",
      "Sun, 06 Nov 1994 08:49:37 GMT x",
    ])("in another form is ignored: %s", (value) => {
      expect(retryAfter(new Headers({ "Retry-After": value, Date: date }))).toBeUndefined();
    });
  });

  test("in seconds or as a date does not depend on the local clock", () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
        (seconds, now) => {
          expect(retryAfter(new Headers({ "Retry-After": String(seconds) }))).toBe(seconds * 1000);
          const whole = new Date(Math.floor(now.getTime() / 1000) * 1000);
          const until = new Date(whole.getTime() + seconds * 1000).toUTCString();
          expect(retryAfter(new Headers({ "Retry-After": until, Date: whole.toUTCString() }))).toBe(
            seconds * 1000,
          );
        },
      ),
    );
  });

  test("never asks for a negative wait or NaN, whatever its text", () => {
    const text = fc.string().map((value) => value.replace(/[^\t\x20-\x7e]/g, ""));
    fc.assert(
      fc.property(text, text, (value, date) => {
        const wait = retryAfter(new Headers({ "Retry-After": value, Date: date }));
        expect(wait === undefined || wait >= 0).toBe(true);
      }),
    );
  });
});
