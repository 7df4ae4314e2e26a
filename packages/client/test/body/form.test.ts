import { expect, test } from "vitest";
import { createForm, isForm, platformForm } from "../../src/body/form.ts";

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

const queryOf = (form: FormData | URLSearchParams) => (form as URLSearchParams).toString();

test("createForm sends each item of a list, an object as JSON, and leaves out null and undefined", () => {
  const fields = { to: "a&b", media: ["1", "2"], at: { x: 1 }, no: false, none: null, absent: undefined };
  expect(queryOf(createForm({ kind: "urlencoded" }, fields))).toBe(
    "to=a%26b&media=1&media=2&at=%7B%22x%22%3A1%7D&no=false",
  );
});

test("createForm joins a list with the delimiter of its encoding", () => {
  const encoding = { media: { delimiter: "|" } };
  expect(queryOf(createForm({ kind: "urlencoded", encoding }, { media: ["1", "2"] }))).toBe("media=1%7C2");
});

test("createForm sends a file, and a part with the media type of its encoding", async () => {
  const encoding = { meta: { contentType: "application/json" } };
  const form = createForm({ kind: "multipart", encoding }, { file: new Blob(["abc"]), meta: { a: 1 }, n: 1 });
  const received = await new Response(form).formData();
  const meta = received.get("meta") as File;
  expect([meta.type, await meta.text()]).toEqual(["application/json", '{"a":1}']);
  expect(await (received.get("file") as File).text()).toBe("abc");
  expect(received.get("n")).toBe("1");
});
