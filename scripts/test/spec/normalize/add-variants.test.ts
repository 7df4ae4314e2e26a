import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { api, compile, generate, layersOf, writeSpec } from "../../support/harness.ts";

const json = (schema: string) => `content: { application/json: { schema: ${schema} } }`;
const named = (name: string) => `{ $ref: "#/components/schemas/${name}" }`;
const spec = api(`
paths:
  /trees:
    post:
      operationId: plantTree
      requestBody: { required: true, ${json(named("Tree"))} }
      responses: { "200": { description: It., ${json(named("Tree"))} } }
    put:
      operationId: putLeaves
      requestBody: { required: true, ${json(`{ type: array, items: ${named("Leaf")} }`)} }
      responses: { "200": { description: Plain., ${json(named("Plain"))} } }
  /beasts:
    post:
      operationId: addBeast
      requestBody: { $ref: "#/components/requestBodies/Beast" }
      responses: { "204": { description: Added. } }
components:
  requestBodies:
    Beast: { required: true, ${json(named("Beast"))} }
  schemas:
    Leaf:
      type: object
      required: [id, secret, name]
      properties: { id: { type: string, readOnly: true }, secret: { type: string, writeOnly: true }, name: { type: string } }
    Tree:
      type: object
      required: [leaf, children]
      properties:
        leaf: ${named("Leaf")}
        byName: { type: object, additionalProperties: ${named("Leaf")} }
        children: { type: array, items: ${named("Tree")} }
    Plain: { type: object, properties: { a: { type: string } } }
    Id: { type: string, readOnly: true }
    Beast:
      type: object
      required: [kind]
      discriminator: { propertyName: kind, mapping: { cat: "#/components/schemas/Cat" } }
      properties: { kind: { type: string }, id: ${named("Id")} }
    Cat: { allOf: [${named("Beast")}, { type: object, required: [id, lives], properties: { lives: { type: integer } } }] }
`);

test("requests lack readOnly properties and responses lack writeOnly ones, at every depth", async () => {
  await using folder = await writeSpec(spec);
  const { file, out } = folder;
  expect(await generate(["--spec", file, "--out", out])).toMatchObject({ code: 0 });
  await writeFile(
    join(out, "user.ts"),
    `import type { AddBeastParameters, Methods, PlantTreeParameters, PutLeavesParameters } from "./index.ts";
export const plant: PlantTreeParameters = {
  body: { leaf: { secret: "s", name: "n" }, byName: { a: { secret: "s", name: "n" } }, children: [] },
};
export const nested: PlantTreeParameters = {
  body: {
    leaf: { secret: "s", name: "n" },
    // @ts-expect-error -- \`id\` is readOnly
    children: [{ leaf: { id: "1", secret: "s", name: "n" }, children: [] }],
  },
};
export const leaves: PutLeavesParameters = { body: [{ secret: "s", name: "n" }] };
export const beast: AddBeastParameters = { body: { kind: "cat" } };
// @ts-expect-error -- \`id\` is readOnly
export const withId: AddBeastParameters = { body: { kind: "cat", id: "1" } };
export async function read(methods: Methods): Promise<string> {
  const tree = await methods.plantTree(plant);
  const [child] = tree.children;
  // @ts-expect-error -- \`secret\` is writeOnly
  tree.children[0]?.leaf.secret;
  return child?.leaf.id ?? tree.leaf.id;
}
`,
  );
  expect(await compile(out)).toEqual(new Map());
});

test("a schema without a difference gets no variant", async () => {
  await using folder = await writeSpec(spec);
  const models = (await layersOf(folder.file)).get("models.ts") ?? "";
  const names = [...models.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name);
  expect(names.toSorted((one = "", other = "") => one.localeCompare(other))).toEqual(
    "Beast BeastRequest Cat CatRequest Id Leaf LeafRequest LeafResponse Plain Tree TreeRequest TreeResponse".split(
      " ",
    ),
  );
});
