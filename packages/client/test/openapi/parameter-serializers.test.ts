import type { PlacedParameter } from "@isc-customizers/types";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../src/index.ts";
import { createSerializers } from "../../src/openapi/parameter-serializers.ts";
import { sentBy } from "../support/operation.ts";
import type { SeenRequest } from "../support/server.ts";

const list = ["blue", "black", "brown"];
const object = { R: 100, G: 200, B: 150 };

/** The table of https://spec.openapis.org/oas/v3.1.1#style-values, with the text for an empty string, a string, a list and an object. */
const table: readonly (readonly [
  location: "path" | "query",
  style: NonNullable<PlacedParameter["style"]>,
  explode: boolean,
  empty: string | undefined,
  text: string | undefined,
  list: string | undefined,
  object: string | undefined,
])[] = [
  ["path", "matrix", false, undefined, ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"],
  [
    "path",
    "matrix",
    true,
    undefined,
    ";color=blue",
    ";color=blue;color=black;color=brown",
    ";R=100;G=200;B=150",
  ],
  ["path", "label", false, undefined, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
  ["path", "label", true, undefined, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
  ["path", "simple", false, undefined, "blue", "blue,black,brown", "R,100,G,200,B,150"],
  ["path", "simple", true, undefined, "blue", "blue,black,brown", "R=100,G=200,B=150"],
  ["query", "form", false, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"],
  ["query", "form", true, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"],
  [
    "query",
    "spaceDelimited",
    false,
    undefined,
    undefined,
    "color=blue%20black%20brown",
    "color=R%20100%20G%20200%20B%20150",
  ],
  [
    "query",
    "pipeDelimited",
    false,
    undefined,
    undefined,
    "color=blue%7Cblack%7Cbrown",
    "color=R%7C100%7CG%7C200%7CB%7C150",
  ],
  [
    "query",
    "deepObject",
    true,
    undefined,
    undefined,
    undefined,
    "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
  ],
];

describe.each(table)("%s, %s, explode %s", (location, style, explode, empty, text, ofList, ofObject) => {
  const cases: [unknown, string | undefined][] = [
    ["", empty],
    ["blue", text],
    [list, ofList],
    [object, ofObject],
  ];

  test.each(cases.filter(([, expected]) => expected !== undefined))(
    "sends %j as %s",
    async (value, expected) => {
      const { url } = await sent(
        { color: { in: location, name: "color", style, explode } },
        { color: value },
      );
      expect(url).toBe(location === "path" ? `/v2024/${String(expected)}` : `/v2024/?${String(expected)}`);
    },
  );
});

describe("headers", () => {
  test.each([
    [false, list, "blue,black,brown"],
    [true, list, "blue,black,brown"],
    [false, object, "R,100,G,200,B,150"],
    [true, object, "R=100,G=200,B=150"],
    [false, "a b", "a b"],
  ])("with explode %s write %j as %s", async (explode, value, expected) => {
    const color = { in: "header", name: "X-Color", style: "simple", explode } as const;
    expect((await sent({ color }, { color: value })).headers["x-color"]).toBe(expected);
  });

  test.each([[], {}, null, undefined].map((value) => [value]))("leave out %j", async (value) => {
    const color = { in: "header", name: "X-Color", style: "simple", explode: false } as const;
    expect((await sent({ color }, { color: value })).headers).not.toHaveProperty("x-color");
  });
});

describe("cookies", () => {
  test("are written in one header, with semicolons between them", async () => {
    const cookie = { in: "cookie", style: "form" } as const;
    const seen = await sent(
      {
        session: { ...cookie, name: "session", explode: true },
        color: { ...cookie, name: "color", explode: true },
        shades: { ...cookie, name: "shades", explode: false },
        none: { ...cookie, name: "none", explode: true },
      },
      { session: "a;b=c", color: ["blue", "black"], shades: ["light", "dark"], none: null },
    );
    expect(seen.headers.cookie).toBe("session=a%3Bb%3Dc; color=blue; color=black; shades=light,dark");
  });
});

describe("a parameter with `content` in its description", () => {
  const value = { a: [1, { b: "c&d" }] };
  const text = JSON.stringify(value);

  test("is sent as JSON in the query, a header, a cookie and the path", async () => {
    const { url, headers } = await sent(
      {
        path: { in: "path", name: "color" },
        query: { in: "query", name: "filter" },
        header: { in: "header", name: "X-Filter" },
        cookie: { in: "cookie", name: "filter" },
      },
      { path: value, query: value, header: value, cookie: value },
    );
    const { pathname, searchParams } = new URL(url, "http://localhost");
    expect(decodeURIComponent(pathname)).toBe(`/v2024/${text}`);
    expect([...searchParams]).toEqual([["filter", text]]);
    expect(headers["x-filter"]).toBe(text);
    expect(decodeURIComponent(headers.cookie ?? "")).toBe(`filter=${text}`);
  });
});

test("`allowReserved` keeps reserved characters, except those that would end the query", async () => {
  const parameter = { in: "query", name: "to", style: "form", explode: true } as const;
  const value = "/a:b?c=d,e;f@g$h!i(k)*l+m&n #[o]%41%zz";
  const free = await sent({ to: { ...parameter, allowReserved: true } }, { to: value });
  expect(free.url).toBe("/v2024/?to=/a:b?c=d,e;f@g$h!i(k)*l+m&n%20%23%5Bo%5D%41%25zz");
  const bound = await sent({ to: parameter }, { to: value });
  expect(new URL(bound.url, "http://localhost").searchParams.get("to")).toBe(value);
});

test("an argument can have another name than its parameter", async () => {
  const { url } = await sent(
    { queryId: { in: "query", name: "id", style: "form", explode: true } },
    { queryId: 7 },
  );
  expect(url).toBe("/v2024/?id=7");
});

test.each(["constructor", "toString", "__proto__"])("rejects the unknown parameter %s", async (name) => {
  await expect(sent({}, Object.fromEntries([[name, 1]]))).rejects.toThrow(
    `test has no parameter \`${name}\`.`,
  );
});

test.each([
  ["label", ""],
  ["label", "."],
  ["simple", "."],
  ["simple", ".."],
  ["matrix", []],
  ["simple", {}],
  ["simple", undefined],
  ["label", null],
  ["simple", [["a"]]],
  ["simple", "\ud800"],
] as const)("the style %s rejects %j as a segment of the path", async (style, value) => {
  const color = { in: "path", name: "color", style, explode: false } as const;
  await expect(sent({ color }, { color: value })).rejects.toThrow(ConfigurationError);
  await expect(sent({ color }, { color: value })).rejects.toThrow("`color`");
});

describe("a query parameter without a style", () => {
  const { query } = createSerializers({});

  test.each([
    ["a", 1, "a=1"],
    ["b", true, "b=true"],
    ["c", "x y&z", "c=x%20y%26z"],
    ["a", undefined, ""],
    ["b", null, ""],
    ["c", "", "c="],
    ["a", ["x", undefined, null, "y"], "a=x&a=y"],
    ["a", [], ""],
    ["a", { b: 1, c: undefined, d: null }, "b=1"],
    ["a", { "b&c": "d=e" }, "b%26c=d%3De"],
    ["a", { b: null }, ""],
    ["a&b", "c", "a%26b=c"],
  ])("writes %s with the value %j as %j", (name, value, expected) => {
    expect(query({ [name]: value })).toBe(expected);
  });

  test.each([{ b: { c: 1 } }, { b: ["c"] }, [["c"]], [{ c: 1 }], () => 1])("rejects %j", (value) => {
    expect(() => query({ a: value })).toThrow(ConfigurationError);
    expect(() => query({ a: value })).toThrow("The parameter `a` is nested too deeply");
  });

  test("writes texts and lists so that URLSearchParams reads them back", () => {
    const text = fc.string({ unit: "grapheme" }).filter((value) => value.isWellFormed());
    fc.assert(
      fc.property(fc.dictionary(text, fc.oneof(text, fc.array(text))), (values) => {
        const read = new URLSearchParams(query(values));
        for (const [name, value] of Object.entries(values)) expect(read.getAll(name)).toEqual([value].flat());
      }),
    );
  });
});

/** Sends a request with these parameters and returns the request that the server received. */
function sent(
  parameters: Readonly<Record<string, PlacedParameter>>,
  args: Readonly<Record<string, unknown>>,
): Promise<SeenRequest> {
  const inPath = Object.values(parameters).some((parameter) => parameter.in === "path");
  return sentBy({ method: "GET", path: inPath ? "/{color}" : "/", parameters }, args);
}
