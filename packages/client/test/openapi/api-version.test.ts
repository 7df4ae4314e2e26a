import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../src/index.ts";
import { resolveApiVersion, versionedPath } from "../../src/openapi/api-version.ts";

describe("a path with an API version", () => {
  test.each([
    ["v2024", "/connector-customizers", "/v2024/connector-customizers"],
    ["beta", "/connector-customizers/a?x=1", "/beta/connector-customizers/a?x=1"],
    ["v1", "/connector-customizers", "/connector-customizers/v1"],
    ["v1", "/connector-customizers?limit=1", "/connector-customizers/v1?limit=1"],
    ["v1", "/connector-customizers/a/versions", "/connector-customizers/v1/a/versions"],
  ])("of %s and %s is %s", (version, path, expected) => {
    expect(versionedPath(version, path)).toBe(expected);
  });
});

test("an API version is one of the spec's, v2024 by default", () => {
  expect(resolveApiVersion()).toBe("v2024");
  expect(["v2025", "v2026", "beta", "v1"].map((version) => resolveApiVersion(version))).toEqual([
    "v2025",
    "v2026",
    "beta",
    "v1",
  ]);
  expect(() => resolveApiVersion("v3")).toThrow(
    new ConfigurationError("`apiVersion` must be one of v2024, v2025, v2026, beta, v1; it is v3."),
  );
});
