import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile, generate, type Outcome, temporaryFolder } from "../support/harness.ts";

/** A spec that was written carelessly, and texts that the generated files or the diagnostics must have. */
interface Case {
  readonly spec: string;
  readonly has?: Readonly<Record<string, string>>;
  readonly reported?: string;
}

const info = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\n";
const withSchemas = (schemas: string) => `${info}components: { schemas: { ${schemas} } }\n`;
const withResponses = (responses: string) =>
  `${info}paths: { /a: { get: { operationId: getA, responses: { ${responses} } } } }\n`;
const ok = (schema: string) =>
  `"200": { description: Ok., content: { application/json: { schema: ${schema} } } }`;

const cases: Readonly<Record<string, Case>> = {
  "a $ref in an example": {
    spec: withResponses(
      `"200": { description: Ok., content: { application/json: { schema: { type: object }, example: { $ref: "https://a.example/1" } } } }`,
    ),
  },
  "a remote $ref": {
    spec: withResponses(ok(`{ $ref: "https://a.example/schemas.yaml#/Thing" }`)),
    reported: "Download the file",
  },
  "a $ref to a file that does not exist": {
    spec: withResponses(ok(`{ $ref: "./nothing.yaml#/Thing" }`)),
    reported: "nothing.yaml",
  },
  "no info": { spec: "openapi: 3.1.0\npaths: {}\n", reported: "info" },
  "no title": { spec: "openapi: 3.1.0\ninfo: { version: '1' }\npaths: {}\n", reported: "title" },
  "a version that is a number": {
    spec: "openapi: 3.1.0\ninfo: { title: T, version: 1 }\npaths: {}\n",
    has: { "server.ts": 'specVersion: string = "1"' },
    reported: "version",
  },
  "OpenAPI 3.0 without a patch number": {
    spec: 'openapi: "3.0"\ninfo: { title: T, version: "1" }\npaths: {}\n',
  },
  "OpenAPI 3.1 as a number": { spec: 'openapi: 3.1\ninfo: { title: T, version: "1" }\npaths: {}\n' },
  "a model with a name that is not ASCII": {
    spec:
      withResponses(ok('{ $ref: "#/components/schemas/Größe" }')) +
      "components: { schemas: { Größe: { type: object, properties: { a: { type: string } } } } }\n",
    has: { "methods.ts": "import type { Größe }" },
  },
  "a property required of a base that may be null": {
    spec: withSchemas(
      "Fault: { type: [object, 'null'], properties: { code: { type: string } } }, " +
        "Cause: { allOf: [{ $ref: '#/components/schemas/Fault' }], required: [code] }",
    ),
    has: { "models.ts": 'Cause = WithRequired<Fault, "code">' },
  },
  "a union that has itself in a list": {
    spec: withSchemas(
      "Tree: { oneOf: [{ type: string }, { type: array, items: { $ref: '#/components/schemas/Tree' } }] }",
    ),
    has: { "models.ts": "Tree = string | Tree[]" },
  },
  "an extension under `responses` and `paths`": {
    spec: `${withResponses(`x-note: 7, ${ok("{ type: string }")}`)
      .trimEnd()
      .slice(0, -1)}, x-paths: 7 }\n`,
  },
  "a server variable without values": {
    spec: `${info}paths: {}\nservers: [{ url: "https://{a}.example", variables: { a: { default: x, enum: [] } } }]\n`,
    has: { "server.ts": "a: string;" },
  },
  "a percent sign in names": {
    spec: withSchemas(
      "Rate: { type: object, properties: { 'rate_%': { type: decimal }, a: { type: string } } }",
    ),
    reported: "percent sign",
  },
  "a property called `constructor`": {
    spec: withSchemas("Result: { type: object, properties: { constructor: { type: string } } }"),
    has: { "models.ts": "constructor?: string;" },
  },
  "a property called `valueOf`, on which the linter fails": {
    spec: withSchemas("Result: { type: object, properties: { valueOf: { type: number } } }"),
    has: { "models.ts": "valueOf?: number;" },
    reported: "The linter fails",
  },
  "`content` behind a $ref": {
    spec:
      withResponses('"200": { description: Ok., content: { $ref: "#/components/x-content" } }') +
      "components: { x-content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } }\n",
    has: { "methods.ts": "a?: string;" },
  },
};

const titles = Object.keys(cases);
const names = ["methods.ts", "models.ts", "server.ts"];

describe("generates from a spec with", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let outcomes: readonly Outcome[];
  let errors: ReadonlyMap<string, readonly string[]>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    outcomes = await Promise.all(
      Object.values(cases).map(({ spec }, index) => generateInto(join(folder.path, `${index}`), spec)),
    );
    errors = await compile(folder.path);
  }, 120_000);
  afterAll(() => folder[Symbol.asyncDispose]());

  test.for(titles)("%s", async (title) => {
    const index = titles.indexOf(title);
    const { has = {}, reported } = cases[title] ?? {};
    expect(outcomes[index]).toMatchObject({ code: 0, stderr: expect.stringContaining(reported ?? "") });
    if (reported === undefined) expect(outcomes[index]?.stderr).toBe("");
    expect([...errors].filter(([file]) => file.startsWith(`${index}/`))).toEqual([]);
    for (const name of names) {
      const text = await readFile(join(folder.path, `${index}`, name), "utf8");
      expect(text).toContain(has[name] ?? "");
    }
  });
});

async function generateInto(out: string, spec: string): Promise<Outcome> {
  await mkdir(out);
  await writeFile(`${out}.yaml`, spec);
  return await generate(["--spec", `${out}.yaml`, "--out", out]);
}

test("shows 20 problems of a spec, and counts the others", async () => {
  await using folder = await temporaryFolder();
  const names = Array.from({ length: 50 }, (_, index) => `M${index}: { type: wrong }`);
  const { code, stderr } = await generateInto(join(folder.path, "out"), withSchemas(names.join(", ")));
  expect(code).toBe(0);
  expect(stderr.match(/^warning {2}/gm)).toHaveLength(20);
  expect(stderr).toContain("\nand 30 more\n");
});

test("names a merge conflict that is not resolved", async () => {
  await using folder = await temporaryFolder();
  const spec = `${info}paths:\n<<<<<<< HEAD\n  /a: {}\n=======\n  /b: {}\n>>>>>>> other\n`;
  const { code, stderr } = await generateInto(join(folder.path, "out"), spec);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^error {2}\S*out\.yaml:4:1 {2}A merge conflict is not resolved\.\n {2}Keep what is right/,
  );
});
