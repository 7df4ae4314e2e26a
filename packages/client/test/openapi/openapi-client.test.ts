import { Readable } from "node:stream";
import { inspect } from "node:util";
import { type OperationId, operationTable } from "@isc-customizers/types";
import type { Middleware } from "openapi-fetch";
import { describe, expect, test, vi } from "vitest";
import { createClientWithClock } from "../../src/create-client.ts";
import {
  type ApiError,
  CallbackError,
  type Client,
  ConfigurationError,
  ConnectionError,
  NotFoundError,
  type RequestOptions,
} from "../../src/index.ts";
import { undiciFetch } from "../../src/node/undici-fetch.ts";
import { ManualClock } from "../support/clock.ts";
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

test("middleware that is added twice is called twice, and each `eject` removes it once", async () => {
  await using server = await answering(200, "[]");
  const client = clientOf(server);
  let seen = 0;
  const middleware: Middleware = { onRequest: () => void seen++ };
  const seenBy = async () => {
    seen = 0;
    await client.listConnectorCustomizers();
    return seen;
  };
  client.use(middleware, middleware);
  expect(await seenBy()).toBe(2);
  client.eject(middleware);
  expect(await seenBy()).toBe(1);
  client.eject(middleware, middleware);
  expect(await seenBy()).toBe(0);
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

test("an error of `onResponse` shows no token that the server echoed", async () => {
  await using server = await answering(403, "no test-token");
  const client = clientOf(server);
  client.use({
    onResponse: async ({ response }) => {
      throw new Error(await response.text(), { cause: new Error("test-token") });
    },
  });
  const error: unknown = await client.getConnectorCustomizer({ id }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ cause: { message: "no [redacted]", cause: { message: "[redacted]" } } });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("test-token");
});

const junk = () => ({ status: 200 }) as never;
test.each<[string, string, Middleware]>([
  ["onRequest", "Request, Response or nothing", { onRequest: junk }],
  ["onResponse", "Response or nothing", { onResponse: junk }],
  ["onError", "Response, Error or nothing", { onRequest: () => {}, onError: junk }],
])("a value that `%s` must not return names it", async (name, expected, middleware) => {
  await using server = await answering(200, "[]");
  const client = clientOf(name === "onError" ? { url: unusedUrl } : server, { middleware: [middleware] });
  await expect(client.createConnectorCustomizer({ body: { name: "a" } })).rejects.toMatchObject({
    name: "CallbackError",
    callback: `middleware.${name}`,
    cause: { message: `it must return ${expected}` },
  });
});

const neverSettled = () => new Promise<never>(() => {});
describe.each<[string, Middleware]>([
  ["onRequest", { onRequest: neverSettled }],
  ["onResponse", { onResponse: neverSettled }],
  ["onError", { onError: neverSettled }],
])("a call that waits for `%s`", (name, middleware) => {
  const waiting = async (options: RequestOptions, clock: ManualClock) => {
    await using server = await answering(200, "{}");
    const baseUrl = name === "onError" ? unusedUrl : server.url;
    const auth = { accessToken: "test-token" };
    const client = createClientWithClock({ baseUrl, auth, retries: 0, middleware: [middleware] }, clock);
    return await client.getConnectorCustomizer({ id }, options).catch((error: unknown) => error);
  };

  test("ends with the caller's signal", async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    setTimeout(() => controller.abort("enough"), 100);
    const error = await waiting({ signal: controller.signal }, clock);
    expect(error).toMatchObject({ name: "AbortError", cause: "enough" });
    expect(clock.pending).toBe(0);
  });

  test("ends with the time of the call", async () => {
    const clock = new ManualClock();
    setTimeout(() => clock.expire(1000), 100);
    const error = await waiting({ totalTimeout: 1000 }, clock);
    expect(error).toMatchObject({
      name: "TimeoutError",
      message: expect.stringContaining("longer than 1000 ms in all: it was waiting for middleware."),
    });
    expect(clock.pending).toBe(0);
  });
});

test("the time that middleware takes counts towards the time of the call", async () => {
  await using server = await startServer(() => {});
  const clock = new ManualClock();
  const client = createClientWithClock(
    {
      baseUrl: server.url,
      auth: { accessToken: "test-token" },
      totalTimeout: 1000,
      middleware: [{ onRequest: () => clock.advance(600) }],
    },
    clock,
  );
  setTimeout(() => clock.expire(400), 100);
  await expect(client.listConnectorCustomizers()).rejects.toThrow("longer than 1000 ms in all");
});

test.each([null, {}, () => {}, { onFetch: () => {} }, { onRequest: () => {}, onError: 7 }])(
  "rejects %o as middleware",
  async (middleware) => {
    await using server = await answering(200, "[]");
    expect(() => clientOf(server, { middleware: [middleware as Middleware] })).toThrow(ConfigurationError);
    expect(() => clientOf(server).use(middleware as Middleware)).toThrow(ConfigurationError);
  },
);

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

describe("the source of an upload that middleware keeps from the server is ended", () => {
  const ownAnswer = () => Response.json({ version: 1 });
  test.each<[string, Middleware]>([
    ["because it answers", { onRequest: ownAnswer }],
    ["because it throws", { onRequest: failingCallback }],
    ["because it never settles", { onRequest: neverSettled }],
    [
      "because it sends another body",
      { onRequest: ({ request }) => new Request(request.url, { method: "POST", body: "other" }) },
    ],
  ])("%s", async (_, middleware) => {
    await using server = await answering(200, "{}");
    const client = clientOf(server, { middleware: [middleware] });
    const body = new Readable({ read() {} });
    const signal = AbortSignal.timeout(200);
    await client.createConnectorCustomizerVersion({ id, body }, { signal }).catch(() => {});
    await vi.waitFor(() => expect(body.destroyed).toBe(true));
  });
});

test("a GET that middleware turns into a POST is not sent again", async () => {
  await using server = await answering(503, "{}", { "Retry-After": "0" });
  const client = clientOf(server, { retries: 2 });
  client.use({ onRequest: ({ request }) => new Request(request, { method: "POST", body: "search" }) });
  await expect(client.listConnectorCustomizers()).rejects.toThrow("503");
  expect(server.requests.map(({ method }) => method)).toEqual(["POST"]);
});

test("the caller's signal ends a request that middleware makes without it", async () => {
  const controller = new AbortController();
  await using server = await startServer(() => controller.abort());
  const client = clientOf(server);
  client.use({ onRequest: ({ request }) => new Request(request.url) });
  const call = client.listConnectorCustomizers({}, { signal: controller.signal, totalTimeout: 2000 });
  await expect(call).rejects.toThrow("aborted");
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

test("`onResponse` can return the response of a `fetch` with classes of its own", async () => {
  await using server = await answering(200, "[]");
  const middleware: Middleware = {
    onRequest: ({ request }) => request,
    onResponse: ({ response }) => response,
  };
  const client = clientOf(server, { fetch: await undiciFetch(), middleware: [middleware] });
  expect(await client.listConnectorCustomizers()).toEqual([]);
});

test("a call of `asResponse` that `onResponse` fails closes its connection", async () => {
  const closed = vi.fn<() => void>();
  await using server = await startServer((_, response) => response.on("close", closed).write("["));
  const client = clientOf(server, { middleware: [{ onResponse: failingCallback }] });
  await expect(client.getConnectorCustomizer({ id }).asResponse()).rejects.toThrow(CallbackError);
  await vi.waitFor(() => expect(closed).toHaveBeenCalled());
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
