import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  backoff,
  costsQuota,
  isIdempotent,
  isRetryable,
  isUnsent,
  mayHaveSucceeded,
} from "../../src/transport/retry-policy.ts";

describe("isRetryable", () => {
  test.each([408, 500, 502, 503, 504])("retries an idempotent request on %i", (status) => {
    expect(isRetryable({ status }, true)).toBe(true);
    expect(isRetryable({ status }, false)).toBe(false);
  });

  test("retries every request on 429", () => {
    expect(isRetryable({ status: 429 }, true)).toBe(true);
    expect(isRetryable({ status: 429 }, false)).toBe(true);
  });

  test.each([400, 401, 403, 404, 409, 413, 501, 505])("retries no request on %i", (status) => {
    expect(isRetryable({ status }, true)).toBe(false);
    expect(isRetryable({ status }, false)).toBe(false);
  });

  test("retries an idempotent request without a response, and any that was not sent", () => {
    expect(isRetryable({}, true)).toBe(true);
    expect(isRetryable({}, false)).toBe(false);
    expect(isRetryable({ unsent: true }, false)).toBe(true);
  });

  test("retries an idempotent request whenever it would retry another one", () => {
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
        fc.boolean(),
        (status, unsent) => {
          if (isRetryable({ status, unsent }, false))
            expect(isRetryable({ status, unsent }, true)).toBe(true);
          // A request that may have succeeded is not repeated.
          if (!unsent && status !== 429) expect(isRetryable({ status, unsent }, false)).toBe(false);
        },
      ),
    );
  });
});

test("an attempt may have succeeded unless a rate limit refused it or it was not sent", () => {
  expect([{}, { status: 503 }, { status: 429 }, { unsent: true }].map(mayHaveSucceeded)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test("every failure but a 429 costs retry quota", () => {
  const failures = [{}, { unsent: true }, { status: 408 }, { status: 503 }, { status: 429 }];
  expect(failures.map(costsQuota)).toEqual([true, true, true, true, false]);
});

test("the idempotent methods are those of RFC 9110", () => {
  const methods = ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "POST", "PATCH", "CONNECT"];
  expect(methods.filter((method) => !isIdempotent(method))).toEqual(["POST", "PATCH", "CONNECT"]);
});

describe("backoff", () => {
  test.each([
    [0, 250, 500],
    [1, 500, 1000],
    [3, 2000, 4000],
    [4, 4000, 8000],
    [50, 4000, 8000],
  ])("before retry %i is from %i to %i ms", (retry, least, most) => {
    expect(backoff(retry, 0)).toBe(least);
    expect(backoff(retry, 1)).toBe(most);
    expect(backoff(retry, 0.5)).toBe((least + most) / 2);
  });

  test("is between half and all of a ceiling that doubles up to 8 seconds", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (retry, random) => {
        const ceiling = Math.min(8000, 500 * 2 ** retry);
        expect(backoff(retry, random)).toBeGreaterThanOrEqual(ceiling / 2);
        expect(backoff(retry, random)).toBeLessThanOrEqual(ceiling);
      }),
    );
  });
});

describe("isUnsent", () => {
  const failing = (properties: object, cause?: unknown): Error =>
    Object.assign(new Error("failed", { cause }), properties);
  const refused = failing({ syscall: "connect", code: "ECONNREFUSED" });
  const notFound = failing({ syscall: "getaddrinfo", code: "ENOTFOUND" });
  const reset = failing({ syscall: "read", code: "ECONNRESET" });

  test.each<[string, unknown]>([
    ["a refused connection", new TypeError("fetch failed", { cause: refused })],
    ["an unknown host name", new TypeError("fetch failed", { cause: notFound })],
    [
      "a connection that took too long",
      new TypeError("fetch failed", { cause: failing({ code: "UND_ERR_CONNECT_TIMEOUT" }) }),
    ],
    ["a host whose addresses all refused", failing({}, new AggregateError([refused, notFound]))],
  ])("is true for %s", (_, error) => {
    expect(isUnsent(error)).toBe(true);
  });

  test.each<[string, unknown]>([
    ["a host with one address that was reached", failing({}, new AggregateError([refused, reset]))],
    ["a connection that was reset", new TypeError("fetch failed", { cause: reset })],
    ["an unknown reason", new TypeError("fetch failed")],
    ["a text", "ECONNREFUSED"],
    ["a cause that is not an error", new TypeError("fetch failed", { cause: { syscall: "connect" } })],
  ])("is false for %s", (_, error) => {
    expect(isUnsent(error)).toBe(false);
  });

  test("is false for causes in a cycle", () => {
    const error = new Error("a");
    error.cause = new Error("b", { cause: error });
    expect(isUnsent(error)).toBe(false);
    const errors: Error[] = [];
    const aggregate = new AggregateError(errors);
    errors.push(aggregate);
    aggregate.errors = [aggregate];
    expect(isUnsent(aggregate)).toBe(false);
  });

  test("follows up to five causes", () => {
    const deep = (causes: number): Error =>
      causes === 0 ? refused : new Error("around", { cause: deep(causes - 1) });
    expect(isUnsent(deep(5))).toBe(true);
    expect(isUnsent(deep(6))).toBe(false);
  });
});
