import { startMockTenant } from "@isc-customizers/mock-tenant";
import { describe, expect, test } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import {
  AbortError,
  type ClientOptions,
  ConfigurationError,
  ConnectionError,
  createClient,
  TimeoutError,
} from "../../src/index.ts";
import { EagerClock } from "../support/clock.ts";
import { refusesFirst, startServer, unusedUrl } from "../support/server.ts";

const versions = ["v2024", "v2025", "v2026", "beta", "v1"] as const;
const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

function clientOn(url: string, options: Partial<ClientOptions> = {}) {
  const clock = new EagerClock();
  return {
    clock,
    client: createClientWithClock({ baseUrl: url, auth: { accessToken: "test-token" }, ...options }, clock),
  };
}

/** Starts a server whose first responses stop within the body. With `cut`, it closes their connection. */
function stopping(times: number, cut: boolean, stopped: () => void = () => {}) {
  let n = 0;
  return startServer((request, response) => {
    if (n++ >= times) return void response.end('[{"id":"a"}]');
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "100" });
    response.write("[", () => (cut ? request.socket.destroy() : stopped()));
  });
}

describe("the body of a response of `raw`", () => {
  test("is requested again when it is cut off", async () => {
    await using server = await stopping(2, true);
    const { data, response } = await clientOn(server.url).client.raw.GET("/connector-customizers");
    expect(data).toEqual([{ id: "a" }]);
    expect(response.url).toBe(`${server.url}/v2024/connector-customizers`);
    expect(server.requests).toHaveLength(3);
  });

  test("fails with a ConnectionError when it is cut off each time", async () => {
    await using server = await stopping(Infinity, true);
    await expect(clientOn(server.url).client.raw.GET("/connector-customizers")).rejects.toThrow(
      ConnectionError,
    );
    expect(server.requests).toHaveLength(3);
  });

  test("is limited by `timeout`", async () => {
    await using server = await stopping(Infinity, false, () => setTimeout(() => clock.expire(30_000)));
    const { client, clock } = clientOn(server.url, { retries: 0 });
    await expect(client.raw.GET("/connector-customizers")).rejects.toThrow(TimeoutError);
    expect(clock.pending).toBe(0);
  });

  test("ends with the caller's signal", async () => {
    const controller = new AbortController();
    await using server = await stopping(Infinity, false, () => setTimeout(() => controller.abort()));
    const { client, clock } = clientOn(server.url);
    const call = client.raw.GET("/connector-customizers", { signal: controller.signal });
    await expect(call).rejects.toThrow(AbortError);
    expect(clock.pending).toBe(0);
  });

  test('is unread with `parseAs: "stream"`', async () => {
    await using server = await stopping(Infinity, false);
    const { client, clock } = clientOn(server.url);
    const { data } = await client.raw.GET("/connector-customizers", { parseAs: "stream" });
    expect(new TextDecoder().decode((await data?.getReader().read())?.value)).toBe("[");
    expect(clock.pending).toBe(0);
  });

  test.each([204, 400, 404, 599, 999])("is read with the status %i", async (status) => {
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

  test("causes a ResponseParseError if a success is not JSON", async () => {
    await using server = await startServer((_, response) => response.end("<html>test-token"));
    const call = clientOn(server.url).client.raw.GET("/connector-customizers");
    await expect(call).rejects.toMatchObject({
      name: "ResponseParseError",
      status: 200,
      bodyStart: "<html>[redacted]",
    });
  });

  test("may be cut off if the status is an error", async () => {
    await using server = await startServer((request, response) => {
      response.writeHead(500, { "Content-Length": "100" });
      response.write("{", () => request.socket.destroy());
    });
    const { response } = await clientOn(server.url, { retries: 0 }).client.raw.GET("/connector-customizers");
    expect(response.status).toBe(500);
  });
});

test("`raw` sends a call again with a new token after a 401", async () => {
  await using mock = await startMockTenant({ seed: 1 });
  const { client } = clientOn(mock.baseUrl, { auth: mock });
  await client.raw.GET("/connector-customizers");
  mock.faults.add({ kind: "expired-tokens" });
  const { data } = await client.raw.GET("/connector-customizers/{id}", { params: { path: { id } } });
  expect(data).toMatchObject({ id });
  expect(mock.requests.filter(({ path }) => path === "/oauth/token")).toHaveLength(2);
});

describe("`raw` rejects with a ConfigurationError", () => {
  test.each<[string, unknown]>([
    ["no path", [undefined]],
    ["options that are null", ["/connector-customizers", null]],
    ["options that are a number", ["/connector-customizers", 7]],
    ["headers that are null", ["/connector-customizers", { headers: null }]],
    ["parameters that are null", ["/connector-customizers", { params: null }]],
    ["middleware that is not an array", ["/connector-customizers", { middleware: 7 }]],
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

describe("raw", () => {
  test("calls operations by path in every API version", async () => {
    for (const apiVersion of versions) {
      await using mock = await startMockTenant({ seed: 1 });
      const { raw } = createClient({ baseUrl: mock.baseUrl, apiVersion, auth: mock });
      const list = await raw.GET("/connector-customizers", { params: { query: { limit: 10 } } });
      expect(list.data).toHaveLength(1);
      const one = await raw.request("get", "/connector-customizers/{id}", { params: { path: { id } } });
      expect(one.data).toEqual(list.data?.[0]);
      const none = await raw.GET("/connector-customizers/{id}", { params: { path: { id: "none" } } });
      expect(none.response.status).toBe(404);
      expect(none.error).toMatchObject({ detailCode: expect.stringContaining("404") });
    }
  });

  test("sends a Blob and a stream unchanged", async () => {
    await using mock = await startMockTenant({ seed: 1 });
    const { raw } = createClient({ baseUrl: mock.baseUrl, auth: mock });
    for (const body of [new Blob(["not a zip"]), new Blob(["not a zip"]).stream()]) {
      const { response } = await raw.POST("/connector-customizers/{id}/versions", {
        params: { path: { id } },
        body: body as Blob,
        headers: { "Content-Type": "application/zip" },
      });
      expect(response.status).toBe(400);
      expect(mock.requests.at(-1)?.size).toBe("not a zip".length);
    }
  });

  test.each<[string, HeadersInit | Record<string, string | null | undefined>]>([
    [
      "an object with members that are undefined or null",
      { "X-Team": "a", "X-App": undefined, "X-Env": null },
    ],
    ["Headers", new Headers({ "X-Team": "a" })],
    ["a list of pairs", [["X-Team", "a"]]],
  ])("takes headers as %s", async (_, headers) => {
    await using mock = await startMockTenant();
    const { raw } = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const { response } = await raw.GET("/connector-customizers", { headers });
    expect(response.status).toBe(200);
    expect(mock.requests.at(-1)?.headers).toMatchObject({ "x-team": "a" });
    expect(mock.requests.at(-1)?.headers).not.toHaveProperty("x-app");
    await raw.GET("/connector-customizers", { headers: { "User-Agent": null } });
    expect(mock.requests.at(-1)?.headers["user-agent"]).not.toMatch(/isc-customizers/);
  });

  test.each<[string, object]>([
    [
      "Headers with a header that the client sets",
      { headers: new Headers({ authorization: "Bearer s3cr3t" }) },
    ],
    ["another base URL", { baseUrl: "https://other.example/very/long/path" }],
    ["another fetch", { fetch: globalThis.fetch }],
    ["another Request", { Request: globalThis.Request }],
    ["a path serializer", { pathSerializer: () => "/connector-customizers" }],
    ["a header whose value an error of `fetch` would show", { headers: { "X-Secret": "s3cr3t\n" } }],
    [
      "a header parameter whose value an error of `fetch` would show",
      { params: { path: { id }, header: { "X-Secret": "s3cr3t\n" } } },
    ],
    ["a missing path parameter", { params: {} }],
    ["a path parameter that is not well-formed Unicode", { params: { path: { id: "\ud800" } } }],
  ])("rejects %s before anything is sent", async (_, init) => {
    await using mock = await startMockTenant({ seed: 1 });
    const { raw } = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const call = raw.DELETE("/connector-customizers/{id}", { params: { path: { id } }, ...init });
    await expect(call).rejects.toThrow(ConfigurationError);
    await expect(call).rejects.not.toThrow(/s3cr3t/);
    expect(mock.requests).toEqual([]);
  });
});

describe("a call of `raw`", () => {
  test("is retried after a lost connection if it is a GET, but not if it is a POST", async () => {
    await using server = await startServer((request) => request.socket.destroy());
    const { client } = clientOn(server.url, { rateLimit: false });
    await expect(client.raw.POST("/connector-customizers", { body: { name: "x" } })).rejects.toThrow(
      ConnectionError,
    );
    expect(server.requests).toHaveLength(1);
    await expect(client.raw.GET("/connector-customizers")).rejects.toThrow(ConnectionError);
    expect(server.requests).toHaveLength(4);
  });

  test("is retried with its body", async () => {
    await using server = await refusesFirst({ "Retry-After": "1" });
    const { client } = clientOn(server.url, { rateLimit: false });
    const { response } = await client.raw.POST("/connector-customizers", { body: { name: "x" } });
    expect(response.status).toBe(200);
    expect(server.requests.map(({ body }) => body)).toEqual(['{"name":"x"}', '{"name":"x"}']);
  });
});
