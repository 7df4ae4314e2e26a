import { runInNewContext } from "node:vm";
import { afterEach, expect, test, vi } from "vitest";
import { isInstanceOf } from "../../src/body/platform-class.ts";

afterEach(() => vi.unstubAllGlobals());

test("isInstanceOf recognizes an instance of a class of the platform, and of a derived class", () => {
  class Named extends Blob {}
  expect(isInstanceOf(new Blob(), "FormData", "Blob")).toBe(true);
  expect(isInstanceOf(new Named(), "Blob")).toBe(true);
  expect(isInstanceOf(new Blob(), "FormData")).toBe(false);
});

test("isInstanceOf recognizes an instance of a class of another realm", () => {
  expect(isInstanceOf(runInNewContext("new ArrayBuffer(1)"), "ArrayBuffer")).toBe(true);
});

test("isInstanceOf recognizes an instance of a global class without a tag, as in React Native", () => {
  class FormData {}
  vi.stubGlobal("FormData", FormData);
  expect(isInstanceOf(new FormData(), "FormData")).toBe(true);
});

test("isInstanceOf returns false for a class that the platform lacks", () => {
  vi.stubGlobal("Blob", undefined);
  for (const value of [undefined, null, "Blob", {}, []]) expect(isInstanceOf(value, "Blob")).toBe(false);
});
