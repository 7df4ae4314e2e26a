import { startMockTenant } from "@isc-customizers/mock-tenant";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConfigurationError, createClient, NotFoundError } from "../../src/index.ts";
import { fillPath, pathParameterNames } from "../../src/openapi/path-parameters.ts";
import { createSerializers } from "../../src/openapi/parameter-serializers.ts";
import { answering, clientOf } from "../support/server.ts";

const rejected = ["", ".", "..", undefined, null, {}, ["a"]];
const accepted = [
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

/** Fills a path template with parameters that have no style of their own. */
const fill = (template: string, values: Readonly<Record<string, unknown>>) =>
  fillPath(template, values, createSerializers({}).path);

describe("pathParameterNames", () => {
  test.each([
    ["/a/{b}/c/{d}", ["b", "d"]],
    ["/a", []],
    ["/a/{}/{b", []],
  ])("returns for %s %j", (template, names) => {
    expect(pathParameterNames(template)).toEqual(names);
  });
});

describe("fillPath", () => {
  test.each([
    ["/a", {}, "/a"],
    ["/a/{b}/c/{d}", { b: "x/y", d: 7 }, "/a/x%2Fy/c/7"],
    ["/a/{b}", { b: false }, "/a/false"],
    ["/a/{b}/{b}", { b: "$&" }, "/a/%24%26/%24%26"],
    ["/{constructor}/{toString}", { constructor: "a", toString: "b" }, "/a/b"],
  ])("fills %s with %j", (template, values, expected) => {
    expect(fill(template, values)).toBe(expected);
  });

  test("does not take a value from the prototype", () => {
    expect(() => fill("/{constructor}", {})).toThrow(
      new ConfigurationError("The path parameter `constructor` is missing: it must be a string."),
    );
  });

  test.each<[unknown, string]>([
    [undefined, "The path parameter `b` is missing: it must be a string."],
    [null, "The path parameter `b` is missing: it must be a string."],
    [{}, "The path parameter `b` is missing: it must be a string."],
    ["", "The path parameter `b` must not be empty."],
    [".", 'The path parameter `b` must not be ".".'],
    ["..", 'The path parameter `b` must not be "..".'],
    ["\ud800", "The parameter `b` is not well-formed Unicode."],
  ])("rejects %j", (b, message) => {
    expect(() => fill("/a/{b}", { b })).toThrow(new ConfigurationError(message));
  });

  test("keeps any value in its segment", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (id) => {
        let path: string;
        try {
          path = fill("/things/{id}/parts", { id });
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
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

describe("a path parameter of a call", () => {
  test.each(rejected)("is rejected as %j before anything is sent", async (id) => {
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

  test.each(accepted)("is one segment of the path as %j", async (id) => {
    await using server = await answering(200, "{}");
    for (const apiVersion of ["v2024", "v1"] as const) {
      await clientOf(server, { apiVersion }).getConnectorCustomizer({ id });
      const segments = (server.requests.at(-1)?.url ?? "").split("/").slice(1);
      expect(segments).toHaveLength(3);
      expect(decodeURIComponent(segments[2] ?? "")).toBe(id);
    }
  });

  test("of a DELETE leads to no other resource", async () => {
    await using mock = await startMockTenant({ seed: 2 });
    const client = createClient({ baseUrl: mock.baseUrl, auth: mock });
    const before = await client.listConnectorCustomizers();
    for (const id of accepted)
      await expect(client.deleteConnectorCustomizer({ id })).rejects.toThrow(NotFoundError);
    expect(await client.listConnectorCustomizers()).toEqual(before);
  });
});
