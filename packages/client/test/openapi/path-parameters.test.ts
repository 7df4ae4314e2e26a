import { startMockTenant } from "@isc-customizers/mock-tenant";
import { describe, expect, test } from "vitest";
import { ConfigurationError, createClient, NotFoundError } from "../../src/index.ts";
import { answering, clientOf } from "../support/server.ts";

const refused = ["", ".", "..", undefined, null, {}, ["a"]];
const kept = [
  "a/b",
  "/",
  "../x",
  "..\\x",
  "%2e%2e",
  "%2F",
  "?limit=1",
  "#x",
  "a b",
  "x;y",
  "ü",
  "{id}",
  "$&",
  "...",
  "v1",
  "\n",
];

describe("a path parameter never leads to another resource", () => {
  test.each(refused)("%j is refused before anything is sent", async (id) => {
    await using server = await answering(200, "{}");
    const client = clientOf(server);
    const bad = { id: id as string };
    for (const call of [
      client.getConnectorCustomizer(bad),
      client.putConnectorCustomizer({ ...bad, body: { name: "x" } }),
      client.deleteConnectorCustomizer(bad),
      client.createConnectorCustomizerVersion(bad),
      client.raw.DELETE("/connector-customizers/{id}", { params: { path: bad } }),
    ]) {
      await expect(call).rejects.toThrow(ConfigurationError);
    }
    expect(server.requests).toEqual([]);
  });

  test.each(kept)("%j is one segment of the path, whole", async (id) => {
    await using server = await answering(200, "{}");
    for (const apiVersion of ["v2024", "v1"] as const) {
      await clientOf(server, { apiVersion }).getConnectorCustomizer({ id });
      const segments = (server.requests.at(-1)?.url ?? "").split("/").slice(1);
      expect(segments).toHaveLength(3);
      expect(decodeURIComponent(segments[2] ?? "")).toBe(id);
    }
  });

  test("what it does not find at the tenant is not there, and nothing else is touched", async () => {
    await using mock = await startMockTenant({ seed: 2 });
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const before = await client.listConnectorCustomizers();
    for (const id of kept)
      await expect(client.deleteConnectorCustomizer({ id })).rejects.toThrow(NotFoundError);
    expect(await client.listConnectorCustomizers()).toEqual(before);
  });
});
