import { describe, expect, test } from "vitest";
import type { Client, ConnectorInstance, ConnectorInstanceChange } from "../../src/index.ts";
import { answering, clientOf, startServer } from "../support/server.ts";

const id = "c3a94e17-6b2d-4f58-9e01-d85b7a20f64c";
const customizerId = "b07dc46a-1498-4de8-bfbb-259a68e70c8a";
const link = [{ op: "replace", path: "/connectorCustomizerId", value: customizerId }] as const;
const instance = { id, name: "Badge System", connectorCustomizerId: null };

test.each([
  ["v2024", "/v2024/connector-instances"],
  ["v2025", "/v2025/connector-instances"],
  ["v2026", "/v2026/connector-instances"],
  ["beta", "/beta/connector-instances"],
  ["v1", "/connector-instances/v1"],
] as const)("%s has connector instances at %s", async (apiVersion, path) => {
  await using server = await startServer(({ method }, response) => {
    const data = method === "GET" ? [instance] : instance;
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(data));
  });
  const client = clientOf(server, { apiVersion });
  await client.listConnectorInstances();
  await client.patchConnectorInstance({ id, body: [...link] });
  expect(server.requests.map(({ method, url }) => [method, url])).toEqual([
    ["GET", path],
    ["PATCH", `${path}/${id}`],
  ]);
});

test("lists the instances with the experimental header", async () => {
  await using server = await answering(200, JSON.stringify([instance]));
  expect(await clientOf(server).listConnectorInstances()).toEqual([instance]);
  expect(server.requests).toMatchObject([
    { method: "GET", url: "/v2024/connector-instances", headers: { "x-sailpoint-experimental": "true" } },
  ]);
});

test("sends a patch as a JSON Patch, with the experimental header", async () => {
  await using server = await answering(200, JSON.stringify(instance));
  expect(await clientOf(server).patchConnectorInstance({ id, body: [...link] })).toEqual(instance);
  expect(server.requests).toMatchObject([
    {
      method: "PATCH",
      url: `/v2024/connector-instances/${id}`,
      headers: { "x-sailpoint-experimental": "true", "content-type": "application/json-patch+json" },
      body: JSON.stringify(link),
    },
  ]);
});

test("a header of the call replaces the client's, which replaces the constant header", async () => {
  await using server = await answering(200, "[]");
  const client = clientOf(server, { headers: { "X-SailPoint-Experimental": "client" } });
  await client.listConnectorInstances();
  await client.listConnectorInstances({}, { headers: { "x-sailpoint-experimental": "call" } });
  expect(server.requests.map(({ headers }) => headers["x-sailpoint-experimental"])).toEqual([
    "client",
    "call",
  ]);
});

test("sends the experimental header with no other operation", async () => {
  await using server = await answering(200, "[]");
  await clientOf(server).listConnectorCustomizers();
  expect(server.requests[0]?.headers).not.toHaveProperty("x-sailpoint-experimental");
});

test("raw sends the given headers and body", async () => {
  await using server = await answering(200, JSON.stringify(instance));
  const { data } = await clientOf(server).raw.PATCH("/connector-instances/{id}", {
    params: { path: { id }, header: { "X-SailPoint-Experimental": "true" } },
    headers: { "Content-Type": "application/json-patch+json" },
    body: [...link],
  });
  expect(data satisfies ConnectorInstance | undefined).toEqual(instance);
  expect(server.requests).toMatchObject([
    {
      headers: { "x-sailpoint-experimental": "true", "content-type": "application/json-patch+json" },
      body: JSON.stringify(link),
    },
  ]);
});

describe("the types", () => {
  test("accept only changes that link or unlink", () => {
    const path = "/connectorCustomizerId";
    const changes: ConnectorInstanceChange[] = [
      { op: "replace", path, value: customizerId },
      { op: "remove", path },
      // @ts-expect-error -- `add` is not supported
      { op: "add", path, value: customizerId },
      // @ts-expect-error -- `value` is missing
      { op: "replace", path },
      // @ts-expect-error -- `value` must not be null
      { op: "replace", path, value: null },
      // @ts-expect-error -- `remove` has no `value`
      { op: "remove", path, value: customizerId },
      // @ts-expect-error -- no other path can be changed
      { op: "replace", path: "/name", value: "Renamed" },
    ];
    const linked = changes.map((change) => (change.op === "replace" ? change.value : undefined));
    expect(linked satisfies (string | undefined)[]).toHaveLength(changes.length);
  });

  test("accept an id and changes, but no header", () => {
    const calls = (client: Client) => [
      client.patchConnectorInstance({ id, body: [{ op: "remove", path: "/connectorCustomizerId" }] }),
      // @ts-expect-error -- `body` is missing
      client.patchConnectorInstance({ id }),
      // @ts-expect-error -- `body` must be an array
      client.patchConnectorInstance({ id, body: { op: "remove", path: "/connectorCustomizerId" } }),
      // @ts-expect-error -- the constant header is not a parameter
      client.listConnectorInstances({ "X-SailPoint-Experimental": "true" }),
      // @ts-expect-error -- `raw` needs the constant header
      client.raw.GET("/connector-instances"),
    ];
    expect(calls).toBeTypeOf("function");
  });
});
