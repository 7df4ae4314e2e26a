import { parseYaml } from "@redocly/openapi-core";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { editorSchema } from "../src/editor/sources.ts";
import { at, entriesOf, memberOf, ownSpec, root } from "./harness.ts";

const spec = await readFile(ownSpec, "utf8");
const schema: object = JSON.parse(editorSchema());

/** What is wrong with the spec after an edit, by the pointers of what is wrong. */
function errorsAfter(from = "", to = ""): { pointers: string[]; errors: ErrorObject[] } {
  expect(spec).toContain(from);
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  // RFC 9110, section 12.5.1: the keys of `content`. No validator knows the format.
  ajv.addFormat("media-range", true);
  const validate = ajv.compile(schema);
  validate(parseYaml(spec.replace(from, to)));
  const errors = validate.errors ?? [];
  return { errors, pointers: [...new Set(errors.map(({ instancePath }) => instancePath))] };
}

test("spec/schema.json is what `pnpm spec:schema` writes", async () => {
  expect(await readFile(join(root, "spec/schema.json"), "utf8")).toBe(editorSchema());
});

test("the spec names the schema in its first line, and is valid by it", () => {
  const [, named = ""] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(spec) ?? [];
  expect(join(dirname(ownSpec), named)).toBe(join(root, "spec/schema.json"));
  expect(errorsAfter().errors).toEqual([]);
});

test("the schema refers to nothing outside itself", () => {
  const references = [...editorSchema().matchAll(/"\$(?:ref|dynamicRef)": "([^"]+)"/g)].map(
    ([, name = ""]) => name,
  );
  expect(references.length).toBeGreaterThan(100);
  for (const reference of references)
    expect(at(schema, ...reference.replace("#/", "").split("/"))).toBeDefined();
});

const list = "/paths/~1connector-customizers/get";
test.for([
  [
    "x-pagination that is no object",
    "x-pagination:\n        offset: offset\n        limit: limit",
    "x-pagination: true",
    `${list}/x-pagination`,
  ],
  ["x-pagination without a limit", "        limit: limit\n", "", `${list}/x-pagination`],
  [
    "x-pagination with a slip of the pen",
    "        limit: limit\n",
    "        limit: limit\n        limt: limit\n",
    `${list}/x-pagination`,
  ],
  ["x-pagination by no name", "        limit: limit\n", "        limit: 250\n", `${list}/x-pagination/limit`],
  [
    "x-experimental that is a word",
    "x-experimental: true",
    'x-experimental: "yes"',
    "/paths/~1connector-instances/get/x-experimental",
  ],
  [
    "x-service-versions that is no list",
    "x-service-versions: [v1]",
    "x-service-versions: v1",
    "/servers/0/variables/apiVersion/x-service-versions",
  ],
  [
    "x-service-versions that is empty",
    "x-service-versions: [v1]",
    "x-service-versions: []",
    "/servers/0/variables/apiVersion/x-service-versions",
  ],
  [
    "a keyword that there is not, in a parameter",
    "maximum: 250",
    "maximun: 250",
    "/components/parameters/Limit/schema",
  ],
  [
    "a keyword's value of the wrong type",
    "maximum: 250",
    'maximum: "250"',
    "/components/parameters/Limit/schema/maximum",
  ],
  [
    "a type that there is not",
    "type: integer\n        format: int32\n        minimum: 0\n        maximum",
    "type: int\n        minimum: 0\n        maximum",
    "/components/parameters/Limit/schema/type",
  ],
  [
    "an operation without a response's description",
    "          description: A page of customizers.\n",
    "",
    `${list}/responses/200`,
  ],
] as const)("it refuses %s", ([, from, to, pointer]) => {
  expect(errorsAfter(from, to).pointers).toContain(pointer);
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
