import { expect, test } from "vitest";
import { check } from "../../src/errors/check.ts";
import { ConfigurationError } from "../../src/errors/errors.ts";

test("check accepts a valid value", () => {
  expect(() => check(true, "retries", "a whole number", 1)).not.toThrow();
});

test.each<[string, unknown, string]>([
  ["the value", -1, "`retries` must be a whole number; got -1."],
  ["a symbol", Symbol("x"), "`retries` must be a whole number; got Symbol(x)."],
  ["no value, which may be a secret", undefined, "`retries` must be a whole number."],
])("the error of check names the option and %s", (_, got, message) => {
  expect(() => check(false, "retries", "a whole number", got as never)).toThrow(
    new ConfigurationError(message),
  );
});
