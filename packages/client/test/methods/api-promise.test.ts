import { startMockTenant } from "@isc-customizers/mock-tenant";
import type { ServerResponse } from "node:http";
import { describe, expect, test, vi } from "vitest";
import { ConfigurationError, createClient, NotFoundError } from "../../src/index.ts";
import { answering, clientOf, startServer } from "../support/server.ts";

const id = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";

describe("a call", () => {
  test("is sent when it is made, also if it is not awaited", async () => {
    await using server = await answering(200, "[]");
    const client = clientOf(server);
    const call = client.listConnectorCustomizers();
    await vi.waitUntil(() => server.requests.length === 1, { timeout: 60_000 });
    expect(await call).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  test("runs at the same time as another call", async () => {
    const waiting: ServerResponse[] = [];
    // Neither call is answered before both have arrived.
    await using server = await startServer((_, response) => {
      waiting.push(response);
      if (waiting.length === 2) for (const each of waiting) each.end("[]");
    });
    const client = clientOf(server);
    const [first, second] = [client.listConnectorCustomizers(), client.listConnectorCustomizers()];
    expect([await first, await second]).toEqual([[], []]);
  });

  test("is sent once, however often it is awaited", async () => {
    await using mock = await startMockTenant();
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const call = client.createConnectorCustomizer({ body: { name: "once" } });
    const [first, second] = await Promise.all([call, call]);
    const { data, response } = await call.withResponse();
    expect(second).toEqual(first);
    expect(data).toEqual(first);
    expect(response.status).toBe(201);
    expect(await client.listConnectorCustomizers()).toHaveLength(1);
  });

  test("has `catch` and `finally`, and works in `Promise.all`", async () => {
    await using mock = await startMockTenant();
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    expect(await client.getConnectorCustomizer({ id }).catch((error: unknown) => error)).toBeInstanceOf(
      NotFoundError,
    );
    let ended = 0;
    await client.listConnectorCustomizers().finally(() => ended++);
    await expect(client.getConnectorCustomizer({ id }).finally(() => ended++)).rejects.toBeInstanceOf(
      NotFoundError,
    );
    expect(ended).toBe(2);
    expect(await Promise.all([client.listConnectorCustomizers(), client.listConnectorCustomizers()])).toEqual(
      [[], []],
    );
  });
});

describe("asResponse", () => {
  test("returns the response with its body unread, whatever its status", async () => {
    await using mock = await startMockTenant({ seed: 1 });
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const success = await client.getConnectorCustomizer({ id }).asResponse();
    expect(success.bodyUsed).toBe(false);
    expect(await success.json()).toMatchObject({ id });
    const failure = await client.getConnectorCustomizer({ id: "none" }).asResponse();
    expect([failure.status, failure.bodyUsed]).toEqual([404, false]);
    expect(await failure.json()).toHaveProperty("trackingId");
  });

  test("rejects when it is not chained to the call", async () => {
    await using server = await answering(200, "{}");
    const client = clientOf(server);
    const late = client.getConnectorCustomizer({ id });
    await Promise.resolve();
    await expect(late.asResponse()).rejects.toThrow(/must be chained to the call/);
    expect(await late).toEqual({});
    const read = client.getConnectorCustomizer({ id });
    const data = read.then((value) => value);
    await expect(read.asResponse()).rejects.toThrow(ConfigurationError);
    expect(await data).toEqual({});
    expect(server.requests).toHaveLength(2);
  });

  test("makes the call reject when it is awaited for data", async () => {
    await using server = await answering(200, "{}");
    const call = clientOf(server).getConnectorCustomizer({ id });
    expect((await call.asResponse()).bodyUsed).toBe(false);
    await expect(call).rejects.toThrow(ConfigurationError);
    expect(server.requests).toHaveLength(1);
  });

  test("returns a response whose body has not arrived yet", async () => {
    await using server = await startServer((_, response) => response.writeHead(200).write("["));
    const response = await clientOf(server).listConnectorCustomizers().asResponse();
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("[");
    await reader?.cancel();
  });
});
