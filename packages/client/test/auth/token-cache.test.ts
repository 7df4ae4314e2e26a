import { startMockTenant } from "@isc-customizers/mock-tenant";
import { describe, expect, test, vi } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import { AbortError, createClient } from "../../src/index.ts";
import { credentials } from "../support/authentication.ts";
import { ManualClock } from "../support/clock.ts";
import { keepLines, startServer, tokenRequests, tokenServer } from "../support/server.ts";
import { tokensSeenBy } from "../support/token-store.ts";

const hour = 3_600_000;

describe("a cached token", () => {
  test("is requested by the first call, once for concurrent and later calls", async () => {
    await using mock = await startMockTenant();
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    expect(mock.requests).toEqual([]);
    await Promise.all(Array.from({ length: 50 }, () => client.listConnectorCustomizers()));
    await client.listConnectorCustomizers();
    expect(mock.requests.filter(({ path }) => path === "/oauth/token")).toHaveLength(1);
  });

  test("is not used again after the API has refused it", async () => {
    await using server = await tokenServer(749, (token) => token !== "Bearer token-1");
    const client = createClient({ baseUrl: server.url, auth: credentials });
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(await client.listConnectorCustomizers()).toEqual([]);
    expect(tokenRequests(server)).toBe(2);
  });

  test("is replaced once when the API refuses it in many calls", async () => {
    await using server = await tokenServer(749, (token) => token !== "Bearer token-1");
    const client = createClient({ baseUrl: server.url, auth: credentials });
    await Promise.all(Array.from({ length: 10 }, () => client.listConnectorCustomizers()));
    expect(tokenRequests(server)).toBe(2);
  });

  test("arrives for the other calls when one call is aborted", async () => {
    let answer: () => void = () => {};
    const requested = Promise.withResolvers<void>();
    await using server = await startServer((request, response) => {
      if (request.url !== "/oauth/token") return void response.end("[]");
      answer = () => response.end('{"access_token":"t","expires_in":749}');
      requested.resolve();
    });
    const client = createClient({ baseUrl: server.url, auth: credentials });
    const controller = new AbortController();
    const aborted = client.listConnectorCustomizers({}, { signal: controller.signal }).then(
      () => "data",
      (error: unknown) => error,
    );
    const other = client.listConnectorCustomizers().then((data) => data);
    await requested.promise;
    controller.abort(new Error("enough"));
    expect(await aborted).toBeInstanceOf(AbortError);
    answer();
    expect(await other).toEqual([]);
    expect(server.requests.map(({ url }) => url)).toEqual(["/oauth/token", "/v2024/connector-customizers"]);
  });

  test("is no longer requested when all calls are aborted", async () => {
    const [requested, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await using server = await startServer((_, response) => {
      response.on("close", closed.resolve);
      requested.resolve();
    });
    const client = createClient({ baseUrl: server.url, auth: credentials });
    const controller = new AbortController();
    const call = client.listConnectorCustomizers({}, { signal: controller.signal }).then((data) => data);
    await requested.promise;
    controller.abort();
    await expect(call).rejects.toThrow(AbortError);
    await closed.promise;
    expect(server.requests).toHaveLength(1);
  });

  test.each([hour, -hour])("is used although the time of day changes by %i ms", async (change) => {
    await using server = await tokenServer(749);
    const client = createClientWithClock({ baseUrl: server.url, auth: credentials }, new ManualClock());
    await client.listConnectorCustomizers();
    const timeOfDay = vi.spyOn(Date, "now").mockReturnValue(Date.now() + change);
    await client.listConnectorCustomizers();
    timeOfDay.mockRestore();
    expect(tokenRequests(server)).toBe(1);
  });
});

describe("an expiring token", () => {
  test("is used while one background request fetches the next token", async () => {
    await using server = await tokenServer(749);
    const clock = new ManualClock();
    const client = createClientWithClock({ baseUrl: server.url, auth: credentials }, clock);
    await client.listConnectorCustomizers();
    await clock.advance(700_000);
    await Promise.all(Array.from({ length: 10 }, () => client.listConnectorCustomizers()));
    await vi.waitUntil(() => tokenRequests(server) === 2, { timeout: 60_000 });
    await vi.waitUntil(() => clock.pending === 0, { timeout: 60_000 });
    await client.listConnectorCustomizers();
    const tokens = tokensSeenBy(server);
    expect(tokens.slice(0, 11)).toEqual(Array(11).fill("Bearer token-1"));
    expect(tokens.slice(11)).toEqual(["Bearer token-2"]);
    expect(tokenRequests(server)).toBe(2);
  });

  test("is used until it expires when no other one can be obtained, with a cool-down between requests", async () => {
    const clock = new ManualClock();
    const { lines, logger } = keepLines();
    let up = true;
    await using server = await startServer((request, response) => {
      response.setHeader("Content-Type", "application/json");
      if (request.url !== "/oauth/token") response.end("[]");
      else if (up) response.end('{"access_token":"t","expires_in":749}');
      else response.writeHead(400).end('{"error":"invalid_client"}');
    });
    const client = createClientWithClock({ baseUrl: server.url, auth: credentials, logger }, clock);
    await client.listConnectorCustomizers();
    up = false;
    await clock.advance(700_000);
    const requestsAfterCalls = async (calls: number) => {
      const before = lines.length;
      for (let n = 0; n < calls; n++) await client.listConnectorCustomizers();
      await vi.waitUntil(() => lines.length > before, { timeout: 60_000 });
      return tokenRequests(server);
    };
    expect(await requestsAfterCalls(20)).toBe(2);
    await clock.advance(4999);
    await client.listConnectorCustomizers();
    expect(tokenRequests(server)).toBe(2);
    await clock.advance(1);
    expect(await requestsAfterCalls(20)).toBe(3);
    for (const line of lines)
      expect(line).toMatch(
        /^warn .*The token could not be refreshed\. The token endpoint \S+ answered 400: invalid_client/,
      );
    await clock.advance(40_000);
    await expect(client.listConnectorCustomizers()).rejects.toThrow(/answered 400/);
    up = true;
    expect(await client.listConnectorCustomizers()).toEqual([]);
  });
});
