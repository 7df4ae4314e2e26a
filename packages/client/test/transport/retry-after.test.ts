import fc from "fast-check";
import { describe, expect, test } from "vitest";
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
