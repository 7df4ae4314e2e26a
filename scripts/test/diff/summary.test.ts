import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { api, generate, temporaryFolder } from "../support/harness.ts";

const spec = await readFile(new URL("base.yaml", import.meta.url), "utf8");

/** Runs `generate` again on an edited spec. Returns its output after the list of files. */
async function secondRun(
  spec: string,
  edit: (text: string) => string,
  disturb?: (out: string) => Promise<void>,
) {
  await using folder = await temporaryFolder();
  const run = async (text: string) => {
    await writeFile(join(folder.path, "spec.yaml"), text);
    const outcome = await generate(["--spec", "spec.yaml", "--out", "out"], { cwd: folder.path });
    expect(outcome.code).toBe(0);
    return outcome.stdout;
  };
  const first = await run(spec);
  expect(first).toMatch(/^(?:wrote out\/\S+\n)+$/);
  await disturb?.(join(folder.path, "out"));
  const edited = edit(spec);
  return (await run(edited)).replace(/^(?:(?:wrote|removed) out\/\S+\n)*/, "");
}

test("generate prints the changes for users after the list of files", async () => {
  const output = await secondRun(spec, (text) =>
    text.replace("maximum: 250", "maximum: 100").replace("        age: { type: integer, default: 1 }\n", ""),
  );
  expect(output).toBe(`
For users this is breaking: 2 major.
  major  The query parameter \`limit\` has the \`maximum\` \`100\` instead of \`250\`. (listPets, ListPetsParameters)
  major  \`Pet.age\` is gone. (listPets, createPet, getPet, Pet)
`);
});

test("prints additions", async () => {
  const output = await secondRun(spec, (text) => text.replace("maximum: 250", "maximum: 500"));
  expect(output).toMatch(
    /^\nFor users this is not breaking: 1 minor\.\n {2}minor {2}The query parameter `limit`/,
  );
});

test("prints nothing for invisible changes, and nothing on the first run", async () => {
  expect(await secondRun(spec, (text) => `# Words.\n${text}`)).toBe("");
  const broken = async (out: string) => {
    const path = join(out, "openapi.json");
    await writeFile(path, (await readFile(path, "utf8")).slice(0, -5));
  };
  expect(await secondRun(api("paths: {}"), (text) => text, broken)).toBe("");
});

test("prints twenty changes, and counts the rest", async () => {
  const paths = Array.from(
    { length: 25 },
    (_, n) => `  /p${n}: { get: { operationId: get${n}, responses: { "204": { description: Done. } } } }\n`,
  );
  const output = await secondRun(api("paths: {}\n"), () => api(`paths:\n${paths.join("")}`));
  expect(output).toContain("For users this is not breaking: 25 minor.\n  minor  `get0` is new. (get0)\n");
  expect(output).toMatch(/\n {2}and 5 more\.\n$/);
  expect(output.trim().split("\n")).toHaveLength(22);
});
