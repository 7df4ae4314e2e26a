import { describe, expect, test } from "vitest";
import { resolveApiVersion } from "../src/openapi/api-version.ts";
import { ConfigurationError } from "../src/index.ts";
import { Circle } from "../src/methods/repeated-page.ts";
import { fillPath, pathParameterNames, pathTemplate } from "../src/openapi/path-parameters.ts";
import { queryParts } from "../src/openapi/query-string.ts";
import { RetryBudget } from "../src/transport/retry-quota.ts";
import { isUnsent } from "../src/transport/connect-error.ts";

function failing(properties: object, cause?: unknown): Error {
  return Object.assign(new Error("failed", { cause }), properties);
}

describe("nothing was sent when", () => {
  const refused = failing({ syscall: "connect", code: "ECONNREFUSED" });
  const nameless = failing({ syscall: "getaddrinfo", code: "ENOTFOUND" });
  const reset = failing({ syscall: "read", code: "ECONNRESET" });

  test.each<[string, unknown, boolean]>([
    ["no connection came about", new TypeError("fetch failed", { cause: refused }), true],
    ["the host's name was not found", new TypeError("fetch failed", { cause: nameless }), true],
    [
      "connecting took too long",
      new TypeError("fetch failed", { cause: failing({ code: "UND_ERR_CONNECT_TIMEOUT" }) }),
      true,
    ],
    ["every address refused", failing({}, new AggregateError([refused, nameless])), true],
    ["but not when one address was reached", failing({}, new AggregateError([refused, reset])), false],
    ["but not when the connection was reset", new TypeError("fetch failed", { cause: reset }), false],
    ["but not when the reason is unknown", new TypeError("fetch failed"), false],
    ["but not when it is no error", "ECONNREFUSED", false],
    [
      "but not when its cause is none",
      new TypeError("fetch failed", { cause: { syscall: "connect" } }),
      false,
    ],
  ])("%s", (_, error, expected) => {
    expect(isUnsent(error)).toBe(expected);
  });

  test("but not when the causes go round in circles", () => {
    const error = new Error("a");
    error.cause = new Error("b", { cause: error });
    expect(isUnsent(error)).toBe(false);
    const errors: Error[] = [];
    const aggregate = new AggregateError(errors);
    errors.push(aggregate);
    aggregate.errors = [aggregate];
    expect(isUnsent(aggregate)).toBe(false);
  });

  test("and the reason may be five causes deep", () => {
    const deep = (causes: number): Error =>
      causes === 0 ? refused : new Error("around", { cause: deep(causes - 1) });
    expect(isUnsent(deep(5))).toBe(true);
    expect(isUnsent(deep(6))).toBe(false);
  });
});

describe("the budget of retries", () => {
  test("has twenty, and a fifth of one for each success, but never more than twenty", () => {
    const budget = new RetryBudget();
    for (let success = 0; success < 100; success++) budget.succeed();
    for (let retry = 0; retry < 20; retry++) expect(budget.take()).toBe(true);
    expect(budget.take()).toBe(false);
    for (let success = 0; success < 4; success++) budget.succeed();
    expect(budget.take()).toBe(false);
    budget.succeed();
    budget.succeed();
    expect(budget.take()).toBe(true);
    expect(budget.take()).toBe(false);
  });
});

describe("a query", () => {
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
  ])("has %s, %j as %s", (name, value, expected) => {
    expect(queryParts(name, value).join("&")).toBe(expected);
  });

  test("is not made of what is nested too deeply", () => {
    for (const value of [{ b: { c: 1 } }, { b: ["c"] }, [["c"]], [{ c: 1 }], () => 1]) {
      expect(() => queryParts("a", value)).toThrow(ConfigurationError);
      expect(() => queryParts("a", value)).toThrow("The parameter `a` is nested too deeply");
    }
  });
});

describe("a path template", () => {
  test("names its parameters, and is filled with them", () => {
    expect(pathParameterNames(pathTemplate("/a/{b}/c/{d}"))).toEqual(["b", "d"]);
    expect(pathParameterNames(pathTemplate("/a"))).toEqual([]);
    expect(fillPath(pathTemplate("/a/{b}/c/{d}"), { b: "x/y", d: 7 })).toBe("/a/x%2Fy/c/7");
    expect(fillPath(pathTemplate("/a/{b}"), { b: false })).toBe("/a/false");
    expect(fillPath(pathTemplate("/{constructor}/{toString}"), { constructor: "a", toString: "b" })).toBe(
      "/a/b",
    );
    expect(() => fillPath(pathTemplate("/{constructor}"), {})).toThrow("`constructor` is missing");
  });

  test.each<[unknown, string]>([
    [undefined, "The path parameter `b` is missing: it must be a string."],
    [null, "The path parameter `b` is missing: it must be a string."],
    [{}, "The path parameter `b` is missing: it must be a string."],
    ["", "The path parameter `b` must not be empty."],
    [".", 'The path parameter `b` must not be ".".'],
    ["..", 'The path parameter `b` must not be "..".'],
    ["\ud800", "The path parameter `b` is not well-formed Unicode."],
  ])("is not filled with %j", (b, message) => {
    expect(() => fillPath(pathTemplate("/a/{b}"), { b })).toThrow(new ConfigurationError(message));
  });
});

test("an API version is one that there is, and v2024 by default", () => {
  expect(resolveApiVersion()).toBe("v2024");
  expect(["v2025", "v2026", "beta", "v1"].map((version) => resolveApiVersion(version))).toEqual([
    "v2025",
    "v2026",
    "beta",
    "v1",
  ]);
  expect(() => resolveApiVersion("v3")).toThrow(
    new ConfigurationError("`apiVersion` must be one of v2024, v2025, v2026, beta, v1; it is v3."),
  );
});

describe("pages go round in circles", () => {
  /** After how many pages it is known, of a list whose pages end with these. */
  const pagesUntilKnown = (ends: Iterable<unknown>) => {
    const circle = new Circle();
    let pages = 0;
    for (const end of ends) {
      pages++;
      if (circle.closesWith(end)) return pages;
    }
    return undefined;
  };
  function* going(lead: number, round: number) {
    for (let page = 0; page < 10_000; page++)
      yield { id: page < lead ? `lead ${page}` : (page - lead) % round };
  }

  test.each([
    [0, 1, 2],
    [1, 1, 3],
    [5, 1, 7],
    [0, 2, 4],
    [0, 3, 7],
    [2, 3, 7],
    [100, 7, 135],
    [0, 1000, 2024],
  ])("after %i others, in a circle of %i, it is known at the page %i", (lead, round, expected) => {
    expect(pagesUntilKnown(going(lead, round))).toBe(expected);
  });

  test.each([
    [[{ id: 1 }, { id: 1 }], 2],
    [[{ id: 1 }, { id: 2 }, { id: 3 }], undefined],
    [[{ id: 1 }, undefined, { id: 1 }], undefined],
    [[1, 1, 1], undefined],
    [["a", "a"], undefined],
    [[null, null], undefined],
    [[undefined, undefined], undefined],
  ])("%j: %s", (ends, expected) => {
    expect(pagesUntilKnown(ends)).toBe(expected);
  });
});
