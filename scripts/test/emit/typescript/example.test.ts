import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { api, layersOf, temporaryFolder } from "../../support/harness.ts";

/** Models that each hold several of the next, and the last one itself: written out, that is without end. */
const depth = 40;
const models = Array.from(
  { length: depth },
  (_, n) => `    Box${n}:
      type: object
      properties:
        first: { $ref: "#/components/schemas/Box${Math.min(n + 1, depth - 1)}" }
        second: { $ref: "#/components/schemas/Box${Math.min(n + 1, depth - 1)}" }
        all: { type: array, items: { $ref: "#/components/schemas/Box${Math.min(n + 1, depth - 1)}" } }
`,
).join("");
const spec = api(`
paths:
  /boxes:
    post:
      operationId: createBox
      tags: [Boxes]
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Box0" } } } }
      responses: { "204": { description: Done. } }
components:
  schemas:
${models}`);

test("an example that is made up ends at some depth, without holes", async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, "spec.yaml"), spec);
  const files = await layersOf(join(folder.path, "spec.yaml"));
  const [, example = ""] = /```ts\n([^]*?)\n```/.exec(files.get("reference/boxes.md") ?? "") ?? [];
  expect(example).toContain("first: {");
  expect(example).toContain("all: []");
  expect(example).not.toMatch(/undefined|null/);
  expect(example.length).toBeLessThan(20_000);
});
