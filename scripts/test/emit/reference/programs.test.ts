import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { layersOf, sectionOf, temporaryFolder } from "../../support/harness.ts";

const spec = (info: string) => `openapi: 3.1.0
info: { title: Planets, version: "1", x-client-name: planets${info} }
paths:
  /planets/{id}:
    get:
      operationId: getPlanet
      tags: [Planets]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string }, example: mars }
        - { name: moons, in: query, schema: { type: boolean } }
      responses:
        "200": { description: A planet., content: { application/json: { schema: { type: object } } } }
        "404": { description: "No planet\\nhas this id." }
        "418": { description: A teapot. }
`;

/** The code blocks of the section "Example". */
async function programsOf(info: string): Promise<string[]> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "spec.yaml");
  await writeFile(path, spec(info));
  const page = (await layersOf(path)).get("reference/planets.md") ?? "";
  const example = sectionOf(page, "### Example");
  return Array.from(example.matchAll(/```ts\n([^]*?)\n```/g), ([, code = ""]) => code);
}

const setup =
  ', x-client-package: "@planets/client", x-client-setup: "import { planets } from \\"./planets.ts\\";\\n\\nawait planets.ready;\\n"';

test("a program creates the client, and passes the required parameters or all of them", async () => {
  const [shortest, withAll] = await programsOf(setup);
  expect(shortest?.split("\n")).toEqual([
    'import { planets } from "./planets.ts";',
    "",
    "await planets.ready;",
    "",
    'const data = await planets.getPlanet({ id: "mars" });',
    "console.log(data);",
  ]);
  expect(withAll).toContain('planets.getPlanet({ id: "mars", moons: true })');
});

test("a program handles each class of error that the spec documents", async () => {
  const [, , withErrors = ""] = await programsOf(setup);
  expect(withErrors).toContain('import { NotFoundError } from "@planets/client";');
  expect(withErrors).toContain("if (error instanceof NotFoundError) {\n    // 404: No planet has this id.\n");
  expect(withErrors).toContain("} else {\n    throw error;\n  }\n}");
  expect(withErrors).not.toContain("ApiError");
});

test("without a setup in the spec, a program is the call alone", async () => {
  const programs = await programsOf("");
  expect(programs).toHaveLength(2);
  expect(programs[0]).toBe('const data = await planets.getPlanet({ id: "mars" });\nconsole.log(data);');
});
