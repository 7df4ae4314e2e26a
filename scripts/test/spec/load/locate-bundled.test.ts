import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadSpec } from "../../../src/spec/load/load-spec.ts";
import { api, lineOf, temporaryFolder } from "../../support/harness.ts";

const main = api(`
paths:
  /pets: { $ref: "service.yaml#/paths/~1pets" }
components:
  schemas:
    Own: { type: object, properties: { pet: { $ref: "service.yaml#/components/schemas/Pet" } } }
    Alias: { $ref: "service.yaml#/components/schemas/Tag" }
`);
const service = `
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200": { description: Them., content: { application/json: { schema: { $ref: "#/components/schemas/Cat" } } } }
        "404": { $ref: "Missing.yaml" }
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string } } }
    Tag:
      type: object
      properties:
        text: { type: string }
    Cat:
      type: object
      properties:
        claws: { type: integer }
`;
const missing = `
description: It is not there.
headers: { X-Trace: { schema: { type: string } } }
`;

test("finds each part of a bundled spec in its file", async () => {
  await using folder = await temporaryFolder();
  const texts = { "openapi.yaml": main, "service.yaml": service, "Missing.yaml": missing };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder.path, name), text);
  const { locate } = await loadSpec(join(folder.path, "openapi.yaml"));
  const expectAt = (pointer: string, name: keyof typeof texts, wanted: string) => {
    const { file, line } = locate(pointer);
    expect({ pointer, file, line }).toEqual({
      pointer,
      file: join(folder.path, name),
      line: lineOf(texts[name], wanted),
    });
  };
  expectAt("#/info/title", "openapi.yaml", "title: Test");
  expectAt("#/paths/~1pets/get/operationId", "service.yaml", "operationId");
  expectAt("#/components/schemas/Own/properties/pet", "openapi.yaml", "Own:");
  expectAt("#/components/schemas/Pet/properties/name", "service.yaml", "Pet:");
  expectAt("#/components/schemas/Alias/properties/text", "service.yaml", "text:");
  expectAt("#/components/schemas/Cat/properties/claws", "service.yaml", "claws:");
  expectAt("#/components/responses/Missing/headers/X-Trace", "Missing.yaml", "headers:");
  // In no file: its nearest parent.
  expectAt("#/components/schemas/Unknown/type", "openapi.yaml", "schemas:");
});
