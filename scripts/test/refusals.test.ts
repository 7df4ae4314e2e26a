import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildModel } from "../src/build-model.ts";
import { loadSpec } from "../src/load-spec.ts";
import { findRefusals } from "../src/refusals.ts";
import { api, generate, lineOf, problemsIn, temporaryFolder } from "./harness.ts";

const answer = 'responses: { "200": { description: Done. } }';

interface Case {
  readonly what: string;
  /** The refused line ends with the comment `# here`. */
  readonly spec: string;
  readonly pointer: string;
  readonly message: string;
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

function schema(name: string): string {
  return api(`
paths: {}
components:
  schemas:
    ${name}: # here
      type: object
`);
}

function operation(id: string, rest = ""): string {
  return api(`
paths:
  /planets:
    get:
      operationId: ${id} # here
      ${answer}
${rest}`);
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

const cases: Case[] = [
  {
    what: "a cookie parameter",
    spec: parameter("{ name: session, in: cookie, schema: { type: string } }"),
    pointer: `${get}/parameters/0`,
    message: 'The cookie parameter "session" cannot be sent.',
    remedy: "Describe it as a security scheme, or leave it out.",
  },
  {
    what: "a parameter that a media type describes",
    spec: parameter(
      "{ name: filter, in: query, content: { application/json: { schema: { type: object } } } }",
    ),
    pointer: `${get}/parameters/0`,
    message: 'The parameter "filter" has a `content`.',
    remedy: "Describe the parameter by a `schema`.",
  },
  {
    what: "reserved characters that are not encoded",
    spec: parameter("{ name: q, in: query, allowReserved: true, schema: { type: string } }"),
    pointer: `${get}/parameters/0`,
    message: 'The parameter "q" has `allowReserved`.',
    remedy: "Leave it out: every reserved character is percent-encoded.",
  },
  {
    what: "a path parameter that may be left out",
    spec: parameter("{ name: id, in: path, schema: { type: string } }", "/{id}"),
    pointer: "#/paths/~1{id}/get/parameters/0",
    message: 'The path parameter "id" is not marked as required.',
    remedy: "Write `required: true`: there is no path without it.",
  },
  {
    what: "a path with a query",
    spec: api(`
paths:
  /planets?near=1:
    get: # here
      operationId: readPlanets
      ${answer}
`),
    pointer: "#/paths/~1planets?near=1/get",
    message: "The path /planets?near=1 names a parameter twice, or has a query or a fragment.",
    remedy: "Name each parameter of a path once, and describe a query by parameters.",
  },
  {
    what: "an operation with servers of its own",
    spec: api(`
paths:
  /planets:
    get: # here
      operationId: readPlanets
      servers: [{ url: https://elsewhere.example }]
      ${answer}
`),
    pointer: get,
    message: 'The operation "readPlanets" has servers of its own.',
    remedy: "Describe it in a document of its own: a client calls one server.",
  },
  {
    what: "a query parameter that is an object by what it is composed of",
    spec: parameter("{ name: f, in: query, schema: { allOf: [{ properties: { a: { type: string } } }] } }"),
    pointer: `${get}/parameters/0`,
    message: 'The parameter "f" has the style "form".',
    remedy: 'Use the style "deepObject".',
  },
  {
    what: "a list of objects in the query",
    spec: parameter("{ name: l, in: query, schema: { type: array, items: { type: object } } }"),
    pointer: `${get}/parameters/0`,
    message: 'The parameter "l" is a list of what is no plain value, or may be a list and an object.',
    remedy: "Describe it as plain values, a list of them, or an object.",
  },
  {
    what: "successes of different kinds",
    spec: api(`
paths:
  /planets:
    get:
      operationId: readPlanets
      responses: # here
        "200": { description: It., content: { application/json: { schema: { type: string } } } }
        "202": { description: Wait., content: { text/plain: { schema: { type: string } } } }
`),
    pointer: `${get}/responses`,
    message: 'The successes of "readPlanets" have bodies of different kinds: json, text.',
    remedy: "Let them have one kind of body, or make operations of them.",
  },
  {
    what: "a style that is not the default",
    spec: parameter("{ name: ids, in: query, style: pipeDelimited, schema: { type: array, items: {} } }"),
    pointer: `${get}/parameters/0`,
    message: 'The parameter "ids" has the style "pipeDelimited" without `explode`.',
    remedy: 'Use the style "form" with `explode`.',
  },
  {
    what: "a list of values between commas",
    spec: parameter('{ name: ids, in: query, explode: false, schema: { type: [array, "null"], items: {} } }'),
    pointer: `${get}/parameters/0`,
    message: 'The parameter "ids" has the style "form" without `explode`.',
    remedy: 'Use the style "form" with `explode`.',
  },
  {
    what: "an object in the query that is not deep",
    spec: parameter("{ name: filter, in: query, schema: { type: object } }"),
    pointer: `${get}/parameters/0`,
    message: 'The parameter "filter" has the style "form".',
    remedy: 'Use the style "deepObject".',
  },
  {
    what: "a matrix in the path",
    spec: parameter(
      "{ name: id, in: path, required: true, style: matrix, schema: { type: string } }",
      "/{id}",
    ),
    pointer: "#/paths/~1{id}/get/parameters/0",
    message: 'The parameter "id" has the style "matrix" without `explode`.',
    remedy: 'Use the style "simple".',
  },
  {
    what: "an array in the path",
    spec: parameter("{ name: id, in: path, required: true, schema: { type: array, items: {} } }", "/{id}"),
    pointer: "#/paths/~1{id}/get/parameters/0",
    message: 'The path parameter "id" is no plain value.',
    remedy: "Describe it as a string, number or boolean.",
  },
  {
    what: "a nullable array in the path",
    spec: parameter(
      '{ name: id, in: path, required: true, schema: { type: [array, "null"], items: {} } }',
      "/{id}",
    ),
    pointer: "#/paths/~1{id}/get/parameters/0",
    message: 'The path parameter "id" is no plain value.',
    remedy: "Describe it as a string, number or boolean.",
  },
  {
    what: "an object in a header",
    spec: parameter("{ name: X-Filter, in: header, schema: { type: object } }"),
    pointer: `${get}/parameters/0`,
    message: 'The header parameter "X-Filter" is no plain value.',
    remedy: "Describe it as a string, number or boolean.",
  },
  {
    what: "one name for a path and a query parameter",
    spec: api(`
paths:
  /planets/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    get:
      operationId: getPlanet
      ${answer}
      parameters:
        - { name: id, in: query, schema: { type: string } } # here
`),
    pointer: "#/paths/~1planets~1{id}/get/parameters/0",
    message: 'The argument of "getPlanet" already has a member "id".',
    remedy: "Rename the parameter: path, query and header parameters stand side by side with the body.",
  },
  {
    what: "a parameter called body, next to a request body",
    spec: api(`
paths:
  /planets:
    post:
      operationId: createPlanet
      requestBody: { content: { application/json: { schema: { type: object } } } }
      ${answer}
      parameters:
        - { name: body, in: query, schema: { type: string } } # here
`),
    pointer: "#/paths/~1planets/post/parameters/0",
    message: 'The argument of "createPlanet" already has a member "body".',
    remedy: "Rename the parameter: path, query and header parameters stand side by side with the body.",
  },
  ...["Big-Planet", "planet.v1", "class", "package", "keyof"].map((name) => ({
    what: `a schema that TypeScript cannot name: ${name}`,
    spec: schema(name),
    pointer: `#/components/schemas/${name}`,
    message: `The schema "${name}" cannot name a TypeScript type.`,
    remedy: "Rename the schema.",
  })),
  ...["ApiPromise", "paths", "FormData", "ServerVariables", "server"].map((name) => ({
    what: `a schema whose name the output has already: ${name}`,
    spec: schema(name),
    pointer: `#/components/schemas/${name}`,
    message: `The name "${name}" is taken by the generated code.`,
    remedy: "Rename the schema.",
  })),
  ...["raw", "then"].map((id) => ({
    what: `an operation called ${id}`,
    spec: operation(id),
    pointer: `${get}/operationId`,
    message: `A method cannot be called "${id}": the client has a member of that name.`,
    remedy: "Give the operation another operationId.",
  })),
  {
    what: "an operationId that begins with a digit",
    spec: operation("2moons"),
    pointer: `${get}/operationId`,
    message: 'The operationId "2moons" cannot name a TypeScript type, as 2moonsParameters would.',
    remedy: "Let it begin with a letter.",
  },
  {
    what: "a schema that is called as the parameters of an operation are",
    spec: operation("get-planet", "components: { schemas: { GetPlanetParameters: { type: object } } }\n"),
    pointer: `${get}/operationId`,
    message:
      'The operation "get-planet" needs the type name GetPlanetParameters, which #/components/schemas/GetPlanetParameters has already.',
    remedy: "Rename one of them.",
  },
  {
    what: "two operations whose parameters would be called alike",
    spec:
      operation("getPlanet").replace(" # here", "") +
      `    put:\n      operationId: get-planet # here\n      ${answer}\n`,
    pointer: "#/paths/~1planets/put/operationId",
    message:
      'The operation "get-planet" needs the type name GetPlanetParameters, which #/paths/~1planets/get has already.',
    remedy: "Rename one of them.",
  },
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
    remedy: paginationRemedy,
  })),
  {
    what: "a pagination of what is no array",
    spec: paginated("{ offset: skip, limit: take }", "type: object"),
    pointer: `${get}/x-pagination`,
    message: 'The pagination of "listPlanets" cannot be followed.',
    remedy: paginationRemedy,
  },
  ...['"true"', "1", "{ since: v2024 }", "null"].map((extension) => ({
    what: `x-experimental: ${extension}`,
    spec: experimental(extension),
    pointer: `${get}/x-experimental`,
    message: 'The `x-experimental` of "listPlanets" is neither true nor false.',
    remedy: "Write `x-experimental: true`, or leave it out.",
  })),
];

