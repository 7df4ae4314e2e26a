import { describe, expect, test } from "vitest";
import { type ClientOptions, ConfigurationError, createClient } from "../src/index.ts";

const auth = { clientId: "id", clientSecret: "s3cr3t" };

describe("createClient rejects", () => {
  const notBoth = "Set either `tenant` or `baseUrl`; neither is set.";
  const noRetryAfter = "`maxRetryAfter` must be a number from 0; got";
  const noLogger = "`logger` must be an object with a function for each level.";

  test.each<[string, unknown, string]>([
    ["no options", undefined, notBoth],
    ["options that are null", null, notBoth],
    ["options without a tenant", { auth }, notBoth],
    ["an unknown option", { auth, tenant: "acme", retry: 1 }, "createClient has no option `retry`."],
    [
      "an unknown API version",
      { tenant: "acme", auth, apiVersion: "v3" },
      "`apiVersion` must be one of v2024, v2025, v2026, beta, v1; got v3.",
    ],
    [
      "options without auth",
      { tenant: "acme" },
      "`auth` must be either { clientId, clientSecret } or { accessToken }.",
    ],
    ["a `maxRetryAfter` of text", { tenant: "acme", auth, maxRetryAfter: "5" }, `${noRetryAfter} 5.`],
    ["a `maxRetryAfter` of null", { tenant: "acme", auth, maxRetryAfter: null }, `${noRetryAfter} null.`],
    ["a negative `maxRetryAfter`", { tenant: "acme", auth, maxRetryAfter: -1 }, `${noRetryAfter} -1.`],
    ["a `fetch` of text", { tenant: "acme", auth, fetch: "undici" }, "`fetch` must be a function."],
    ["one middleware", { tenant: "acme", auth, middleware: {} }, "`middleware` must be an array."],
    ["a logger that is null", { tenant: "acme", auth, logger: null }, noLogger],
    ["a logger without all levels", { tenant: "acme", auth, logger: { warn() {} } }, noLogger],
    [
      "an Authorization header",
      { tenant: "acme", auth, headers: { authorization: "s3cr3t" } },
      "`headers` must not set `authorization`: the client or the runtime sets it.",
    ],
  ])("%s", (_, options, message) => {
    // A caller without types can pass anything.
    expect(() => createClient(options as ClientOptions)).toThrow(new ConfigurationError(message));
  });
});

test("createClient accepts an option that is undefined", () => {
  const options = { tenant: "acme", auth: { ...auth, accessToken: undefined }, fetch: undefined };
  expect(createClient(options)).toHaveProperty("listConnectorCustomizers");
});

test("a call is sent to the host of the tenant", async () => {
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
