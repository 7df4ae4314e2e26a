import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../src/errors/errors.ts";
import { secureUrl } from "../../src/runtime/secure-url.ts";

describe("secureUrl", () => {
  test.each([
    ["https://acme.example", "https://acme.example/"],
    ["HTTPS://acme.example:8443/a@b?c=d@e#f@g", "https://acme.example:8443/a@b?c=d@e#f@g"],
    ["http://localhost", "http://localhost/"],
    ["http://LOCALHOST:4010/x", "http://localhost:4010/x"],
    ["http://acme.localhost:4010", "http://acme.localhost:4010/"],
    ["http://127.0.0.1:4010", "http://127.0.0.1:4010/"],
    ["http://127.8.9.1", "http://127.8.9.1/"],
    ["http://127.1", "http://127.0.0.1/"],
    ["http://[::1]:4010", "http://[::1]:4010/"],
    ["https://:@acme.example", "https://acme.example/"],
  ])("accepts %s", (text, href) => {
    expect(secureUrl("baseUrl", text).href).toBe(href);
  });

  test.each([
    undefined,
    null,
    7,
    {},
    "",
    "acme",
    "/token",
    "https://",
    "ftp://127.0.0.1",
    "file:///etc/passwd",
    "data:text/html,https://acme.example/",
    "http://acme.example",
    "http://acme.example/localhost/",
    "http://acme.example#.localhost/",
    "http://acme.example?.localhost/",
    "http://acme.example\\.localhost/",
    "http://localhost.example",
    "http://notlocalhost",
    "http://127.0.0.1.example",
    "http://127.example",
    "http://128.0.0.1",
    "http://1270",
    "http://[::2]",
    "http://localhost@acme.example",
    "http://localhost:80@acme.example/",
    "https://user@acme.example",
    "https://user:password@acme.example",
    "https://:password@acme.example",
    "http://user:password@localhost",
  ])("refuses %s", (text) => {
    const message = "`baseUrl` must be an https URL without credentials, or http on a loopback host.";
    expect(() => secureUrl("baseUrl", text)).toThrow(new ConfigurationError(message));
  });
});
