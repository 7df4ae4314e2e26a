import { parseYaml } from "@redocly/openapi-core";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ownSpec, root } from "../support/harness.ts";

const own = await readFile(ownSpec, "utf8");
const spec = await readFile(new URL("../diff/base.yaml", import.meta.url), "utf8");
const schemaText = await readFile(join(root, "spec/schema.json"), "utf8");
const published = import.meta.resolve("@seriousme/openapi-schema-validator/schemas/v3.1/schema.json");
const openApi = JSON.parse(await readFile(new URL(published), "utf8")) as object;

/** Validates a spec. A copy of OpenAPI's schema in a package stands for the one that editors fetch. */
function errorsOf(text: string): ErrorObject[] {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  // The keys of `content` (RFC 9110, section 12.5.1). Ajv has no such format.
  ajv.addFormat("media-range", true);
  const schema = JSON.parse(schemaText) as { readonly allOf: readonly [{ readonly $ref: string }] };
  ajv.addSchema({ ...openApi, $id: schema.allOf[0].$ref });
  const validate = ajv.compile(schema);
  validate(parseYaml(text));
  return validate.errors ?? [];
}

test("the spec names the schema in its first line, and is valid by it", () => {
  const [, named = ""] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(own) ?? [];
  expect(join(dirname(ownSpec), named)).toBe(join(root, "spec/schema.json"));
  expect(errorsOf(own)).toEqual([]);
  expect(errorsOf(spec)).toEqual([]);
});

const list = "/paths/~1pets/get";
const versions = "/servers/0/variables/edition/x-service-versions";
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

test("the schema describes every extension of spec/README.md", async () => {
  const readme = await readFile(join(root, "spec/README.md"), "utf8");
  const documented = [...readme.matchAll(/^\| `(x-[\w-]+)`/gm)].map(([, name = ""]) => name);
  const described = [...schemaText.matchAll(/"(x-[\w-]+)": \{\s*"description":/g)].map(
    ([, name = ""]) => name,
  );
  expect(described.toSorted()).toEqual(documented.toSorted());
});
