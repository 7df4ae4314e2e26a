import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { api, compile, filesIn, generate, lineOf, problemsIn, temporaryFolder } from "../support/harness.ts";

const good = api(`
paths:
  /planets/{id}:
    get:
      operationId: getPlanet
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        "200": { description: The planet. }
`);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let before: Map<string, string>;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder.path, "good.yaml"), good);
  expect(await generate(["--spec", "good.yaml", "--out", "out"], { cwd: folder.path })).toMatchObject({
    code: 0,
  });
  before = await filesIn(join(folder.path, "out"));
  expect(before.size).toBeGreaterThan(10);
});

afterAll(() => folder[Symbol.asyncDispose]());

interface Case {
  readonly fault: string;
  readonly spec: string;
  /** A text on the line that is to be named. */
  readonly at: string;
  readonly pointer?: string;
  readonly message: string | RegExp;
  /** The effect on the output; absent if nothing is written. */
  readonly effect?: string;
  readonly remedy: RegExp;
}

const operation = "#/paths/~1planets~1{id}/get";

test.concurrent.for<Case>([
  {
    fault: "a dangling $ref",
    spec: good.replace("{ description: The planet. }", '{ $ref: "#/components/responses/Planet" }'),
    at: "$ref",
    pointer: `${operation}/responses/200`,
    message: /Can't resolve \$ref/,
    effect: "It is treated as an empty object.",
    remedy: /Add the target of the \$ref/,
  },
  {
    fault: "a duplicate operationId",
    spec: `${good}    delete:\n      operationId: getPlanet # again\n      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses: { "204": { description: Deleted. } }\n`,
    at: "# again",
    pointer: "#/paths/~1planets~1{id}/delete",
    message: /unique `operationId`/,
    effect: "The method of the later operation gets another name.",
    remedy: /a unique operationId/,
  },
  {
    fault: "a path parameter that is not declared",
    spec: good.replace("/planets/{id}", "/planets/{id}/moons/{moon}"),
    at: "parameters:",
    pointer: "#/paths/~1planets~1{id}~1moons~1{moon}/get/parameters",
    message: /the path parameter `\{moon\}`/,
    effect:
      "A name in braces without a parameter is a string. A parameter without a name in braces is left out.",
    remedy: /Declare every name in braces/,
  },
  {
    fault: "a declared path parameter that the path has not",
    spec: good.replace("/planets/{id}", "/planets"),
    at: "name: id",
    pointer: "#/paths/~1planets/get/parameters/0/name",
    message: /Path parameter `id` is not used/,
    effect:
      "A name in braces without a parameter is a string. A parameter without a name in braces is left out.",
    remedy: /and no other/,
  },
  {
    fault: "broken YAML",
    spec: good.replace("get:", "get: ["),
    at: "parameters:",
    message: /This is not valid YAML/,
    remedy: /Fix the syntax on this line or just above it/,
  },
  {
    fault: "Swagger 2.0",
    spec: good.replace("openapi: 3.1.0", 'swagger: "2.0"'),
    at: "swagger",
    pointer: "#/openapi",
    message: "Expected an OpenAPI 3.0 or 3.1 document, found no `openapi` field.",
    remedy: /Convert the document to OpenAPI 3\.1 first/,
  },
  {
    fault: "a version that is not known",
    spec: good.replace("3.1.0", "3.2.0"),
    at: "openapi",
    pointer: "#/openapi",
    message: 'Expected an OpenAPI 3.0 or 3.1 document, found "3.2.0".',
    remedy: /Convert the document to OpenAPI 3\.1 first/,
  },
  {
    fault: "an empty file",
    spec: "",
    at: "",
    pointer: "#/openapi",
    message: "Expected an OpenAPI 3.0 or 3.1 document, found no `openapi` field.",
    remedy: /Convert the document to OpenAPI 3\.1 first/,
  },
  {
    fault: "an object of another form than the standard's",
    spec: good.replace("description: The planet.", "summary: The planet."),
    at: '"200"',
    pointer: `${operation}/responses/200`,
    message: "The field `description` must be present on this level.",
    effect: "The value is ignored.",
    remedy: /as the OpenAPI Specification defines/,
  },
  {
    fault: "a path without a slash",
    spec: good.replace("/planets/{id}:", "planets/{id}:"),
    at: "planets/{id}",
    pointer: "#/paths/planets~1{id}",
    message: "Property `planets/{id}` is not expected here.",
    effect: "The value is ignored.",
    remedy: /as the OpenAPI Specification defines/,
  },
  {
    fault: "a schema that is a text",
    spec: good.replace("schema: { type: string }", "schema: string"),
    at: "schema: string",
    pointer: `${operation}/parameters/0/schema`,
    message: /Expected type `Schema` \(object\) but got `string`/,
    effect: "The value is ignored.",
    remedy: /as the OpenAPI Specification defines/,
  },
])("reports $fault, and generates everything else", async ({ fault, spec, at, pointer, ...expected }) => {
  const { message, effect, remedy } = expected;
  const name = `${fault.replaceAll(/\W+/g, "-")}.yaml`;
  const out = effect === undefined ? "out" : `out-${name}`;
  await writeFile(join(folder.path, name), spec);
  const { code, stdout, stderr } = await generate(["--spec", name, "--out", out], { cwd: folder.path });
  expect(problemsIn(stderr)).toContainEqual({
    file: name,
    line: lineOf(spec, at),
    pointer,
    message: expect.stringMatching(typeof message === "string" ? escaped(message) : message),
    remedy: expect.stringMatching(remedy),
  });
  if (effect === undefined) {
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/\nNothing was written\.\n$/);
    expect(await filesIn(join(folder.path, "out"))).toEqual(before);
  } else {
    expect(code).toBe(0);
    expect(stderr).toContain(effect);
    expect([...(await filesIn(join(folder.path, out))).keys()]).toContain("methods.ts");
  }
});

