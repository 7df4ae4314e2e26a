import { describe, expect, test } from "vitest";
import { versionedPath } from "../src/api-version.ts";
import { retryAfter } from "../src/retry-after.ts";
import { expiry } from "../src/token-expiry.ts";

describe("Retry-After, in milliseconds", () => {
  const date = "Sun, 06 Nov 1994 08:49:37 GMT";
  test.each<[Record<string, string>, number | undefined]>([
    [{ "Retry-After": "0" }, 0],
    [{ "Retry-After": "120" }, 120_000],
    [{ "Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT", Date: date }, 30_000],
    [{ "Retry-After": "Sun, 06 Nov 1994 08:49:00 GMT", Date: date }, 0],
    [{ "Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT" }, undefined],
    [{ "Retry-After": "soon", Date: date }, undefined],
    [{ "Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT", Date: "now" }, undefined],
    ...["-5", "1.5", "7, 7", "Sun, 06 Nov 1994", "Sun, 99 Nov 1994 08:49:37 GMT"].map(
      (value): [Record<string, string>, undefined] => [{ "Retry-After": value, Date: date }, undefined],
    ),
    [{ "Retry-After": "" }, undefined],
    [{}, undefined],
  ])("%j is %s", (headers, expected) => {
    expect(retryAfter(new Headers(headers))).toBe(expected);
  });
});

describe("when a token is too old", () => {
  test.each([
    [749, 719_000],
    [60, 30_000],
    [40, 20_000],
    [2, 1000],
    [undefined, Infinity],
  ])("a life of %s s from 1,000,000 ms ends there + %s ms", (expiresIn, after) => {
    expect(expiry(1_000_000, expiresIn)).toBe(1_000_000 + after);
  });
});

describe("the path with its API version", () => {
  test.each([
    ["v2024", "/connector-customizers", "/v2024/connector-customizers"],
    ["beta", "/connector-customizers/a?x=1", "/beta/connector-customizers/a?x=1"],
    ["v1", "/connector-customizers", "/connector-customizers/v1"],
    ["v1", "/connector-customizers?limit=1", "/connector-customizers/v1?limit=1"],
    ["v1", "/connector-customizers/a/versions", "/connector-customizers/v1/a/versions"],
  ])("%s %s is %s", (version, path, expected) => {
    expect(versionedPath(version, path)).toBe(expected);
  });
});
