import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { costsQuota, isRetryable, isUnsent, mayHaveSucceeded } from "../../src/transport/retry-policy.ts";

const failure = fc.record({
  status: fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
  unsent: fc.boolean(),
});

describe("isRetryable", () => {
  test.each([408, 429, 500, 502, 503, 504])("allows a retry of an idempotent request after %i", (status) => {
    expect(isRetryable({ status }, true)).toBe(true);
  });

  test.each([400, 401, 403, 404, 409, 413, 501, 505])("allows no retry after %i", (status) => {
    expect(isRetryable({ status }, true)).toBe(false);
    expect(isRetryable({ status }, false)).toBe(false);
  });

  test("allows a retry of another request only after 429", () => {
    const statuses = Array.from({ length: 500 }, (_, n) => 100 + n);
    expect(statuses.filter((status) => isRetryable({ status }, false))).toEqual([429]);
  });

  test("allows a retry without a response if the request is idempotent or was not sent", () => {
    expect(isRetryable({}, true)).toBe(true);
    expect(isRetryable({}, false)).toBe(false);
    expect(isRetryable({ unsent: true }, false)).toBe(true);
  });

  test("allows a retry of every idempotent request that it allows for another request", () => {
    fc.assert(
      fc.property(failure, (one) => {
        expect(isRetryable(one, true) || !isRetryable(one, false)).toBe(true);
      }),
    );
  });

  test("never allows a retry of a request that is not idempotent and may have succeeded", () => {
    fc.assert(
      fc.property(failure, (one) => {
        expect(isRetryable(one, false) && mayHaveSucceeded(one)).toBe(false);
      }),
    );
  });
});

describe("mayHaveSucceeded", () => {
  test.each([
    [{}, true],
    [{ status: 503 }, true],
    [{ status: 408 }, true],
    [{ status: 429 }, false],
    [{ unsent: true }, false],
  ])("returns for %j %s", (one, expected) => {
    expect(mayHaveSucceeded(one)).toBe(expected);
  });
});

describe("costsQuota", () => {
  test.each([
    [{}, true],
    [{ unsent: true }, true],
    [{ status: 503 }, true],
    [{ status: 408 }, true],
    [{ status: 429 }, false],
  ])("returns for %j %s", (one, expected) => {
    expect(costsQuota(one)).toBe(expected);
  });
});

describe("isUnsent", () => {
  const failed = (properties: object, cause?: unknown) =>
    Object.assign(new Error("failed", { cause }), properties);
  const fetchFailed = (cause: unknown) => new TypeError("fetch failed", { cause });
  const refused = failed({ syscall: "connect", code: "ECONNREFUSED" });
  const notFound = failed({ syscall: "getaddrinfo", code: "ENOTFOUND" });
  const reset = failed({ syscall: "read", code: "ECONNRESET" });
  const deep = (causes: number): Error =>
    causes === 0 ? refused : new Error("outer", { cause: deep(causes - 1) });

  test.each<[string, unknown]>([
    ["the connection was refused", fetchFailed(refused)],
    ["the host name was not found", fetchFailed(notFound)],
    ["the connection timed out", fetchFailed(failed({ code: "UND_ERR_CONNECT_TIMEOUT" }))],
    ["every address refused the connection", failed({}, new AggregateError([refused, notFound]))],
    ["the reason is five causes deep", deep(5)],
  ])("returns true when %s", (_, error) => {
    expect(isUnsent(error)).toBe(true);
  });

  const cyclic = new Error("a");
  cyclic.cause = new Error("b", { cause: cyclic });
  const cyclicAggregate = new AggregateError([]);
  cyclicAggregate.errors = [cyclicAggregate];

  test.each<[string, unknown]>([
    ["one address was reached", failed({}, new AggregateError([refused, reset]))],
    ["the connection was reset", fetchFailed(reset)],
    ["the reason is unknown", new TypeError("fetch failed")],
    ["no error was thrown", "ECONNREFUSED"],
    ["the cause is not an error", fetchFailed({ syscall: "connect" })],
    ["an AggregateError is empty", new AggregateError([])],
    ["the reason is six causes deep", deep(6)],
    ["the causes form a cycle", cyclic],
    ["an AggregateError contains itself", cyclicAggregate],
  ])("returns false when %s", (_, error) => {
    expect(isUnsent(error)).toBe(false);
  });
});
