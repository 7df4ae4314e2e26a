import { expect, test } from "vitest";
import { isForm, platformForm } from "../../src/body/form.ts";

/** A form of another realm has the tag, but not the class. */
class OtherForm {
  readonly [Symbol.toStringTag] = "FormData";
  *[Symbol.iterator]() {
    yield ["name", "Grüße"];
    yield ["file", new File(["content"], "a.txt")];
  }
}
class OtherParams {
  readonly [Symbol.toStringTag] = "URLSearchParams";
  toString(): string {
    return "a=b+c&a=%26";
  }
}
const other = (form: object) => form as FormData | URLSearchParams;

test("platformForm returns a form of the platform unchanged", () => {
  for (const form of [new FormData(), new URLSearchParams()]) {
    expect(isForm(form)).toBe(true);
    expect(platformForm(form)).toBe(form);
  }
});

test("platformForm copies a FormData of another realm", async () => {
  expect(isForm(new OtherForm())).toBe(true);
  const copy = platformForm(other(new OtherForm())) as FormData;
  expect(copy).toBeInstanceOf(FormData);
  expect(copy.get("name")).toBe("Grüße");
  const file = copy.get("file") as File;
  expect([file.name, await file.text()]).toEqual(["a.txt", "content"]);
});

test("platformForm copies a URLSearchParams of another realm", () => {
  expect(isForm(new OtherParams())).toBe(true);
  const copy = platformForm(other(new OtherParams()));
  expect(copy).toBeInstanceOf(URLSearchParams);
  expect([...copy]).toEqual([
    ["a", "b c"],
    ["a", "&"],
  ]);
});

test("isForm returns false for other values", () => {
  for (const value of [null, undefined, "a=b", {}, new Map()]) expect(isForm(value)).toBe(false);
});
