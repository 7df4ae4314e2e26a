import { describe, expect, test } from "vitest";
import { isIdempotent, isRetriedStatus } from "../../src/contract/retries.ts";

describe("isIdempotent", () => {
  test.each(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"])("returns true for %s", (method) => {
    expect(isIdempotent(method)).toBe(true);
  });

  test.each(["POST", "PATCH", "CONNECT", "get", ""])("returns false for %j", (method) => {
    expect(isIdempotent(method)).toBe(false);
  });
});

test("any request is retried after a 429, and only an idempotent one after a temporary failure", () => {
  const statuses = Array.from({ length: 500 }, (_, index) => 100 + index);
  expect(statuses.filter((status) => isRetriedStatus(status, false))).toEqual([429]);
  expect(statuses.filter((status) => isRetriedStatus(status, true))).toEqual([408, 429, 500, 502, 503, 504]);
});
