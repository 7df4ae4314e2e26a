import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../src/errors/errors.ts";
import { resolveBaseUrl } from "../../src/openapi/base-url.ts";

describe("resolveBaseUrl", () => {
  test.each([
    ["acme", "https://acme.api.identitynow.com"],
    ["acme-sb", "https://acme-sb.api.identitynow.com"],
    ["A1", "https://a1.api.identitynow.com"],
  ])("returns for the tenant %s %s", (tenant, url) => {
    expect(resolveBaseUrl(tenant, undefined)).toBe(url);
  });

  test.each([
    ["https://acme.api.identitynow.com", "https://acme.api.identitynow.com"],
    ["https://acme.api.identitynow.com/", "https://acme.api.identitynow.com"],
    ["https://gateway.example/isc//", "https://gateway.example/isc"],
    ["http://localhost:4010", "http://localhost:4010"],
  ])("returns for the base URL %s %s", (baseUrl, url) => {
    expect(resolveBaseUrl(undefined, baseUrl)).toBe(url);
  });

  test.each<[string | undefined, string | undefined, string]>([
    [undefined, undefined, "Set either `tenant` or `baseUrl`; neither is set."],
    ["acme", "https://acme.example", "Set either `tenant` or `baseUrl`; both are set."],
  ])("rejects the tenant %s with the base URL %s", (tenant, baseUrl, message) => {
    expect(() => resolveBaseUrl(tenant, baseUrl)).toThrow(new ConfigurationError(message));
  });

  test.each(["", "acme.example", "evil.example/x?", "-acme", "acme-", "a".repeat(64), 7, null])(
    "rejects the tenant %j",
    (tenant) => {
      const message = '`tenant` must be the tenant\'s name alone, such as "acme".';
      expect(() => resolveBaseUrl(tenant as string, undefined)).toThrow(new ConfigurationError(message));
    },
  );

  test.each([
    [
      "http://acme.example",
      "`baseUrl` must be an https URL without credentials, or http on a loopback host.",
    ],
    ["https://acme.example/?a=b", "`baseUrl` must have no query and no fragment."],
    ["https://acme.example/#a", "`baseUrl` must have no query and no fragment."],
    [
      "https://acme.example/v2025/",
      '`baseUrl` ends with the API version "v2025"; leave it out, and set `apiVersion`.',
    ],
  ])("rejects the base URL %s", (baseUrl, message) => {
    expect(() => resolveBaseUrl(undefined, baseUrl)).toThrow(new ConfigurationError(message));
  });
});
