import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildModel } from "../../src/model/build-model.ts";
import { loadSpec } from "../../src/spec/load/load-spec.ts";
import { layersOf, temporaryFolder } from "../support/harness.ts";

/** A spec with one operation, and these members in its `info`. */
async function withSpec<T>(members: string, use: (file: string) => Promise<T>): Promise<T> {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "spec.yaml");
  await writeFile(
    file,
    `openapi: 3.1.0
info: { title: Test, version: "1"${members} }
paths:
  /planets:
    get:
      operationId: listPlanets
      tags: [Planets]
      responses: { "200": { description: Planets., content: { application/json: { schema: { type: array } } } } }
`,
  );
  return await use(file);
}

test.for([
  ["", "client"],
  [", x-client-name: planets", "planets"],
  [", x-client-name: $", "$"],
])("info%s: examples call `%s`", async ([members = "", name]) => {
  const files = await withSpec(members, layersOf);
  for (const file of ["methods.ts", "reference/planets.md"]) {
    expect(files.get(file)).toContain(`const data = await ${name}.listPlanets();`);
  }
  expect(files.get("reference/index.md")).toContain(`In every example, \`${name}\` is a client of this API.`);
});

test.for(['""', "7", "null", "[planets]", "a-b", "await", "1st", "data", "form", "item", "openAsBlob"])(
  "x-client-name: %s is reported, and examples call `client`",
  async (name) => {
    await withSpec(`, x-client-name: ${name}`, async (file) => {
      const { diagnostics } = buildModel((await loadSpec(file)).document, "the spec");
      expect(diagnostics).toEqual([
        expect.objectContaining({
          pointer: "#/info/x-client-name",
          message: "The `x-client-name` cannot be used in examples.",
        }),
      ]);
      expect((await layersOf(file)).get("methods.ts")).toContain("await client.listPlanets()");
    });
  },
);
