import { describe, expect, test } from "vitest";
import { versionedPath } from "../src/openapi/api-version.ts";
import { retryAfter } from "../src/transport/retry-after.ts";
import { backoff, isIdempotent, mayHaveHadEffect, mayRetry } from "../src/transport/retry-policy.ts";

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

describe("whether a failed request may be sent again", () => {
  test.each([408, 429, 500, 502, 503, 504])("%i: if it is idempotent", (status) => {
    expect(mayRetry({ status }, true)).toBe(true);
    expect(mayRetry({ status }, false)).toBe(status === 429);
  });

  test.each([400, 401, 403, 404, 409, 413, 501, 505])("%i: never", (status) => {
    expect(mayRetry({ status }, true)).toBe(false);
    expect(mayRetry({ status }, false)).toBe(false);
  });

  test("lost: if it is idempotent, or was never sent", () => {
    expect(mayRetry({}, true)).toBe(true);
    expect(mayRetry({}, false)).toBe(false);
    expect(mayRetry({ unsent: true }, false)).toBe(true);
  });

  test("it may have had its effect unless it was refused for its rate, or not sent", () => {
    expect([{}, { status: 503 }, { status: 429 }, { unsent: true }].map(mayHaveHadEffect)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test("methods are idempotent as HTTP has it", () => {
    const methods = ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "POST", "PATCH", "CONNECT"];
    expect(methods.filter((method) => !isIdempotent(method))).toEqual(["POST", "PATCH", "CONNECT"]);
  });
});

describe("the wait before a retry", () => {
  test.each([
    [0, 250, 500],
    [1, 500, 1000],
    [3, 2000, 4000],
    [4, 4000, 8000],
    [50, 4000, 8000],
  ])("%i is from %i to %i ms", (retry, least, most) => {
    expect(backoff(retry, 0)).toBe(least);
    expect(backoff(retry, 1)).toBe(most);
    expect(backoff(retry, 0.5)).toBe((least + most) / 2);
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
