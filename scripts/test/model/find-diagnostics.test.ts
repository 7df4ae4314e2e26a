import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildModel } from "../../src/model/build-model.ts";
import { loadSpec } from "../../src/spec/load/load-spec.ts";
import {
  api,
  compile,
  filesIn,
  generate,
  lineOf,
  problemsIn,
  root,
  run,
  temporaryFolder,
} from "../support/harness.ts";

const answer = 'responses: { "200": { description: Done. } }';

interface Case {
  readonly what: string;
  /** The reported line ends with the comment `# here`. */
  readonly spec: string;
  readonly pointer: string;
  readonly message: string;
  readonly effect: string;
  readonly remedy: string;
}

function parameter(text: string, path = "/planets"): string {
  return api(`
paths:
  ${path}:
    get:
      operationId: readPlanets
      ${answer}
      parameters:
        - ${text} # here
`);
}

function paginated(extension: string, items = "type: array, items: { type: string }"): string {
  return api(`
paths:
  /planets:
    get:
      operationId: listPlanets
      parameters:
        - { name: skip, in: query, schema: { type: integer, default: 0 } }
        - { name: take, in: query, schema: { type: integer, default: 10 } }
        - { name: bare, in: query, schema: { type: integer } }
      x-pagination: ${extension} # here
      responses:
        "200": { description: A page., content: { application/json: { schema: { ${items} } } } }
`);
}

function experimental(extension: string): string {
  return api(`
paths:
  /planets:
    get:
      operationId: listPlanets
      x-experimental: ${extension} # here
      ${answer}
`);
}

const get = "#/paths/~1planets/get";
const paginationRemedy =
  "Name two query parameters as `offset` and `limit`, give the limit a default, and answer with an array.";

const leftOut = "The parameter is left out.";
const nested = "A call with such a value is rejected.";
const flat = "Describe it with a `content` of `application/json`, or use only primitive values.";

