import { parseYaml } from "@redocly/openapi-core";
import type { OpenAPI3 } from "../../../src/spec/openapi.ts";
import { expect, test } from "vitest";
import { diffDocuments } from "../../../src/diff/diff-documents.ts";
import { specItem } from "../../../src/release/changesets/change-item.ts";
import { api, layersOf, writeSpec } from "../../support/harness.ts";

const spec = (operation: string, parameter: string, property: string) =>
  api(`
paths:
  /planets:
    get:
      operationId: listPlanets
      tags: [Planets]
      description: All planets.
      ${operation}
      parameters:
        - { name: size, in: query, ${parameter} schema: { type: string } }
      responses:
        "200": { description: Them., content: { application/json: { schema: { $ref: "#/components/schemas/Planet" } } } }
components:
  schemas:
    Planet: { type: object, properties: { moon: { type: string, ${property} } } }
`);
const plain = spec("", "", "");
const deprecated = spec(
  'deprecated: true\n      x-deprecated: { since: "1.4", use: getPlanets }',
  "deprecated: true, x-deprecated: { use: width },",
  'deprecated: true, x-deprecated: { since: "2.0" }',
);

test("x-deprecated is in the docstrings and the reference", async () => {
  await using folder = await writeSpec(deprecated);
  const files = await layersOf(folder.file);
  const expectIn = (name: string, ...texts: string[]) => {
    for (const text of texts) expect(files.get(name)).toContain(text);
  };
  const [operation, parameter, property] = [
    "Deprecated since 1.4; use `getPlanets` instead.",
    "Deprecated: use `width` instead.",
    "Deprecated since 2.0.",
  ];
  expectIn("methods.ts", operation, parameter, "@deprecated");
  expectIn("reference/planets.md", operation, parameter);
  expectIn("models.ts", property);
});

test("x-deprecated is in the changelog, once", () => {
  const { changes } = diffDocuments(parseYaml(plain) as OpenAPI3, parseYaml(deprecated) as OpenAPI3);
  const items = changes.map(specItem);
  expect(items.every(({ kind }) => kind === "Deprecated")).toBe(true);
  expect(items.map(({ text }) => text.replace(/ \(.*$/, ""))).toEqual([
    "`listPlanets` is deprecated since 1.4; use `getPlanets` instead.",
    "The query parameter `size` is deprecated: use `width` instead.",
    "`Planet.moon` is deprecated since 2.0.",
  ]);
});
