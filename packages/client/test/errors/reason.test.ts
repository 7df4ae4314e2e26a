import { describe, expect, test } from "vitest";
import { oneLine, reasonOf } from "../../src/errors/reason.ts";

describe("reasonOf", () => {
  test("returns the message of the innermost cause", () => {
    const refused = new Error("connect ECONNREFUSED");
    expect(reasonOf(new TypeError("fetch failed", { cause: refused }))).toBe("connect ECONNREFUSED");
  });

  test("returns the message of the first error of an AggregateError", () => {
    const both = new AggregateError([new Error("::1 refused"), new Error("127.0.0.1 refused")]);
    expect(reasonOf(new TypeError("fetch failed", { cause: both }))).toBe("::1 refused");
  });

  test("follows the causes of an error of another realm", () => {
    expect(reasonOf({ name: "TypeError", message: "fetch failed", cause: { message: "reset" } })).toBe(
      "reset",
    );
  });

  test("ends when the causes form a cycle", () => {
    const error = new Error("a");
    error.cause = error;
    expect(reasonOf(error)).toBe("a");
  });

  test.each<[unknown, string]>([
    [new RangeError(""), "RangeError"],
    ["a string", "a string"],
    [undefined, "undefined"],
    [Symbol("x"), "Symbol(x)"],
    [Object.create(null), "[object Object]"],
    [{ a: 1 }, "[object Object]"],
  ])("describes the thrown value %o", (thrown, expected) => {
    expect(reasonOf(thrown)).toBe(expected);
  });
});

test("oneLine replaces line breaks and control characters, and shortens a long text to 300 characters", () => {
  expect(oneLine(" a\r\n\tb\u001b[31m ")).toBe("a b [31m");
  expect(oneLine("x".repeat(300))).toBe("x".repeat(300));
  expect(oneLine("x".repeat(301))).toBe(`${"x".repeat(299)}…`);
});