const cases: Case[] = [
  {
    what: "a parameter that is described by what is neither JSON nor text",
    spec: parameter(
      "{ name: filter, in: query, content: { application/xml: { schema: { type: object } } } }",
    ),
    pointer: `${get}/parameters/0`,
    message: 'The parameter "filter" is described by application/xml.',
    effect: leftOut,
    remedy: "Describe it by a `schema`, or as `application/json`.",
  },
  {
    what: "a path parameter that may be left out",
    spec: parameter("{ name: id, in: path, schema: { type: string } }", "/{id}"),
    pointer: "#/paths/~1{id}/get/parameters/0",
    message: 'The path parameter "id" is not marked as required.',
    effect: "It is required.",
    remedy: "Write `required: true`.",
  },
  ...["/planets?near=1", "/planets#near", "/{id}/moons/{id}"].map((path) => ({
    what: `the path ${path}`,
    spec: api(`
paths:
  "${path}":
    get: # here
      operationId: readPlanets
      parameters: [${path.includes("{") ? "{ name: id, in: path, required: true, schema: { type: string } }" : ""}]
      ${answer}
`),
    pointer: `#/paths/${path.replaceAll("/", "~1")}/get`,
    message: `The path ${path} names a parameter twice, has a query or a fragment, or does not begin with a slash.`,
    effect: "The operation is left out.",
    remedy: "Name each parameter of a path once, and describe a query by parameters.",
  })),
  {
    what: "TRACE",
    spec: api(`
paths:
  /planets:
    trace: # here
      operationId: readPlanets
      ${answer}
`),
    pointer: "#/paths/~1planets/trace",
    message: "No `fetch` sends TRACE.",
    effect: "The operation is left out.",
    remedy: "Leave the operation out (https://fetch.spec.whatwg.org/#forbidden-method).",
  },
  ...[
    ["", "The method takes no body."],
    ["required: true, ", "The operation is left out."],
  ].map(([required = "", effect = ""]) => ({
    what: `the ${required}body of a GET`,
    spec: api(`
paths:
  /planets:
    get:
      operationId: readPlanets
      requestBody: { ${required}content: { application/json: { schema: { type: object } } } } # here
      ${answer}
`),
    pointer: `${get}/requestBody`,
    message: 'No `fetch` sends the body of a GET, which "readPlanets" has.',
    effect,
    remedy: "Describe it by parameters, or use another method (RFC 9110, section 9.3.1).",
  })),
  {
    what: "a list of objects in the query",
    spec: parameter("{ name: l, in: query, schema: { type: array, items: { type: object } } }"),
    pointer: `${get}/parameters/0`,
    message: 'The parameter "l" is nested: OpenAPI has no way to write its items.',
    effect: leftOut,
    remedy: flat,
  },
  {
    what: "a required list of lists in a header",
    spec: parameter(
      "{ name: X-L, in: header, required: true, schema: { type: array, items: { items: { type: string } } } }",
    ),
    pointer: `${get}/parameters/0`,
    message: 'The parameter "X-L" is nested: OpenAPI has no way to write its items.',
    effect: "The operation is left out.",
    remedy: flat,
  },
  {
    what: "an object in the query that holds a list",
    spec: parameter(
      "{ name: f, in: query, style: deepObject, schema: { type: object, properties: { a: { type: string }, l: { type: array } } } }",
    ),
    pointer: `${get}/parameters/0`,
    message: 'The parameter "f" is nested: OpenAPI has no way to write its member "l".',
    effect: nested,
    remedy: flat,
  },
  ...(
    [
      ["query", "simple", "form"],
      ["query", "matrix", "form"],
      ["header", "form", "simple"],
      ["cookie", "simple", "form"],
    ] as const
  ).map(([place, style, usual]) => ({
    what: `the style ${style} in a ${place}`,
    spec: parameter(`{ name: ids, in: ${place}, style: ${style}, schema: { type: string } }`),
    pointer: `${get}/parameters/0`,
    message: `The ${place} parameter "ids" has the style "${style}", which OpenAPI does not have there.`,
    effect: leftOut,
    remedy: `Use the style "${usual}".`,
  })),
  {
    what: "a list that is to be a deep object",
    spec: parameter("{ name: ids, in: query, style: deepObject, schema: { type: array } }"),
    pointer: `${get}/parameters/0`,
    message: 'The query parameter "ids" has the style "deepObject", which OpenAPI does not have there.',
    effect: leftOut,
    remedy: 'Use the style "form".',
  },
  ...["Content-Length", "host", "X Y"].map((name) => ({
    what: `the header ${name}`,
    spec: parameter(`{ name: ${name}, in: header, schema: { type: string } }`),
    pointer: `${get}/parameters/0`,
    message: `A request cannot be given the header "${name}".`,
    effect: leftOut,
    remedy: "Remove it: the platform sets this header, or the name is not a valid header name.",
  })),
  ...[
    ["an absent limit", "{ offset: skip, limit: nowhere }"],
    ["an absent offset", "{ offset: nowhere, limit: take }"],
    ["a limit without a default", "{ offset: skip, limit: bare }"],
    ["half of what it needs", "{ limit: take }"],
  ].map(([fault, extension = ""]) => ({
    what: `a pagination that names ${fault}`,
    spec: paginated(extension),
    pointer: `${get}/x-pagination`,
    message: 'The pagination of "listPlanets" cannot be followed.',
    effect: "The method returns a single page.",
    remedy: paginationRemedy,
  })),
  {
    what: "a pagination of what is no array",
    spec: paginated("{ offset: skip, limit: take }", "type: object"),
    pointer: `${get}/x-pagination`,
    message: 'The pagination of "listPlanets" cannot be followed.',
    effect: "The method returns a single page.",
    remedy: paginationRemedy,
  },
  ...['"true"', "1", "{ since: v2024 }", "null"].map((extension) => ({
    what: `x-experimental: ${extension}`,
    spec: experimental(extension),
    pointer: `${get}/x-experimental`,
    message: 'The `x-experimental` of "listPlanets" is neither true nor false.',
    effect: "It is treated as `false`.",
    remedy: "Write `x-experimental: true`, or leave it out.",
  })),
  {
    what: "a schema that is composed of itself",
    spec: api(`
paths: {}
components:
  schemas:
    Egg: { allOf: [{ $ref: "#/components/schemas/Hen" }] }
    Hen: { oneOf: [{ type: string }, { $ref: "#/components/schemas/Egg" }] } # here
`),
    pointer: "#/components/schemas/Hen/oneOf/1",
    message: "The schema is composed of Egg, which is composed of it.",
    effect: "Its type is `unknown`.",
    remedy: "Refer to the schema from a property or an item instead.",
  },
];

test.for(cases)("$what is reported with its effect", async ({ spec, pointer, message, effect, remedy }) => {
  const line = lineOf(spec, "# here");
  expect(await diagnosticsOf(spec)).toEqual([{ line, pointer, message, effect, remedy }]);
});

test("reports webhooks once, as an info", async () => {
  const spec = api(`
webhooks: # here
  born: { post: { ${answer} } }
  gone: { post: { ${answer} } }
`);
  expect(await diagnosticsOf(spec)).toMatchObject([
    {
      line: lineOf(spec, "# here"),
      pointer: "#/webhooks",
      message: "The spec has 2 webhooks.",
      harmless: true,
    },
  ]);
});

