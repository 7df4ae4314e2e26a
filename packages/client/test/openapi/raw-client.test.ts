import { startMockTenant } from "@isc-customizers/mock-tenant";
import { describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import {
  AbortError,
  type ClientOptions,
  ConfigurationError,
  ConnectionError,
  TimeoutError,
} from "../../src/index.ts";
import { EagerClock } from "../support/clock.ts";
import { startServer, unusedUrl } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

function clientOn(url: string, options: Partial<ClientOptions> = {}) {
  const clock = new EagerClock();
  return {
    clock,
    client: createClientWithClock({ baseUrl: url, auth: { accessToken: "test-token" }, ...options }, clock),
  };
}

/** A server whose first answers stop within their body, and are cut off if so wished. */
function stopping(times: number, cut: boolean, stopped: () => void = () => {}) {
  let n = 0;
  return startServer((request, response) => {
    if (n++ >= times) return void response.end('[{"id":"a"}]');
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "100" });
    response.write("[", () => (cut ? request.socket.destroy() : stopped()));
  });
}

describe("the body of raw's response is a part of the attempt", () => {
  test("that is sent again where it is lost", async () => {
    await using server = await stopping(2, true);
    const { data, response } = await clientOn(server.url).client.raw.GET("/connector-customizers");
    expect(data).toEqual([{ id: "a" }]);
    expect(response.url).toBe(`${server.url}/v2024/connector-customizers`);
    expect(server.requests).toHaveLength(3);
  });

  test("that fails when it is lost for ever", async () => {
    await using server = await stopping(Infinity, true);
    await expect(clientOn(server.url).client.raw.GET("/connector-customizers")).rejects.toThrow(
      ConnectionError,
    );
    expect(server.requests).toHaveLength(3);
  });

  test("that is limited by time", async () => {
    await using server = await stopping(Infinity, false, () => setTimeout(() => clock.expire(30_000)));
    const { client, clock } = clientOn(server.url, { retries: 0 });
    await expect(client.raw.GET("/connector-customizers")).rejects.toThrow(TimeoutError);
    expect(clock.pending).toBe(0);
  });

  test("that ends with the caller's signal", async () => {
    const controller = new AbortController();
    await using server = await stopping(Infinity, false, () => setTimeout(() => controller.abort()));
    const { client, clock } = clientOn(server.url);
    const call = client.raw.GET("/connector-customizers", { signal: controller.signal });
    await expect(call).rejects.toThrow(AbortError);
    expect(clock.pending).toBe(0);
  });

  test("but as a stream it is given unread", async () => {
    await using server = await stopping(Infinity, false);
    const { client, clock } = clientOn(server.url);
    const { data } = await client.raw.GET("/connector-customizers", { parseAs: "stream" });
    expect(new TextDecoder().decode((await data?.getReader().read())?.value)).toBe("[");
    expect(clock.pending).toBe(0);
  });

  test.each([204, 400, 404, 599, 999])("of a %i does no harm", async (status) => {
    await using server = await startServer((_, response) =>
      response
        .writeHead(status, { "Content-Type": "application/json", "Set-Cookie": ["a=1", "b=2"] })
        .end(status === 204 ? undefined : '{"error":"no"}'),
    );
    const { error, response } = await clientOn(server.url).client.raw.GET("/connector-customizers");
    expect(response.status).toBe(status);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    if (status !== 204) expect(error).toEqual({ error: "no" });
  });

  test("of a success that cannot be read is a ResponseParseError", async () => {
    await using server = await startServer((_, response) => response.end("<html>test-token"));
    const call = clientOn(server.url).client.raw.GET("/connector-customizers");
    await expect(call).rejects.toMatchObject({
      name: "ResponseParseError",
      status: 200,
      bodyStart: "<html>[redacted]",
    });
  });

  test("of an error that is cut off is still that error", async () => {
    await using server = await startServer((request, response) => {
      response.writeHead(500, { "Content-Length": "100" });
      response.write("{", () => request.socket.destroy());
    });
    const { response } = await clientOn(server.url, { retries: 0 }).client.raw.GET("/connector-customizers");
    expect(response.status).toBe(500);
  });
});

test("raw replays a call with a new token once, as the methods do", async () => {
  await using mock = await startMockTenant({ seed: 1 });
  const { client } = clientOn(mock.baseUrl, { auth: mock });
  await client.raw.GET("/connector-customizers");
  mock.faults.add({ kind: "expired-tokens" });
  const { data } = await client.raw.GET("/connector-customizers/{id}", { params: { path: { id } } });
  expect(data).toMatchObject({ id });
  expect(mock.requests.filter(({ path }) => path === "/oauth/token")).toHaveLength(2);
});

describe("a call by path with unusable arguments is a ConfigurationError", () => {
  test.each<[string, unknown]>([
    ["no path", [undefined]],
    ["options that are null", ["/connector-customizers", null]],
    ["options that are a number", ["/connector-customizers", 7]],
    ["headers that are null", ["/connector-customizers", { headers: null }]],
    ["parameters that are null", ["/connector-customizers", { params: null }]],
    ["middleware that is no array", ["/connector-customizers", { middleware: 7 }]],
  ])("%s", async (_, args) => {
    const { client } = clientOn(unusedUrl, { retries: 0 });
    await expect(client.raw.GET(...(args as ["/connector-customizers"]))).rejects.toThrow(ConfigurationError);
  });
});

test.each(["bodySerializer", "querySerializer"])("an error of `%s` names it", async (name) => {
  const { client } = clientOn(unusedUrl, { retries: 0 });
  const serialize = () => {
    throw new Error("own failure");
  };
  const call = client.raw.POST("/connector-customizers", {
    body: { name: "a" },
    params: { query: { limit: 1 } },
    [name]: serialize,
  } as never);
  await expect(call).rejects.toMatchObject({ callback: name, cause: { message: "own failure" } });
});
