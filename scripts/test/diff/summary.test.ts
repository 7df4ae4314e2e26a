import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { api, generate, temporaryFolder } from "../support/harness.ts";

const base = await readFile(new URL("base.yaml", import.meta.url), "utf8");
/** Without what is left out of the output, which would be told of too. */
const spec = base.replace(/^webhooks:\n(?: .*\n)*/m, "");

/** What `generate` prints of its second run, on an edited spec, after its list of files. */
async function secondRun(
  spec: string,
  edit: (text: string) => string,
  disturb?: (out: string) => Promise<void>,
) {
  await using folder = await temporaryFolder();
  const run = async (text: string) => {
    await writeFile(join(folder.path, "spec.yaml"), text);
    const outcome = await generate(["--spec", "spec.yaml", "--out", "out"], { cwd: folder.path });
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    return outcome.stdout;
  };
  const first = await run(spec);
  expect(first).toMatch(/^(?:wrote out\/\S+\n)+$/);
  await disturb?.(join(folder.path, "out"));
  const edited = edit(spec);
  return (await run(edited)).replace(/^(?:(?:wrote|removed) out\/\S+\n)*/, "");
}

test("after its files, generate tells what a break is for users", async () => {
  const told = await secondRun(spec, (text) =>
    text.replace("maximum: 250", "maximum: 100").replace("        age: { type: integer, default: 1 }\n", ""),
  );
  expect(told).toBe(`
For users this is breaking: 2 major.
  major  The query parameter \`limit\` has the \`maximum\` \`100\` instead of \`250\`. (listPets, ListPetsParameters)
  major  \`Pet.age\` is gone. (listPets, createPet, getPet, Pet)
`);
});

test("and what is new without being a break", async () => {
  const told = await secondRun(spec, (text) => text.replace("maximum: 250", "maximum: 500"));
  expect(told).toMatch(
    /^\nFor users this is not breaking: 1 minor\.\n {2}minor {2}The query parameter `limit`/,
  );
});

test("it says nothing of what users do not see, nor where there is nothing to compare with", async () => {
  expect(await secondRun(spec, (text) => `# Words.\n${text}`)).toBe("");
  const broken = async (out: string) => {
    const path = join(out, "openapi.json");
    await writeFile(path, (await readFile(path, "utf8")).slice(0, -5));
  };
  expect(await secondRun(api("paths: {}"), (text) => text, broken)).toBe("");
});

test("it names twenty changes, and counts the rest", async () => {
  const paths = Array.from(
    { length: 25 },
    (_, n) => `  /p${n}: { get: { operationId: get${n}, responses: { "204": { description: Done. } } } }\n`,
  );
  const told = await secondRun(api("paths: {}\n"), () => api(`paths:\n${paths.join("")}`));
  expect(told).toContain("For users this is not breaking: 25 minor.\n  minor  `get0` is new. (get0)\n");
  expect(told).toMatch(/\n {2}and 5 more\.\n$/);
  expect(told.trim().split("\n")).toHaveLength(22);
});