test.for(cases)("$what is refused", async ({ spec, pointer, message, remedy }) => {
  expect(await refusalsOf(spec)).toEqual([{ line: lineOf(spec, "# here"), pointer, message, remedy }]);
});

test("a pagination that can be followed is not refused", async () => {
  expect(await refusalsOf(paginated("{ offset: skip, limit: take }"))).toEqual([]);
});

test.each(["true", "false"])("x-experimental: %s is not refused", async (extension) => {
  expect(await refusalsOf(experimental(extension))).toEqual([]);
});

test("a refused parameter behind a $ref is told where the operation names it", async () => {
  const spec = `${parameter('{ $ref: "#/components/parameters/Session" }')}
components: { parameters: { Session: { name: session, in: cookie, schema: { type: string } } } }
`;
  expect(await refusalsOf(spec)).toMatchObject([
    { line: lineOf(spec, "# here"), pointer: `${get}/parameters/0` },
  ]);
});

test("everything that is refused is told at once", async () => {
  await using folder = await temporaryFolder();
  const spec = `${operation("raw", "")}
      parameters:
        - { name: session, in: cookie, schema: { type: string } }
        - { name: X-Filter, in: header, schema: { type: object } }
    delete:
      ${answer}
components: { schemas: { class: { type: object }, Blob: { type: object } } }
`;
  await writeFile(join(folder.path, "spec.yaml"), spec);
  const { code, stdout, stderr } = await generate(["--spec", "spec.yaml", "--out", "out"], {
    cwd: folder.path,
  });
  expect(problemsIn(stderr).map(({ file, line, pointer }) => [file, line, pointer])).toEqual([
    ["spec.yaml", lineOf(spec, "class"), "#/components/schemas/class"],
    ["spec.yaml", lineOf(spec, "Blob"), "#/components/schemas/Blob"],
    ["spec.yaml", lineOf(spec, "operationId"), `${get}/operationId`],
    ["spec.yaml", lineOf(spec, "session"), `${get}/parameters/0`],
    ["spec.yaml", lineOf(spec, "X-Filter"), `${get}/parameters/1`],
    ["spec.yaml", lineOf(spec, "delete"), "#/paths/~1planets/delete"],
  ]);
  expect(stderr).toMatch(/\nNothing was written\.\n$/);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  await expect(access(join(folder.path, "out"))).rejects.toThrow("ENOENT");
});

/** What is refused of a spec, and on which line. */
async function refusalsOf(text: string) {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "spec.yaml");
  await writeFile(path, text);
  const spec = await loadSpec(path);
  const refusals = findRefusals(buildModel(spec.document, "spec.yaml"));
  return refusals.map((refusal) => ({ line: spec.locate(refusal.pointer).line, ...refusal }));
}
