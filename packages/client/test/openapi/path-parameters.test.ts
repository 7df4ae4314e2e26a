import { startMockTenant } from "@isc-customizers/mock-tenant";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConfigurationError, createClient, IscError, NotFoundError } from "../../src/index.ts";
import { fillPath, pathParameterNames } from "../../src/openapi/path-parameters.ts";
import { createSerializers } from "../../src/openapi/serializers.ts";
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

describe("a path template", () => {
  const fill = (template: string, values: Readonly<Record<string, unknown>>) =>
    fillPath(template, values, createSerializers({}).path);

  test("names its parameters, and is filled with their values", () => {
    expect(pathParameterNames("/a/{b}/c/{d}")).toEqual(["b", "d"]);
    expect(pathParameterNames("/a")).toEqual([]);
    expect(fill("/a/{b}/c/{d}", { b: "x/y", d: 7 })).toBe("/a/x%2Fy/c/7");
    expect(fill("/a/{b}", { b: false })).toBe("/a/false");
    expect(fill("/{constructor}/{toString}", { constructor: "a", toString: "b" })).toBe("/a/b");
    expect(() => fill("/{constructor}", {})).toThrow("`constructor` is missing");
  });

  test.each<[unknown, string]>([
    [undefined, "The path parameter `b` is missing: it must be a string."],
    [null, "The path parameter `b` is missing: it must be a string."],
    [{}, "The path parameter `b` is missing: it must be a string."],
    ["", "The path parameter `b` must not be empty."],
    [".", 'The path parameter `b` must not be ".".'],
    ["..", 'The path parameter `b` must not be "..".'],
    ["\ud800", "The parameter `b` is not well-formed Unicode."],
  ])("rejects the value %j", (b, message) => {
    expect(() => fill("/a/{b}", { b })).toThrow(new ConfigurationError(message));
  });

  test("keeps any value in one segment", () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        let path: string;
        try {
          path = fill("/things/{id}/parts", { id });
        } catch (error) {
          expect(error).toBeInstanceOf(IscError);
          return;
        }
        const url = new URL(`http://localhost${path}`);
        expect(url.pathname.split("/")).toHaveLength(4);
        expect(decodeURIComponent(url.pathname.split("/")[2] ?? "")).toBe(id);
        expect(url.search + url.hash).toBe("");
      }),
    );
  });
});
