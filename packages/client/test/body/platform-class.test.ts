import { runInNewContext } from "node:vm";
import { afterEach, expect, test, vi } from "vitest";
import { isInstanceOf } from "../../src/body/platform-class.ts";

afterEach(() => vi.unstubAllGlobals());

test("an instance of a class of the platform is recognized, also of a derived class", () => {
  class Named extends Blob {}
  expect(isInstanceOf(new Blob(), "FormData", "Blob")).toBe(true);
  expect(isInstanceOf(new Named(), "Blob")).toBe(true);
  expect(isInstanceOf(new Blob(), "FormData")).toBe(false);
});

test("an instance of another realm's class is recognized", () => {
  expect(isInstanceOf(runInNewContext("new ArrayBuffer(1)"), "ArrayBuffer")).toBe(true);
});

test("an instance of a global class without a tag is recognized, as in React Native", () => {
  class FormData {}
  vi.stubGlobal("FormData", FormData);
  expect(isInstanceOf(new FormData(), "FormData")).toBe(true);
});

test("a class that the platform lacks has no instances", () => {
  vi.stubGlobal("Blob", undefined);
  for (const value of [undefined, null, "Blob", {}, []]) expect(isInstanceOf(value, "Blob")).toBe(false);
});