test("does not report a valid pagination", async () => {
  expect(await diagnosticsOf(paginated("{ offset: skip, limit: take }"))).toEqual([]);
});

test.each(["true", "false"])("does not report x-experimental: %s", async (extension) => {
  expect(await diagnosticsOf(experimental(extension))).toEqual([]);
});

test("reports a parameter behind a $ref at the $ref", async () => {
  const spec = `${parameter('{ $ref: "#/components/parameters/Host" }')}
components: { parameters: { Host: { name: Host, in: header, schema: { type: string } } } }
`;
  expect(await diagnosticsOf(spec)).toMatchObject([
    { line: lineOf(spec, "# here"), pointer: `${get}/parameters/0` },
  ]);
});

test("reports a shared part once, and everything else compiles", async () => {
  await using folder = await temporaryFolder();
  const spec = api(`
paths:
  /planets/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: Host, in: header, schema: { type: string } }
      - { name: X-Trace, in: header, schema: { type: string } }
    get: { operationId: getPlanet, ${answer} }
    delete: { operationId: deletePlanet, ${answer} }
    trace: { operationId: tracePlanet, ${answer} }
`);
  await writeFile(join(folder.path, "spec.yaml"), spec);
  const { code, stderr } = await generate(["--spec", "spec.yaml", "--out", "out"], { cwd: folder.path });
  expect(code).toBe(0);
  expect(problemsIn(stderr).map(({ file, line, pointer }) => [file, line, pointer])).toEqual([
    ["spec.yaml", lineOf(spec, "Host"), "#/paths/~1planets~1{id}/parameters/1"],
    ["spec.yaml", lineOf(spec, "trace:"), "#/paths/~1planets~1{id}/trace"],
  ]);
  expect(stderr).toMatch(/\n2 problems; everything else was generated\.\n$/);
  const files = await filesIn(join(folder.path, "out"));
  expect(JSON.parse(files.get("report.json") ?? "")).toMatchObject({
    diagnostics: [
      {
        file: "spec.yaml",
        line: lineOf(spec, "Host"),
        pointer: "#/paths/~1planets~1{id}/parameters/1",
        message: 'A request cannot be given the header "Host".',
        effect: leftOut,
      },
      { pointer: "#/paths/~1planets~1{id}/trace", effect: "The operation is left out." },
    ],
  });
  const operations = files.get("operations.ts") ?? "";
  expect([...operations.matchAll(/^ {2}(\w+): \{/gm)].map(([, name]) => name)).toEqual([
    "getPlanet",
    "deletePlanet",
  ]);
  expect(files.get("methods.ts")).not.toContain("Host");
  expect(files.get("methods.ts")).toContain('"X-Trace"?: string');
  expect(await compile(folder.path)).toEqual(new Map());
});

test("nothing may be left out of this project's own spec", async () => {
  await using folder = await temporaryFolder();
  const copy = await ownCopy(folder.path);
  const path = join(copy, "spec/openapi.yaml");
  const spec = await readFile(path, "utf8");
  await writeFile(path, spec.replace(/^ {4}post:$/m, "    trace:"));
  const before = await filesIn(join(copy, "packages"));
  const { code, stdout, stderr } = await run([join(copy, "scripts/src/commands/generate.js")], { cwd: copy });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(problemsIn(stderr)).toMatchObject([
    {
      file: "spec/openapi.yaml",
      message: "No `fetch` sends TRACE.",
      remedy: expect.stringContaining("Leave"),
    },
  ]);
  expect(stderr).toMatch(/\nNothing was written\.\n$/);
  expect(await filesIn(join(copy, "packages"))).toEqual(before);
});

/** A copy of what generating this project's own spec needs. */
async function ownCopy(folder: string): Promise<string> {
  for (const name of [
    ".changeset",
    "spec",
    "scripts/src",
    "scripts/package.json",
    "packages/types/src",
    "docs",
  ])
    await cp(join(root, name), join(folder, name), { recursive: true });
  await symlink(join(root, "scripts/node_modules"), join(folder, "scripts/node_modules"), "junction");
  return folder;
}

/** Lists the parts of a spec that the output lacks, with their lines. */
async function diagnosticsOf(text: string) {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "spec.yaml");
  await writeFile(path, text);
  const spec = await loadSpec(path);
  expect(spec.problems).toEqual([]);
  const { diagnostics } = buildModel(spec.document, "spec.yaml");
  return diagnostics.map((diagnostic) => ({ line: spec.locate(diagnostic.pointer).line, ...diagnostic }));
}
