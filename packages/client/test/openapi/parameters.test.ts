import type { Operation, PlacedParameter } from "@isc-customizers/types";
import { describe, expect, test } from "vitest";
import { requestBuilder } from "../../src/openapi/build-request.ts";
import { resolveBaseUrl } from "../../src/openapi/base-url.ts";
import { ConfigurationError } from "../../src/index.ts";
import { defaultLimits } from "../../src/transport/request-limits.ts";
import { serverUrl } from "../../src/openapi/server-url.ts";
import { type SeenRequest, startServer } from "../support/server.ts";

const list = ["blue", "black", "brown"];
const object = { R: 100, G: 200, B: 150 };

/** The table of https://spec.openapis.org/oas/v3.1.1#style-values: what is sent of an empty string, a text, a list and an object. */
const table: readonly (readonly [
  place: "path" | "query",
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

describe.each(table)("%s, %s, explode %s", (place, style, explode, empty, text, ofList, ofObject) => {
  const cases: [unknown, string | undefined][] = [
    ["", empty],
    ["blue", text],
    [list, ofList],
    [object, ofObject],
  ];

  test.each(cases.filter(([, expected]) => expected !== undefined))(
    "sends %j as %s",
    async (value, expected) => {
      const { url } = await sent({ color: { in: place, name: "color", style, explode } }, { color: value });
      expect(url).toBe(place === "path" ? `/${String(expected)}` : `/?${String(expected)}`);
    },
  );
});

describe("a header", () => {
  test.each([
    [false, list, "blue,black,brown"],
    [true, list, "blue,black,brown"],
    [false, object, "R,100,G,200,B,150"],
    [true, object, "R=100,G=200,B=150"],
    [false, "a b", "a b"],
  ])("with explode %s has %j as %s", async (explode, value, expected) => {
    const color = { in: "header", name: "X-Color", style: "simple", explode } as const;
    expect((await sent({ color }, { color: value })).headers["x-color"]).toBe(expected);
  });

  test.each([[], {}, null, undefined].map((value) => [value]))("is not there for %j", async (value) => {
    const color = { in: "header", name: "X-Color", style: "simple", explode: false } as const;
    expect((await sent({ color }, { color: value })).headers).not.toHaveProperty("x-color");
  });
});

describe("cookies", () => {
  test("stand in one header, and end with semicolons", async () => {
    const place = { in: "cookie", style: "form" } as const;
    const seen = await sent(
      {
        session: { ...place, name: "session", explode: true },
        color: { ...place, name: "color", explode: true },
        shades: { ...place, name: "shades", explode: false },
        none: { ...place, name: "none", explode: true },
      },
      { session: "a;b=c", color: ["blue", "black"], shades: ["light", "dark"], none: null },
    );
    expect(seen.headers.cookie).toBe("session=a%3Bb%3Dc; color=blue; color=black; shades=light,dark");
  });
});

describe("JSON", () => {
  const value = { a: [1, { b: "c&d" }] };
  const text = JSON.stringify(value);

  test("stands in the query, a header, a cookie and the path", async () => {
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
    expect(decodeURIComponent(pathname)).toBe(`/${text}`);
    expect([...searchParams]).toEqual([["filter", text]]);
    expect(headers["x-filter"]).toBe(text);
    expect(decodeURIComponent(headers.cookie ?? "")).toBe(`filter=${text}`);
  });
});

test("reserved characters are sent as they are where that is allowed, but for what would end the query", async () => {
  const parameter = { in: "query", name: "to", style: "form", explode: true } as const;
  const value = "/a:b?c=d,e;f@g$h!i(k)*l+m&n #[o]%41%zz";
  const free = await sent({ to: { ...parameter, allowReserved: true } }, { to: value });
  expect(free.url).toBe("/?to=/a:b?c=d,e;f@g$h!i(k)*l+m&n%20%23%5Bo%5D%41%25zz");
  const bound = await sent({ to: parameter }, { to: value });
  expect(new URL(bound.url, "http://localhost").searchParams.get("to")).toBe(value);
});

test("a parameter may have another name for the caller", async () => {
  const { url } = await sent(
    { queryId: { in: "query", name: "id", style: "form", explode: true } },
    { queryId: 7 },
  );
  expect(url).toBe("/?id=7");
});

test.each(["constructor", "toString", "__proto__"])("a misspelt %s is no parameter", async (name) => {
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
] as const)("the style %s does not make a segment of %j", async (style, value) => {
  const color = { in: "path", name: "color", style, explode: false } as const;
  await expect(sent({ color }, { color: value })).rejects.toThrow(ConfigurationError);
  await expect(sent({ color }, { color: value })).rejects.toThrow("`color`");
});

describe("an operation's own server", () => {
  const baseUrl = resolveBaseUrl({ baseUrl: "https://acme.example/api" });
  test.each([
    ["https://elsewhere.example/v2/", {}, "https://elsewhere.example/v2"],
    ["https://{region}.elsewhere.example", { region: { default: "eu" } }, "https://eu.elsewhere.example"],
    ["/v2", {}, "https://acme.example/v2"],
    ["v2", {}, "https://acme.example/api/v2"],
    ["http://127.0.0.1:8080", {}, "http://127.0.0.1:8080"],
  ])("%s %j is %s", (url, variables, expected) => {
    expect(serverUrl({ url, variables }, baseUrl)).toBe(expected);
  });

  test.each([
    "http://elsewhere.example",
    "https://user:pass@elsewhere.example",
    "https://{region}",
    "ftp://a",
  ])("%s is not sent a token", (url) => {
    expect(() => serverUrl({ url, variables: {} }, baseUrl)).toThrow(ConfigurationError);
  });
});

/** What a server sees of a request with these parameters. */
async function sent(
  parameters: Readonly<Record<string, PlacedParameter>>,
  args: Readonly<Record<string, unknown>>,
): Promise<SeenRequest> {
  const inPath = Object.values(parameters).some((parameter) => parameter.in === "path");
  const operation: Operation = { method: "GET", path: inPath ? "/{color}" : "/", parameters };
  await using server = await startServer((_, response) => response.end());
  const urlOf = (path: string) => server.url + path;
  const defaults = { headers: {}, limits: defaultLimits, baseUrl: server.url, urlOf };
  const { url, headers } = await requestBuilder("test", operation, defaults)(args, {});
  await fetch(url, { headers });
  const [seen] = server.requests;
  if (seen === undefined) throw new Error("Nothing was sent.");
  return seen;
}
