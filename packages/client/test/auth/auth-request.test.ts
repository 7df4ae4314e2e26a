import { describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { TimeoutError } from "../../src/index.ts";
import { authenticationError, credentials, expectNoSecret } from "../support/authentication.ts";
import { EagerClock } from "../support/clock.ts";
import { answering, startServer, tokenServer, unusedUrl } from "../support/server.ts";

describe("a request to the token endpoint", () => {
  test("has the client's headers and User-Agent, but no header of a call", async () => {
    await using server = await tokenServer(749);
    const client = createClientWithClock(
      { baseUrl: server.url, auth: credentials, headers: { "X-Gateway": "key", Accept: "text/html" } },
      new EagerClock(),
    );
    await client.listConnectorCustomizers({}, { headers: { "X-Call": "1" } });
    const [request] = server.requests;
    expect(request?.headers).toMatchObject({
      "x-gateway": "key",
      "user-agent": expect.stringMatching(/^isc-customizers\/\d/),
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(request?.headers).not.toHaveProperty("x-call");
    expect(request?.headers).not.toHaveProperty("authorization");
  });

  test.each([0, 1, 4])("is retried on 503 up to the client's `retries: %i`", async (retries) => {
    await using server = await answering(503, "");
    const error = await authenticationError({ baseUrl: server.url, auth: credentials, retries });
    expect(error.status).toBe(503);
    expect(server.requests).toHaveLength(retries + 1);
  });

  test.each([
    [1999, 1],
    [2000, 3],
  ])("with `maxRetryAfter: %i` and a `Retry-After` of 2 s is sent %i times", async (maxRetryAfter, sent) => {
    await using server = await answering(429, "", { "Retry-After": "2" });
    const error = await authenticationError({ baseUrl: server.url, auth: credentials, maxRetryAfter });
    expect(error).toMatchObject({ status: 429, retryAfter: 2000 });
    expect(server.requests).toHaveLength(sent);
  });

  test("has the client's `timeout` in each attempt", async () => {
    const clock = new EagerClock();
    await using server = await startServer(() => clock.expire(25_000));
    const options = { baseUrl: server.url, auth: credentials, timeout: 25_000, retries: 1 };
    const error = await authenticationError(options, clock);
    expect(error.message).toMatch(/25000 ms/);
    expect(error.cause).toBeInstanceOf(TimeoutError);
    expect(server.requests).toHaveLength(2);
  });

  test("has the client's `totalTimeout` and `retries`, whatever the call has", async () => {
    const clock = new EagerClock();
    await using server = await startServer((request, response) => {
      if (server.requests.length === 1) clock.expire(25_000);
      else response.writeHead(503).end();
    });
    const options = { baseUrl: server.url, auth: credentials, totalTimeout: 25_000, retries: 0 };
    const client = createClientWithClock(options, clock);
    for (const message of [/25000 ms/, /503/]) {
      await expect(
        client.listConnectorCustomizers({}, { totalTimeout: 200_000, timeout: 100_000, retries: 3 }),
      ).rejects.toThrow(message);
    }
    expect(server.requests).toHaveLength(2);
  });

  test('is sent with `cache: "no-store"`', async () => {
    const seen: unknown[] = [];
    const fetch = (url: string, init: RequestInit) => {
      seen.push([new URL(url).pathname, init.cache]);
      return Promise.resolve(Response.json({ tokenEndpoint: "https://a.example/token", access_token: "t" }));
    };
    await createClientWithClock(
      { tenant: "acme", auth: { ...credentials, tokenUrl: "discover" }, fetch },
      new EagerClock(),
    )
      .listConnectorCustomizers()
      .withResponse()
      .catch(() => {});
    expect(seen.slice(0, 2)).toEqual([
      ["/oauth/info", "no-store"],
      ["/token", "no-store"],
    ]);
  });
});

describe("a request to the token endpoint without a usable response throws an AuthenticationError", () => {
  test.each<[string, string | undefined, number | undefined]>([
    ["asks to wait longer than `maxRetryAfter`", "120", 120_000],
    ["names no wait", undefined, undefined],
  ])("a rate limit that %s", async (_, asked, retryAfter) => {
    await using server = await answering(429, "", asked === undefined ? {} : { "Retry-After": asked });
    const error = await authenticationError({ baseUrl: server.url, auth: credentials });
    expect(error).toMatchObject({ status: 429, retryAfter });
    expect(error.toJSON()["retryAfter"]).toBe(retryAfter);
    expect(server.requests).toHaveLength(asked === undefined ? 3 : 1);
  });

  test("a refused connection", async () => {
    const error = await authenticationError({ baseUrl: unusedUrl, auth: credentials });
    expect(error.message).toMatch(/^The token endpoint http:\S+\/oauth\/token failed: .*ECONNREFUSED/);
    expect(error).toMatchObject({ status: undefined, retryAfter: undefined });
    expect(error.cause).toBeInstanceOf(Error);
    expectNoSecret(error);
  });

  test("a server that never answers", async () => {
    const clock = new EagerClock();
    await using server = await startServer(() => clock.expire(30_000));
    const error = await authenticationError({ baseUrl: server.url, auth: credentials }, clock);
    expect(error.message).toMatch(/^The token endpoint .* failed: .*30000 ms/);
    expect(server.requests).toHaveLength(3);
    expectNoSecret(error);
  });

  test("a connection that is closed during the response", async () => {
    await using server = await startServer((request, response) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write("{", () => request.socket.destroy());
    });
    const error = await authenticationError({ baseUrl: server.url, auth: credentials });
    expect(error.message).toMatch(/^The token endpoint .* failed: /);
    expect(error.status).toBeUndefined();
    expect(server.requests).toHaveLength(3);
  });

  test("a connection that is closed before the response", async () => {
    await using server = await startServer((request) => request.socket.destroy());
    expectNoSecret(await authenticationError({ baseUrl: server.url, auth: credentials }));
  });

  test("an endless response, of which it reads 1 MiB", async () => {
    const closed = Promise.withResolvers<void>();
    await using server = await startServer((_, response) => {
      const write = () => {
        while (response.write(" ".repeat(65_536)));
      };
      response.on("drain", write).on("close", closed.resolve);
      write();
    });
    const error = await authenticationError({ baseUrl: server.url, auth: credentials });
    expect(error.message).toMatch(/answered 200 without a valid access token/);
    await closed.promise;
  });
});
