import type { OpenAPI3 } from "../../../src/spec/openapi.ts";
import { expect, test } from "vitest";
import { buildModel } from "../../../src/model/build-model.ts";
import { fits } from "../../../src/spec/normalize/fits.ts";
import { loadSpec } from "../../../src/spec/load/load-spec.ts";
import { api, layersOf, writeSpec } from "../../support/harness.ts";

const document: OpenAPI3 = {
  openapi: "3.1.0",
  info: { title: "Pets", version: "1" },
  components: {
    schemas: {
      Pet: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
      Dog: {
        type: "object",
        allOf: [
          { $ref: "#/components/schemas/Pet" },
          { type: "object", properties: { barks: { type: "boolean" } } },
        ],
      },
    },
  },
};
const dog = { $ref: "#/components/schemas/Dog" };
const marked = { type: "object", required: ["id"], properties: { id: { type: "string", readOnly: true } } };

test.for<readonly [schema: unknown, fitting: readonly unknown[], misfits: readonly unknown[]]>([
  [{ type: "integer" }, [1], ["1", null]],
  [{ type: ["string", "null"] }, ["a", null], [1]],
  [{ type: "string", nullable: true }, ["a", null], [1]],
  [{ enum: ["a", "b"] }, ["a"], ["c"]],
  [{ const: 1 }, [1], [2]],
  [{ type: "string", format: "binary" }, [], ["a"]],
  [{ type: "string", pattern: "^x" }, ["not x"], []],
  [{ type: "array", items: { type: "number" } }, [[], [1]], [["1"], 1]],
  [{ oneOf: [{ type: "null" }, dog] }, [null, { name: "a" }], [{}]],
  [dog, [{ name: "a", barks: true }], [{ barks: true }, { name: "a", meows: true }, { name: 1 }]],
  [{ type: "object" }, [{ a: 1 }], []],
  [{ type: "object", additionalProperties: { type: "number" } }, [{ a: 1 }], [{ a: "1" }]],
  [{ properties: { a: {} }, additionalProperties: true }, [{ b: 1 }], []],
  [marked, [{}, { id: "1" }], [{ id: 1 }]],
  [undefined, [1, null], []],
])("the schema %j", ([schema, fitting, misfits]) => {
  expect(fitting.filter((value) => !fits(document, schema, value))).toEqual([]);
  expect(misfits.filter((value) => fits(document, schema, value))).toEqual([]);
});

const spec = api(`
paths:
  /pets:
    post:
      operationId: addPet
      parameters: [{ name: size, in: query, schema: { type: integer }, example: big }]
      requestBody:
        content: { application/json: { schema: { $ref: "#/components/schemas/Pet" }, example: { id: "1", name: Rex } } }
      responses: { "204": { description: Added. } }
components:
  schemas:
    Pet:
      type: object
      properties:
        id: { type: string, readOnly: true }
        name: { type: string, example: 7 }
        owner: { oneOf: [{ type: "null" }, { type: string, example: Ada }] }
`);

test("an example that does not fit is reported with its place, and replaced by a sample", async () => {
  await using folder = await writeSpec(spec);
  const { file } = folder;
  const { diagnostics } = buildModel((await loadSpec(file)).document, "the spec");
  expect(diagnostics.map(({ pointer }) => pointer)).toEqual([
    "#/paths/~1pets/post/parameters/0/example",
    "#/components/schemas/Pet/properties/name/example",
    "#/paths/~1pets/post/requestBody/content/application~1json/example",
  ]);
  const methods = (await layersOf(file)).get("methods.ts");
  expect(methods).toContain('client.addPet({ body: { name: "string", owner: "Ada" } })');
});
