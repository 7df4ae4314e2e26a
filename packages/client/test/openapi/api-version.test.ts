import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../src/index.ts";
import { apiVersions, resolveApiVersion, versionedPath } from "../../src/openapi/api-version.ts";

describe("resolveApiVersion", () => {
  test("returns v2024 by default", () => {
    expect(resolveApiVersion()).toBe("v2024");
  });

  test("returns every version of the API", () => {
    expect(apiVersions).toEqual(["v2024", "v2025", "v2026", "beta", "v1"]);
    for (const version of apiVersions) expect(resolveApiVersion(version)).toBe(version);
  });

  test.each(["v3", "", "V2024", null])("rejects %j", (version) => {
    expect(() => resolveApiVersion(version as string)).toThrow(
      new ConfigurationError(`\`apiVersion\` must be one of v2024, v2025, v2026, beta, v1; got ${version}.`),
    );
  });
});

describe("versionedPath", () => {
  test.each([
    ["v2024", "/connector-customizers", "/v2024/connector-customizers"],
    ["beta", "/connector-customizers/a?x=1", "/beta/connector-customizers/a?x=1"],
  ])("puts %s in front of %s", (version, path, expected) => {
    expect(versionedPath(version, path)).toBe(expected);
  });

  test.each([
    ["v1", "/connector-customizers", "/connector-customizers/v1"],
    ["v1", "/connector-customizers?limit=1", "/connector-customizers/v1?limit=1"],
    ["v1", "/connector-customizers/a/versions", "/connector-customizers/v1/a/versions"],
  ])("puts %s after the first segment of %s", (version, path, expected) => {
    expect(versionedPath(version, path)).toBe(expected);
  });
});
