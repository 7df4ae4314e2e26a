import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { AuthenticationError } from "../../src/index.ts";
import { authenticationError, clientSecret, credentials, expectNoSecret } from "../support/authentication.ts";
import { EagerClock, ManualClock } from "../support/clock.ts";
import { answering, startServer, tokenRequests, tokenServer } from "../support/server.ts";

describe("the token request", () => {
  test("is a form with the credentials in its body only", async () => {
    await using server = await tokenServer(749);
    await createClientWithClock(
      { baseUrl: server.url, auth: credentials },
      new EagerClock(),
    ).listConnectorCustomizers();
    const [request, ...others] = server.requests;
    expect(request).toMatchObject({ method: "POST", url: "/oauth/token" });
    expect(request?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: "client_credentials",
      client_id: "id",
      client_secret: clientSecret,
    });
    expect(inspect([request?.headers, others], { depth: 5 })).not.toContain("s3cr3t");
  });
});

describe("the lifetime of a token", () => {
  test.each([
    ["as long as the server says", 749, 1],
    ["until it expires", 599, 2],
    ["for one call when it has expired already", 0, 2],
    ["as long as a string says", "749", 1],
    ["until it is refused when the server names no lifetime", undefined, 1],
    ["until it is refused when the lifetime is not a number", true, 1],
  ])("the client uses a token %s", async (_, expiresIn, expected) => {
    await using server = await tokenServer(expiresIn);
    const clock = new ManualClock();
    const client = createClientWithClock({ baseUrl: server.url, auth: credentials }, clock);
    await client.listConnectorCustomizers();
    await clock.advance(600_000);
    await client.listConnectorCustomizers();
    expect(tokenRequests(server)).toBe(expected);
  });
});

describe("a token request that fails throws an AuthenticationError without the client secret", () => {
  test.each<[string, number, string, RegExp]>([
    [
      "a refusal",
      401,
      '{"error":"invalid_client","error_description":"Bad credentials"}',
      /The token endpoint http:\S+\/oauth\/token answered 401: invalid_client: Bad credentials/,
    ],
    [
      "a refusal that repeats the secret",
      400,
      JSON.stringify({
        error: "invalid",
        error_description: `${clientSecret} ${encodeURIComponent(clientSecret)} ${new URLSearchParams({ s: clientSecret })}`,
      }),
      /answered 400: invalid: \[redacted\]/,
    ],
    ["a server error", 503, "<html>down</html>", /answered 503\.$/],
    ["a redirect", 307, "", /answered 307\.$/],
    ["JSON without a token", 200, "{}", /answered 200 without a valid access token/],
    ["a body that is not JSON", 200, "<html>", /answered 200 without a valid access token/],
    ["JSON null", 200, "null", /answered 200 without a valid access token/],
    ["an invalid token", 200, '{"access_token":"a\\nb"}', /answered 200 without a valid access token/],
  ])("%s", async (_, status, body, message) => {
    await using server = await answering(status, body, { Location: "http://127.0.0.1:9/stolen" });
    const error = await authenticationError({ baseUrl: server.url, auth: credentials });
    expect(error.message).toMatch(message);
    expect(error.status).toBe(status);
    expect(server.requests).toHaveLength(status === 503 ? 3 : 1);
    expectNoSecret(error);
  });

  test("a query of the token URL, which may contain a key, is not shown", async () => {
    await using server = await answering(401, "");
    const auth = { ...credentials, tokenUrl: `${server.url}/oauth/token?key=hidden-key` };
    const error = await authenticationError({ baseUrl: server.url, auth });
    expect(error.message).toBe(`The token endpoint ${server.url}/oauth/token answered 401.`);
    expect(server.requests[0]?.url).toContain("hidden-key");
  });

  test("after which the next call requests a token again", async () => {
    let up = false;
    await using server = await startServer((request, response) => {
      if (request.url !== "/oauth/token") response.end("[]");
      else if (up) response.end('{"access_token":"t"}');
      else response.writeHead(500).end();
    });
    const client = createClientWithClock({ baseUrl: server.url, auth: credentials }, new EagerClock());
    await expect(client.listConnectorCustomizers()).rejects.toThrow(AuthenticationError);
    up = true;
    expect(await client.listConnectorCustomizers()).toEqual([]);
  });
});
