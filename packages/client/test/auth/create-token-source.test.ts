import { describe, expect, test } from "vitest";
import { ConfigurationError, createClient } from "../../src/index.ts";

const credentials = { clientId: "id", clientSecret: "s3cr3t" };

describe("auth is rejected with a ConfigurationError without its secrets", () => {
  test.each<[string, unknown, RegExp]>([
    ["missing", undefined, /^`auth` must be either { clientId, clientSecret } or { accessToken }\.$/],
    ["null", null, /^`auth` must be either/],
    ["a string", "s3cr3t", /^`auth` must be either/],
    ["without a secret", { clientId: "id" }, /^`auth.clientSecret` must be a string/],
    ["without an id", { clientSecret: "s3cr3t" }, /^`auth.clientId` must be a string/],
    ["an id with a line break", { ...credentials, clientId: "s3cr3t\n" }, /^`auth.clientId` must be/],
    ["both kinds", { ...credentials, accessToken: "s3cr3t" }, /^`auth` must be either/],
    [
      "an access token with a token URL",
      { accessToken: "s3cr3t", tokenUrl: "discover" },
      /^`auth` must be either/,
    ],
    [
      "an access token with a store",
      { accessToken: "s3cr3t", tokenStore: new Map() },
      /^`auth` must be either/,
    ],
    ["an empty access token", { accessToken: "" }, /^`auth.accessToken` must be a string/],
    ["an access token with a line break", { accessToken: "s3cr3t\n" }, /^`auth.accessToken` must be/],
    [
      "a token URL without a host",
      { ...credentials, tokenUrl: "/token" },
      /^`auth.tokenUrl` must be an https URL/,
    ],
    ...[{}, 5, null, { get: () => {} }, { get() {}, set() {} }].map(
      (tokenStore): [string, unknown, RegExp] => [
        `the token store ${JSON.stringify(tokenStore)}`,
        { ...credentials, tokenStore },
        /^`auth\.tokenStore\.(?:get|set|delete)` must be a function\.$/,
      ],
    ),
  ])("%s", (_, auth, message) => {
    const create = () => createClient({ tenant: "acme", auth: auth as never });
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(message);
    expect(create).not.toThrow(/s3cr3t/);
  });
});
