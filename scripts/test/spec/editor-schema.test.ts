import { parseYaml } from "@redocly/openapi-core";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { editorSchema } from "../../src/editor/sources.ts";
import { at, entriesOf, memberOf, ownSpec, root } from "../support/harness.ts";

const own = await readFile(ownSpec, "utf8");
const spec = await readFile(new URL("../diff/base.yaml", import.meta.url), "utf8");
const schema: object = JSON.parse(editorSchema());

/** What is wrong with a spec. */
function errorsOf(text: string): ErrorObject[] {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  // RFC 9110, section 12.5.1: the keys of `content`. No validator knows the format.
  ajv.addFormat("media-range", true);
  const validate = ajv.compile(schema);
  validate(parseYaml(text));
  return validate.errors ?? [];
}

test("spec/schema.json is what `pnpm spec:schema` writes", async () => {
  expect(await readFile(join(root, "spec/schema.json"), "utf8")).toBe(editorSchema());
});

test("the spec names the schema in its first line, and is valid by it", () => {
  const [, named = ""] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(own) ?? [];
  expect(join(dirname(ownSpec), named)).toBe(join(root, "spec/schema.json"));
  expect(errorsOf(own)).toEqual([]);
  expect(errorsOf(spec)).toEqual([]);
});

test("the schema refers to nothing outside itself", () => {
  const references = [...editorSchema().matchAll(/"\$(?:ref|dynamicRef)": "([^"]+)"/g)].map(
    ([, name = ""]) => name,
  );
  expect(references.length).toBeGreaterThan(100);
  for (const reference of references)
    expect(at(schema, ...reference.replace("#/", "").split("/"))).toBeDefined();
});

const list = "/paths/~1pets/get";
const versions = "/servers/0/variables/edition/x-service-versions";
const limit = `${list}/parameters/1/schema`;
const pagination = "x-pagination: { offset: offset, limit: limit }";
test.for([
  ["x-pagination that is no object", pagination, "x-pagination: true", `${list}/x-pagination`],
  ["x-pagination without a limit", pagination, "x-pagination: { offset: offset }", `${list}/x-pagination`],
  [
    "x-pagination with a slip of the pen",
    pagination,
    pagination.replace(" }", ", limt: limit }"),
    `${list}/x-pagination`,
  ],
  [
    "x-pagination by no name",
    pagination,
    pagination.replace("limit }", "250 }"),
    `${list}/x-pagination/limit`,
  ],
  [
    "x-experimental that is a word",
    "x-experimental: true",
    'x-experimental: "yes"',
    "/paths/~1tags/get/x-experimental",
  ],
  ["x-client-name that is empty", "title: Zoo,", 'title: Zoo, x-client-name: "",', "/info/x-client-name"],
  ["x-service-versions that is no list", "x-service-versions: [s1]", "x-service-versions: s1", versions],
  ["x-service-versions that is empty", "x-service-versions: [s1]", "x-service-versions: []", versions],
  ["a keyword that there is not, in a parameter", "maximum: 250", "maximun: 250", limit],
  ["a keyword's value of the wrong type", "maximum: 250", 'maximum: "250"', `${limit}/maximum`],
  ["a type that there is not", "type: integer, minimum", "type: int, minimum", `${limit}/type`],
  [
    "an operation without a response's description",
    "          description: A page.\n",
    "",
    `${list}/responses/200`,
  ],
] as const)("it refuses %s", ([, from, to, pointer]) => {
  expect(spec).toContain(from);
  const pointers = errorsOf(spec.replace(from, to)).map(({ instancePath }) => instancePath);
  expect(pointers).toContain(pointer);
});

test("an editor shows what every extension means", async () => {
  const readme = await readFile(join(root, "spec/README.md"), "utf8");
  const documented = [...readme.matchAll(/^\| `(x-[\w-]+)`/gm)].map(([, name = ""]) => name);
  expect(documented).not.toEqual([]);
  const described = entriesOf(at(schema, "$defs")).flatMap(([, definition]) =>
    entriesOf(memberOf(definition, "properties"))
      .filter(
        ([name, member]) => name.startsWith("x-") && typeof memberOf(member, "description") === "string",
      )
      .map(([name]) => name),
  );
  expect(described.toSorted()).toEqual(documented.toSorted());
});