function escaped(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}

test("reports a missing spec, and keeps the old output", async () => {
  const { code, stderr } = await generate(["--spec", "none.yaml", "--out", "out"], { cwd: folder.path });
  expect(code).toBe(1);
  expect(problemsIn(stderr)).toEqual([
    {
      file: "none.yaml",
      line: 1,
      pointer: undefined,
      message: expect.stringMatching(/^The spec cannot be read: .*no such file/),
      remedy: "Pass the path of an OpenAPI file.",
    },
  ]);
  expect(await filesIn(join(folder.path, "out"))).toEqual(before);
});

test("reports a problem in another file of the spec with that file", async () => {
  const planets = "get:\n  operationId: listPlanets\n  responses: { '200': { $ref: '#/nowhere' } }\n";
  await writeFile(join(folder.path, "planets.yaml"), planets);
  const moons = "/moons: { get: { operationId: listMoons, responses: { '204': { description: None. } } } }";
  await writeFile(
    join(folder.path, "root.yaml"),
    api(`paths: { /planets: { $ref: planets.yaml }, ${moons} }\n`),
  );
  await writeFile(join(folder.path, "syntax.yaml"), "get: [\n");
  await writeFile(
    join(folder.path, "root-2.yaml"),
    api(`paths: { /planets: { $ref: syntax.yaml }, ${moons} }\n`),
  );

  const dangling = await generate(["--spec", "root.yaml", "--out", "dangling"], { cwd: folder.path });
  expect(dangling.code).toBe(0);
  expect(problemsIn(dangling.stderr)).toContainEqual({
    file: "planets.yaml",
    line: lineOf(planets, "$ref"),
    pointer: "#/get/responses/200",
    message: expect.stringContaining("Can't resolve $ref"),
    remedy: expect.stringContaining("Add the target of the $ref"),
  });
  const files = await filesIn(join(folder.path, "dangling"));
  expect(files.get("methods.ts")).toContain("listPlanets(");
  expect(JSON.parse(files.get("report.json") ?? "")).toMatchObject({
    diagnostics: expect.arrayContaining([
      expect.objectContaining({ file: "planets.yaml", pointer: "#/get/responses/200" }),
    ]),
  });

  // A file that cannot be parsed is no part of a spec: nothing can be said of the rest.
  const syntax = await generate(["--spec", "root-2.yaml", "--out", "out"], { cwd: folder.path });
  expect(syntax.code).toBe(1);
  expect(problemsIn(syntax.stderr)).toContainEqual(
    expect.objectContaining({
      file: "syntax.yaml",
      line: 2,
      remedy: expect.stringContaining("Fix the syntax"),
    }),
  );
  expect(await filesIn(join(folder.path, "out"))).toEqual(before);
  expect(await compile(join(folder.path, "dangling"))).toEqual(new Map());
});

test("an API without authentication is not at fault", async () => {
  // `good` has no `security`, which the OpenAPI specification allows.
  await writeFile(join(folder.path, "again.yaml"), good);
  const { code } = await generate(["--spec", "again.yaml", "--out", "again"], { cwd: folder.path });
  expect(code).toBe(0);
});
