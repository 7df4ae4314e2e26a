import { describe, expect, test } from "vitest";
import { type ClientOptions, ConfigurationError, createClient } from "../src/index.ts";

const secret = "s3cr3t-do-not-show";
const auth = { clientId: "id", clientSecret: secret };

/** Options of a caller without types. */
function create(options: unknown) {
  return createClient(options as ClientOptions);
}

function messageOf(options: unknown): string {
  try {
    create(options);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  return expect.fail("The options were taken.");
}

describe("options that cannot be used are refused at once, by name, and without the secret", () => {
  test.each<[string, unknown, RegExp]>([
    ["neither tenant nor baseUrl", { auth }, /Neither `tenant` nor `baseUrl`/],
    [
      "both tenant and baseUrl",
      { tenant: "acme", baseUrl: "https://acme.example", auth },
      /Both `tenant` and `baseUrl`/,
    ],
    ["a tenant that is a host", { tenant: "acme.example", auth }, /`tenant`/],
    ["a tenant that leads elsewhere", { tenant: "evil.example/x?", auth }, /`tenant`/],
    ["an empty tenant", { tenant: "", auth }, /`tenant`/],
    ["no URL", { baseUrl: "acme", auth }, /`baseUrl` must be an https URL/],
    ["http", { baseUrl: "http://acme.example", auth }, /`baseUrl` must be an https URL/],
    [
      "http to a look-alike of loopback",
      { baseUrl: "http://127.0.0.1.example", auth },
      /`baseUrl` must be an https URL/,
    ],
    ["another scheme", { baseUrl: "ftp://127.0.0.1", auth }, /`baseUrl` must be an https URL/],
    [
      "credentials in the URL",
      { baseUrl: `https://u:${secret}@acme.example`, auth },
      /`baseUrl` must be an https URL without credentials/,
    ],
    ["a query", { baseUrl: "https://acme.example/?a=b", auth }, /no query/],
    [
      "an API version in the URL",
      { baseUrl: "https://acme.example/v2025/", auth },
      /"v2025"; leave it out, and set `apiVersion`/,
    ],
    [
      "an unknown API version",
      { tenant: "acme", apiVersion: "v3", auth },
      /must be one of v2024, v2025, v2026, beta, v1/,
    ],
    ["no auth", { tenant: "acme" }, /`auth` must be either/],
    ["no secret", { tenant: "acme", auth: { clientId: "id" } }, /`auth.clientSecret` must be a string/],
    [
      "an empty id",
      { tenant: "acme", auth: { clientId: "", clientSecret: secret } },
      /`auth.clientId` must be a string/,
    ],
    [
      "two ways to authenticate",
      { tenant: "acme", auth: { ...auth, accessToken: secret } },
      /`auth` must be either .* or /,
    ],
    ["an empty token", { tenant: "acme", auth: { accessToken: "" } }, /`auth.accessToken`/],
    [
      "a token that no header can hold",
      { tenant: "acme", auth: { accessToken: `${secret}\n` } },
      /`auth.accessToken`/,
    ],
    [
      "an insecure token URL",
      { tenant: "acme", auth: { ...auth, tokenUrl: "http://acme.example/token" } },
      /`auth.tokenUrl` must be an https URL/,
    ],
    ["a Retry-After of text", { tenant: "acme", auth, maxRetryAfter: "5" }, /`maxRetryAfter` .* got 5/],
    ["a Retry-After of null", { tenant: "acme", auth, maxRetryAfter: null }, /`maxRetryAfter` .* got null/],
    ["a logger that is null", { tenant: "acme", auth, logger: null }, /`logger` must be an object/],
    [
      "a logger without all levels",
      { tenant: "acme", auth, logger: { warn() {} } },
      /`logger` must be an object with a function for each level/,
    ],
    [
      "an Authorization header",
      { tenant: "acme", auth, headers: { authorization: secret } },
      /`authorization`/,
    ],
  ])("%s", (_, options, message) => {
    const text = messageOf(options);
    expect(text).toMatch(message);
    expect(text).not.toContain(secret);
  });

  test("no options at all", () => {
    expect(messageOf({})).toMatch(/Neither/);
    expect(messageOf(undefined)).toMatch(/Neither/);
    expect(messageOf(null)).toMatch(/Neither/);
  });
});

describe("options that can be used", () => {
  test.each([
    { tenant: "acme", auth },
    { tenant: "acme-sb", auth: { accessToken: "abc" } },
    { tenant: "acme", auth: { ...auth, accessToken: undefined } },
    { baseUrl: "https://acme.api.identitynow.com/", auth },
    { baseUrl: "https://gateway.example/isc", auth },
    { baseUrl: "http://localhost:4010", auth },
    { baseUrl: "http://[::1]:4010", auth },
    { baseUrl: "http://127.8.9.1:4010", auth: { ...auth, tokenUrl: "https://login.example/oauth/token" } },
  ])("%j", (options) => {
    expect(createClient(options)).toHaveProperty("listConnectorCustomizers");
  });

  test("a tenant's name stands for its host", async () => {
    const urls: string[] = [];
    const client = createClient({
      tenant: "acme",
      auth,
      fetch: (url) => {
        urls.push(url);
        return Promise.resolve(
          Response.json(url.endsWith("/oauth/token") ? { access_token: "t", expires_in: 749 } : []),
        );
      },
    });
    await client.listConnectorCustomizers();
    expect(urls).toEqual([
      "https://acme.api.identitynow.com/oauth/token",
      "https://acme.api.identitynow.com/v2024/connector-customizers",
    ]);
  });
});
