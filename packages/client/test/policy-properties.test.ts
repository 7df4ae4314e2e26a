import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IscError } from "../src/index.ts";
import { fillPath, pathTemplate } from "../src/openapi/path-parameters.ts";
import { queryParts } from "../src/openapi/query-string.ts";
import { SlidingWindow } from "../src/transport/rate-limiter.ts";
import { redactor } from "../src/errors/redact.ts";
import { retryAfter } from "../src/transport/retry-after.ts";
import { RetryBudget } from "../src/transport/retry-quota.ts";
import { backoff, mayRetry } from "../src/transport/retry-policy.ts";
import { freshness } from "../src/auth/token-freshness.ts";
import { isZipStart } from "../src/body/zip-check.ts";
import { ManualClock } from "./support/clock.ts";

describe("policies", () => {
  test("a backoff is from half its ceiling to all of it, and its ceiling grows to eight seconds", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (retry, random) => {
        const ceiling = Math.min(8000, 500 * 2 ** retry);
        expect(backoff(retry, random)).toBeGreaterThanOrEqual(ceiling / 2);
        expect(backoff(retry, random)).toBeLessThanOrEqual(ceiling);
      }),
    );
  });

  test("what may be retried without being idempotent may be retried with it", () => {
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
        fc.boolean(),
        (status, unsent) => {
          if (mayRetry({ status, unsent }, false)) expect(mayRetry({ status, unsent }, true)).toBe(true);
          // Nothing that the server may have done is repeated.
          if (!unsent && status !== 429) expect(mayRetry({ status, unsent }, false)).toBe(false);
        },
      ),
    );
  });

  test("a token only ever ages", () => {
    const order = ["fresh", "aging", "old"];
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e7), fc.nat(2e7), fc.nat(2e7), (issued, life, a, b) => {
        const at = (time: number) =>
          order.indexOf(freshness({ issued, expires: issued + life }, issued + time));
        expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)));
        expect(at(life)).toBe(2);
      }),
    );
  });

  test("a Retry-After in seconds is that many, and one as a date does not depend on the local clock", () => {
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

  test("no text makes a Retry-After that is negative or no number", () => {
    const text = fc.string().map((value) => value.replace(/[^\t\x20-\x7e]/g, ""));
    fc.assert(
      fc.property(text, text, (value, date) => {
        const wait = retryAfter(new Headers({ "Retry-After": value, Date: date }));
        expect(wait === undefined || wait >= 0).toBe(true);
      }),
    );
  });

  test("a budget of retries never gives more than twenty, and a fifth of the successes", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 400 }), (successes) => {
        const budget = new RetryBudget();
        let taken = 0;
        for (const success of successes) {
          if (success) budget.succeed();
          else if (budget.take()) taken++;
        }
        expect(taken).toBeLessThanOrEqual(20 + successes.filter(Boolean).length / 5);
      }),
    );
  });

  test("a secret is cut out of any text, as it is and as a URL has it", () => {
    const secret = fc
      .string({ minLength: 4 })
      .filter((text) => text.isWellFormed() && text.trim() !== "" && !"[redacted]".includes(text));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
        const redact = redactor([value]);
        for (const form of [value, encodeURIComponent(value)]) {
          expect(redact(`${before}${form}${after}`).replaceAll("[redacted]", "")).not.toContain(form);
        }
      }),
    );
  });

  test("a path parameter never leaves its segment", () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        let path: string;
        try {
          path = fillPath(pathTemplate("/things/{id}/parts"), { id });
        } catch (error) {
          expect(error).toBeInstanceOf(IscError);
          return;
        }
        const url = new URL(`http://localhost${path}`);
        expect(url.pathname.split("/")).toHaveLength(4);
        expect(decodeURIComponent(url.pathname.split("/")[2] ?? "")).toBe(id);
        expect(url.search + url.hash).toBe("");
      }),
    );
  });

  test("a query is read back as it was", () => {
    const text = fc.string().filter((value) => value.isWellFormed());
    fc.assert(
      fc.property(fc.dictionary(text, fc.oneof(text, fc.array(text))), (query) => {
        const read = new URLSearchParams(
          Object.entries(query)
            .flatMap(([name, value]) => queryParts(name, value))
            .join("&"),
        );
        for (const [name, value] of Object.entries(query)) expect(read.getAll(name)).toEqual([value].flat());
      }),
    );
  });

  test("no bytes make the look at a zip fail", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => typeof isZipStart(bytes) === "boolean"));
  });
});

test("the limiter lets no more through in any window than its limit, in the order in which they came", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.nat(3000), { minLength: 1, maxLength: 40 }),
      async (requests, pauses) => {
        const clock = new ManualClock();
        const limiter = new SlidingWindow(clock, { requests, seconds: 1 });
        const passed: { number: number; at: number }[] = [];
        for (const [number, pause] of pauses.entries()) {
          await clock.advance(pause);
          void limiter.acquire().then(() => passed.push({ number, at: clock.now() }));
        }
        while (passed.length < pauses.length) await clock.advance(50);
        expect(passed.map(({ number }) => number)).toEqual(pauses.map((_, number) => number));
        for (const { at } of passed) {
          const inWindow = passed.filter((other) => other.at >= at && other.at < at + 1000);
          expect(inWindow.length).toBeLessThanOrEqual(requests);
        }
      },
    ),
    { numRuns: 200 },
  );
});
