import { startMockTenant } from "@isc-customizers/mock-tenant";
import { describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { authenticationError, credentials, expectNoSecret } from "../support/authentication.ts";
import { EagerClock } from "../support/clock.ts";
import { answering, startServer, unusedUrl } from "../support/server.ts";

const auth = { ...credentials, tokenUrl: "discover" } as const;

describe("the token URL", () => {
  test("is requested from the tenant once", async () => {
    await using mock = await startMockTenant();
    const { clientId, clientSecret } = mock;
    const client = createClientWithClock(
      { baseUrl: mock.baseUrl, auth: { clientId, clientSecret, tokenUrl: "discover" } },
      new EagerClock(),
    );
    await Promise.all([client.listConnectorCustomizers(), client.listConnectorCustomizers()]);
    const paths = mock.requests.map(({ method, path }) => `${method} ${path}`);
    expect(paths.slice(0, 2)).toEqual(["GET /oauth/info", "POST /oauth/token"]);
    expect(paths.filter((path) => path.includes("/oauth/"))).toHaveLength(2);
  });

  test("stays known when the API refuses a token", async () => {
    await using server = await startServer((request, response) => {
      const { url = "", headers } = request;
      if (url === "/oauth/info") response.end(JSON.stringify({ tokenEndpoint: `${server.url}/token` }));
      else if (url === "/token") response.end(`{"access_token":"t${server.requests.length}"}`);
      else response.writeHead(headers.authorization === "Bearer t2" ? 401 : 200).end("[]");
    });
    await createClientWithClock({ baseUrl: server.url, auth }, new EagerClock()).listConnectorCustomizers();
    const paths = server.requests.map(({ url }) => url);
    expect(paths.filter((path) => path === "/oauth/info")).toHaveLength(1);
    expect(paths.filter((path) => path === "/token")).toHaveLength(2);
  });

  test("is requested without the client secret, with the client's headers and User-Agent", async () => {
    await using server = await answering(404, "");
    await authenticationError({ baseUrl: server.url, auth, headers: { "X-Gateway": "key" } });
    const [request, ...others] = server.requests;
    expect(request).toMatchObject({ method: "GET", url: "/oauth/info", body: "" });
    expect(request?.headers).toMatchObject({
      accept: "application/json",
      "x-gateway": "key",
      "user-agent": expect.stringMatching(/^isc-customizers\//),
    });
    expect(request?.headers).not.toHaveProperty("content-type");
    expect(others).toEqual([]);
  });
});

describe("a discovery that fails throws an AuthenticationError", () => {
  test.each<[string, number, string, RegExp]>([
    [
      "another status",
      404,
      "{}",
      /^`auth.tokenUrl` could not be discovered: http:\S+\/oauth\/info answered 404\.$/,
    ],
    ["an error with a token endpoint", 500, '{"tokenEndpoint":"https://a.example/"}', /answered 500/],
    [
      "no token endpoint",
      200,
      "{}",
      /answered 200 without a valid token endpoint\. `tokenEndpoint` must be an https URL/,
    ],
    ["a body that is not JSON", 200, "<html>", /answered 200 without a valid token endpoint/],
    [
      "an insecure token endpoint",
      200,
      '{"tokenEndpoint":"http://login.example/"}',
      /without a valid token endpoint. `tokenEndpoint` must be an https URL/,
    ],
    [
      "credentials in the token endpoint",
      200,
      '{"tokenEndpoint":"https://user:s3cr3t-password@login.example/"}',
      /without a valid token endpoint. `tokenEndpoint` must be an https URL without credentials/,
    ],
  ])("on %s", async (_, status, body, message) => {
    await using server = await answering(status, body);
    const error = await authenticationError({ baseUrl: server.url, auth });
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("s3cr3t-password");
    expect(error.status).toBe(status);
    expectNoSecret(error);
  });

  test("on a rate limit, with the wait that the server asks for", async () => {
    await using server = await answering(429, "", { "Retry-After": "120" });
    expect(await authenticationError({ baseUrl: server.url, auth })).toMatchObject({
      status: 429,
      retryAfter: 120_000,
    });
    expect(server.requests).toHaveLength(1);
  });

  test("on a refused connection", async () => {
    const error = await authenticationError({ baseUrl: unusedUrl, auth });
    expect(error.message).toMatch(
      /^`auth.tokenUrl` could not be discovered: http:\S+\/oauth\/info failed: .*ECONNREFUSED/,
    );
  });
});
