import { type OperationId, operationTable } from "@isc-customizers/types";
import type { Middleware } from "openapi-fetch";
import { describe, expect, test } from "vitest";
import {
  type ApiError,
  CallbackError,
  type Client,
  ConfigurationError,
  ConnectionError,
  NotFoundError,
} from "../../src/index.ts";
import { samples } from "../support/operation-samples.ts";
import { answering, clientOf, startServer, unusedUrl } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
const zip = new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]);

/** A call of each method. */
const methodCalls = Object.fromEntries(
  Object.entries(samples).map(([id, [sample]]) => [
    id,
    async (client: Client) => await sample?.call(client, {}),
  ]),
);
const rawCalls: Record<string, (client: Client) => Promise<unknown>> = {
  "raw.GET": ({ raw }) => raw.GET("/connector-customizers/{id}", { params: { path: { id } } }),
  "raw.request": ({ raw }) => raw.request("get", "/connector-customizers", {}),
  "raw.POST": ({ raw }) => raw.POST("/connector-customizers", { body: { name: "a" } }),
};
const calls = Object.entries({ ...methodCalls, ...rawCalls });

describe.each(calls)("middleware and %s", (name, call) => {
  test("sees the call once, with its path template, parameters and id", async () => {
    await using server = await answering(200, "[]");
    const client = clientOf(server);
    const seen: [string, string, string, unknown][] = [];
    client.use({
      onRequest: ({ request, schemaPath, params, id: callId }) =>
        void seen.push([request.method, schemaPath, callId, params.path]),
    });
    await call(client);
    const [[method, path, callId] = []] = seen;
    expect(seen).toHaveLength(1);
    expect(callId).toMatch(/\w{5,}/);
    const operation = operationTable[name as OperationId] as { method: string; path: string } | undefined;
    if (operation) expect([method, path]).toEqual([operation.method, operation.path]);
    if (path?.includes("{id}")) expect(seen[0]?.[3]).toEqual({ id: expect.any(String) });
  });

  test("answers in place of the server", async () => {
    await using server = await answering(200, "[]");
    const client = clientOf(server);
    client.use({ onRequest: () => Response.json([{ id: "own" }]) });
    const result = await call(client);
    expect(server.requests).toEqual([]);
    if (name.startsWith("raw")) expect(result).toMatchObject({ data: [{ id: "own" }] });
    else if (name !== "deleteConnectorCustomizer") expect(result).toEqual([{ id: "own" }]);
  });

  test("changes the request and the response", async () => {
    await using server = await answering(200, "[]");
    const client = clientOf(server, {
      middleware: [
        {
          onRequest: ({ request }) => request.headers.set("x-own", "1"),
          onResponse: () => new Response(null, { status: 418 }),
        },
      ],
    });
    const outcome = await call(client).catch((error: unknown) => error);
    expect(server.requests[0]?.headers).toMatchObject({ "x-own": "1", authorization: "Bearer test-token" });
    if (name.startsWith("raw")) expect(outcome).toMatchObject({ response: { status: 418 } });
    else expect(outcome).toMatchObject({ name: "ApiError", status: 418 });
  });

  test("handles an error", async () => {
    const client = clientOf({ url: unusedUrl });
    const seen: unknown[] = [];
    client.use({
      onError({ error }) {
        seen.push(error);
        return Response.json([]);
      },
    });
    await call(client);
    expect(seen).toEqual([expect.any(ConnectionError)]);
  });
});

test("middleware sees a call once, however often it is sent", async () => {
  let requests = 0;
  await using server = await startServer((_, response) => {
    response.writeHead(requests++ < 2 ? 503 : 200, { "Retry-After": "0" }).end("[]");
  });
  const client = clientOf(server, { retries: 2 });
  let seen = 0;
  client.use({ onRequest: () => void seen++, onResponse: () => void seen++ });
  await client.listConnectorCustomizers();
  expect([requests, seen]).toEqual([3, 2]);
});

test("middleware that is ejected sees no further call", async () => {
  await using server = await answering(200, "[]");
  let seen = 0;
  const middleware: Middleware = { onRequest: () => void seen++ };
  const client = clientOf(server, { middleware: [middleware] });
  await client.listConnectorCustomizers();
  client.eject(middleware);
  await client.listConnectorCustomizers();
  expect(seen).toBe(1);
});

test("an error that `onError` returns is thrown as it is", async () => {
  class OwnError extends Error {}
  const client = clientOf({ url: unusedUrl }, { middleware: [{ onError: () => new OwnError("own") }] });
  await expect(client.getConnectorCustomizer({ id })).rejects.toThrow(OwnError);
  await expect(client.raw.GET("/connector-customizers")).rejects.toThrow(OwnError);
});

function failingCallback(): never {
  throw new TypeError("own failure");
}

