import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildModel } from "../../src/model/build-model.ts";
import { loadSpec } from "../../src/spec/load/load-spec.ts";
import { api, compile, filesIn, generate, sectionOf, tableIn, temporaryFolder } from "../support/harness.ts";

const spec = api(`
paths:
  /planets/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: X-Mode, in: header, required: true, schema: { const: path } }
    patch:
      operationId: patchPlanet
      tags: [Planets]
      parameters:
        - { name: X-Preview, in: header, required: true, description: Without it there is a 404., schema: { type: string, const: "true" } }
        - { $ref: "#/components/parameters/Format" }
        - { name: X-Mode, in: header, required: true, schema: { const: operation } }
        - { name: body, in: header, required: true, schema: { const: patch } }
      requestBody: { required: true, content: { application/json-patch+json: { schema: { type: array, items: { type: object } } } } }
      responses: { "204": { description: Done. } }
    get:
      operationId: getPlanet
      tags: [Planets]
      parameters:
        - { name: X-Mode, in: header, schema: { const: path } }
        - { name: X-Sort, in: header, required: true, schema: { type: string, enum: [near, far] } }
        - { name: X-Depth, in: header, required: true, schema: { const: 1 } }
        - { name: X-Star, in: header, required: true, schema: { type: string } }
        - { name: view, in: query, required: true, schema: { const: full } }
      responses: { "204": { description: Done. } }
  /planets:
    get:
      operationId: listPlanets
      tags: [Planets]
      parameters: [{ $ref: "#/components/parameters/Format" }]
      responses: { "204": { description: Done. } }
components:
  parameters:
    Format: { name: X-Format, in: header, required: true, schema: { $ref: "#/components/schemas/Format" } }
  schemas:
    Format: { type: string, enum: [short] }
`);

const consumer = `
import type { Methods } from "./out/index.ts";
declare const planets: Methods;
void planets.listPlanets();
void planets.patchPlanet({ id: "1", body: [{}] });
// @ts-expect-error The operation's own value is sent.
void planets.patchPlanet({ id: "1", body: [{}], "X-Preview": "true" });
void planets.getPlanet({ id: "1", "X-Mode": "path", "X-Sort": "near", "X-Depth": 1, "X-Star": "sun", view: "full" });
void planets.getPlanet({ id: "1", "X-Sort": "far", "X-Depth": 1, "X-Star": "sun", view: "full" });
// @ts-expect-error There is a choice.
void planets.getPlanet({ id: "1", "X-Depth": 1, "X-Star": "sun", view: "full" });
`;

describe("a required header with one value only", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let page: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
    await writeFile(join(folder.path, "spec.yaml"), spec);
    await writeFile(join(folder.path, "consumer.ts"), consumer);
    expect(await generate(["--spec", "spec.yaml", "--out", "out"], { cwd: folder.path })).toMatchObject({
      code: 0,
      stderr: "",
    });
    page = (await filesIn(join(folder.path, "out"))).get("reference/planets.md") ?? "";
  });
  afterAll(() => folder[Symbol.asyncDispose]());

  test("is in the operation's row, and any other header is an argument", async () => {
    const { operationTable } = (await import(join(folder.path, "out/operations.ts"))) as {
      operationTable: unknown;
    };
    expect(operationTable).toEqual({
      patchPlanet: {
        method: "PATCH",
        path: "/planets/{id}",
        headers: { "X-Mode": "operation", "X-Preview": "true", "X-Format": "short", body: "patch" },
        body: { mediaType: "application/json-patch+json", kind: "json" },
      },
      getPlanet: {
        method: "GET",
        path: "/planets/{id}",
        query: ["view"],
        header: ["X-Mode", "X-Sort", "X-Depth", "X-Star"],
      },
      listPlanets: { method: "GET", path: "/planets", headers: { "X-Format": "short" } },
    });
  });

  test("is no argument of the method", async () => {
    expect(await compile(folder.path)).toEqual(new Map());
  });

  test("is in the reference, outside the parameters and the example", () => {
    const patch = sectionOf(page, "## patchPlanet");
    const parameters = sectionOf(patch, "### Parameters");
    expect(tableIn(parameters).rows.map(([name]) => name)).toEqual(["`id`", "`body`"]);
    expect(parameters).toContain(
      "\n\nEvery request carries `X-Preview: true`. Without it there is a 404.\n\n" +
        "Every request carries `X-Format: short`.\n\n",
    );
    expect(sectionOf(patch, "### Example")).not.toContain("X-");
    const list = sectionOf(sectionOf(page, "## listPlanets"), "### Parameters");
    expect(list).toBe("\nNone.\n\nEvery request carries `X-Format: short`.\n\n");
    expect(sectionOf(page, "## getPlanet")).not.toContain("Every request carries");
  });

  test("is in the docstring", async () => {
    const methods = (await filesIn(join(folder.path, "out"))).get("methods.ts") ?? "";
    expect(methods).toContain("   * Every request carries `X-Preview: true`. Without it there is a 404.\n");
  });
});

test.each([
  ["{ const: one }", ["id"]],
  ["{ type: string }", ["id", "headerId"]],
])("a header of the name of another parameter, with the schema %s", async (schema, members) => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "spec.yaml");
  const text = api(`
paths:
  /planets/{id}:
    get:
      operationId: getPlanet
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: id, in: header, required: true, schema: ${schema} }
      responses: { "204": { description: Done. } }
`);
  await writeFile(path, text);
  const { model, diagnostics } = buildModel((await loadSpec(path)).document, "spec.yaml");
  expect(diagnostics).toEqual([]);
  expect(model.operations[0]?.parameters.map(({ member }) => member)).toEqual(members);
});
