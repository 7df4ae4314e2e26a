import { type OperationId, operationTable } from "@isc-customizers/types";
import type { Middleware } from "openapi-fetch";
import { describe, expect, test, vi } from "vitest";
import {
  type ApiError,
  CallbackError,
  type Client,
  ConnectionError,
  NotFoundError,
} from "../../src/index.ts";
import { samples } from "../support/operation-samples.ts";
import { answering, clientOf, startServer, unusedUrl } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

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
    if (path?.includes("{id}")) expect(seen[0]?.[3]).toMatchObject({ id: expect.any(String) });
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
    const result = await call(client).catch((error: unknown) => error);
    expect(server.requests[0]?.headers).toMatchObject({ "x-own": "1", authorization: "Bearer test-token" });
    if (name.startsWith("raw")) expect(result).toMatchObject({ response: { status: 418 } });
    else expect(result).toMatchObject({ name: "ApiError", status: 418 });
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

test("`asResponse` leaves the response of middleware unread, whatever its status", async () => {
  await using server = await answering(500, '{"messages":[]}');
  const client = clientOf(server);
  client.use({ onResponse: () => new Response("teapot", { status: 418 }) });
  const response = await client.getConnectorCustomizer({ id }).asResponse();
  expect([response.status, response.bodyUsed, await response.text()]).toEqual([418, false, "teapot"]);
});

test("a call of `asResponse` that `onResponse` fails closes its connection", async () => {
  const closed = vi.fn<() => void>();
  await using server = await startServer((_, response) => response.on("close", closed).write("["));
  const onResponse = () => {
    throw new TypeError("own failure");
  };
  const client = clientOf(server, { middleware: [{ onResponse }] });
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
