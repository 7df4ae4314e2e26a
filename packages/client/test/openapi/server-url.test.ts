import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../src/index.ts";
import { resolveBaseUrl } from "../../src/openapi/base-url.ts";
import { serverUrl } from "../../src/openapi/server-url.ts";

describe("serverUrl", () => {
  const baseUrl = resolveBaseUrl(undefined, "https://acme.example/api");
  test.each([
    ["https://elsewhere.example/v2/", {}, "https://elsewhere.example/v2"],
    ["https://{region}.elsewhere.example", { region: { default: "eu" } }, "https://eu.elsewhere.example"],
    ["/v2", {}, "https://acme.example/v2"],
    ["v2", {}, "https://acme.example/api/v2"],
    ["http://127.0.0.1:8080", {}, "http://127.0.0.1:8080"],
  ])("returns for %s with the variables %j %s", (url, variables, expected) => {
    expect(serverUrl({ url, variables }, baseUrl)).toBe(expected);
  });

  test.each([
    "http://elsewhere.example",
    "https://user:pass@elsewhere.example",
    "https://{region}",
    "ftp://a",
  ])("rejects %s, because it must not get a token", (url) => {
    expect(() => serverUrl({ url, variables: {} }, baseUrl)).toThrow(ConfigurationError);
  });
});