test.each<[string, Middleware]>([
  ["onRequest", { onRequest: failingCallback }],
  ["onResponse", { onResponse: failingCallback }],
])("an error of `%s` names it", async (name, middleware) => {
  await using server = await answering(200, "[]");
  const client = clientOf(server, { middleware: [middleware] });
  for (const call of [
    () => client.listConnectorCustomizers(),
    () => client.raw.GET("/connector-customizers"),
  ]) {
    const error: unknown = await call().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CallbackError);
    expect(error).not.toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ callback: `middleware.${name}`, cause: { message: "own failure" } });
  }
});

test.each([null, {}, () => {}, { onFetch: () => {} }])("rejects %o as middleware", async (middleware) => {
  await using server = await answering(200, "[]");
  expect(() => clientOf(server, { middleware: [middleware as Middleware] })).toThrow(ConfigurationError);
  expect(() => clientOf(server).use(middleware as Middleware)).toThrow(ConfigurationError);
});

describe("a request that middleware puts in place of the client's", () => {
  test("is sent with its headers and body", async () => {
    await using server = await answering(200, "{}");
    const client = clientOf(server);
    client.use({
      onRequest: async ({ request }) =>
        new Request(request, {
          method: "POST",
          headers: { ...Object.fromEntries(request.headers), "x-new": "1" },
          body: '{"name":"new"}',
        }),
    });
    await client.createConnectorCustomizer({ body: { name: "old" } });
    expect(server.requests[0]).toMatchObject({ body: '{"name":"new"}', headers: { "x-new": "1" } });
  });

  test("is sent again with its body", async () => {
    let requests = 0;
    await using server = await startServer((_, response) => {
      response.writeHead(requests++ === 0 ? 429 : 200, { "Retry-After": "0" }).end("{}");
    });
    const client = clientOf(server, { retries: 1, rateLimit: false });
    client.use({ onRequest: ({ request }) => new Request(request, { headers: request.headers }) });
    await client.putConnectorCustomizer({ id, body: { name: "again" } });
    expect(server.requests.map(({ body }) => body)).toEqual(['{"name":"again"}', '{"name":"again"}']);
  });

  test("keeps the source of an upload that a `Request` cannot hold", async () => {
    await using server = await answering(201, '{"version":1}');
    const client = clientOf(server);
    client.use({ onRequest: ({ request }) => new Request(request, { headers: request.headers }) });
    const body = async function* () {
      yield zip;
    };
    await client.createConnectorCustomizerVersion({ id, body: () => body() });
    expect(server.requests[0]?.body).toBe(new TextDecoder().decode(zip));
    expect(server.requests[0]?.headers["content-type"]).toBe("application/zip");
  });

  test("carries no token to another origin", async () => {
    await using tenant = await answering(200, "[]");
    await using other = await answering(200, "[]");
    const client = clientOf(tenant);
    client.use({
      onRequest: ({ request }) => new Request(request.url.replace(tenant.url, other.url), request),
    });
    await client.listConnectorCustomizers();
    expect(tenant.requests).toEqual([]);
    expect(other.requests[0]?.headers).not.toHaveProperty("authorization");
  });
});

test("the token of the client replaces one that middleware sets", async () => {
  await using server = await answering(200, "[]");
  const client = clientOf(server);
  client.use({ onRequest: ({ request }) => request.headers.set("Authorization", "Bearer other") });
  await client.listConnectorCustomizers();
  expect(server.requests[0]?.headers.authorization).toBe("Bearer test-token");
});

test("an abort while middleware runs ends the call", async () => {
  await using server = await answering(200, "[]");
  const controller = new AbortController();
  const client = clientOf(server);
  client.use({ onRequest: () => controller.abort() });
  await expect(client.listConnectorCustomizers({}, { signal: controller.signal })).rejects.toThrow("aborted");
  expect(server.requests).toEqual([]);
});

test("`asResponse` leaves the response of middleware unread, whatever its status", async () => {
  await using server = await answering(500, '{"messages":[]}');
  const client = clientOf(server);
  client.use({ onResponse: () => new Response("teapot", { status: 418 }) });
  const response = await client.getConnectorCustomizer({ id }).asResponse();
  expect([response.status, response.bodyUsed, await response.text()]).toEqual([418, false, "teapot"]);
});

test("`onResponse` can read the body, and so can the method", async () => {
  await using server = await answering(404, '{"messages":[{"text":"gone"}]}');
  const client = clientOf(server);
  const seen: unknown[] = [];
  client.use({
    async onResponse({ response }) {
      seen.push(await response.clone().json(), await response.text());
      return new Response(response.body, { status: response.status, headers: response.headers });
    },
  });
  const error: unknown = await client.getConnectorCustomizer({ id }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NotFoundError);
  expect((error as ApiError).messages[0]?.text).toBe("gone");
  expect(seen).toEqual([{ messages: [{ text: "gone" }] }, '{"messages":[{"text":"gone"}]}']);
});
