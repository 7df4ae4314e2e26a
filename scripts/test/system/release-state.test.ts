import { appendFile, cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root, run, temporaryFolder } from "../support/harness.ts";

/** The files of this repository that a release needs. Of the client and the mock tenant, only the manifests. */
const copied = [
  ".changeset/config.json",
  "docs",
  "etc",
  "packages/types/src",
  "packages/types/package.json",
  "packages/client/package.json",
  "packages/mock-tenant/package.json",
  "pnpm-lock.yaml",
  "scripts/package.json",
  "scripts/src",
  "spec/released",
];
const draft = ".changeset/spec-change.md";

let copy: Awaited<ReturnType<typeof temporaryFolder>>;
const path = (name: string) => join(copy.path, name);
const script = (file: string, ...args: string[]) =>
  run([path(`scripts/src/commands/${file}`), ...args], { cwd: copy.path });
const evaluate = async (name: string, call: string): Promise<unknown> => {
  const module = pathToFileURL(path(`scripts/src/release/${name}.ts`)).href;
  const program = `console.log(JSON.stringify(await (await import("${module}")).${call}))`;
  return JSON.parse((await run(["--input-type=module", "--eval", program], { cwd: copy.path })).stdout);
};
const unreleased = () => evaluate("unreleased", "findUnreleased()");

/** Restores the state directly after a release: no changeset is pending, and the spec and the reports are the released ones. */
beforeAll(async () => {
  copy = await temporaryFolder();
  for (const name of copied) await cp(join(root, name), path(name), { recursive: true });
  await symlink(join(root, "scripts/node_modules"), path("scripts/node_modules"), "junction");
  await mkdir(path("node_modules"));
  await cp(path("spec/released/openapi.yaml"), path("spec/openapi.yaml"));
  await cp(path("etc/released"), path("etc"), { recursive: true });
  expect(await script("generate.js")).toMatchObject({ code: 0 });
});
afterAll(() => copy[Symbol.asyncDispose]());

test("a change of a report that users cannot see requires no release", async () => {
  const file = path("etc/client.api.md");
  const released = await readFile(file, "utf8");
  await writeFile(file, released.replace("\n}", "\n\n}"));
  expect(await unreleased()).toEqual([]);
  await writeFile(file, released.replace("```ts\n", "```ts\nexport type Added = 1;\n"));
  expect(await unreleased()).toEqual(["etc/client.api.md is not etc/released/client.api.md."]);
  await writeFile(file, released);
});

test("a changeset that could not be drafted is drafted by the next run without the problem", async () => {
  await appendFile(path("spec/openapi.yaml"), "# A comment.\n");
  await writeFile(path(".changeset/broken.md"), "not a changeset\n");
  const failed = await script("generate.js");
  expect(failed).toMatchObject({ code: 1 });
  expect(failed.stderr).toContain("no changeset could be drafted");
  expect(await script("generate.js", "--check")).toMatchObject({ code: 0 });
  await rm(path(".changeset/broken.md"));
  expect((await script("generate.js")).stdout).toContain(`drafted ${draft} (patch)`);
});

test("a changed comment in the spec requires a release, because the packages contain its hash", async () => {
  const pending = `${draft} is pending.`;
  expect(await readFile(path(draft), "utf8")).toMatch(
    /^---\n"@isc-customizers\/client": patch\n"@isc-customizers\/types": patch\n---\n/,
  );
  expect(await unreleased()).toEqual(
    expect.arrayContaining([pending, "spec/openapi.yaml is not spec/released/openapi.yaml."]),
  );
  await cp(path("spec/released/openapi.yaml"), path("spec/openapi.yaml"));
  expect((await script("generate.js")).stdout).toContain(`took back ${draft}`);
  expect(await unreleased()).toEqual([]);
});

test("a reworded draft keeps its text after further changes of the spec", async () => {
  const released = await readFile(path("spec/openapi.yaml"), "utf8");
  const save = (text: string) => writeFile(path("spec/openapi.yaml"), text);
  const stray = () => evaluate("draft-changes", `strayDrafts({ severity: "none", changes: [] }, [])`);
  await save(`${released}# A comment.\n`);
  expect((await script("generate.js")).stdout).toContain(`drafted ${draft} (patch)`);
  expect(await stray()).toEqual([draft]);

  const mine = "The description is clearer.";
  const drafted = await readFile(path(draft), "utf8");
  await writeFile(path(draft), drafted.replace("The API's description has changed.", mine));
  await save(released.replace(/^    get:\n/m, "    get:\n      deprecated: true\n"));
  expect((await script("generate.js")).stdout).toContain(`added to ${draft}, which was reworded (minor)`);
  const amended = await readFile(path(draft), "utf8");
  expect(amended).toContain(mine);
  expect(amended).toMatch(/^---\n"@isc-customizers\/client": minor\n"@isc-customizers\/types": minor\n---\n/);
  expect(amended).toMatch(/\nAdded:\n\n- .*deprecated.*\n$/);

  // The second run must not add the same change again.
  await save(released.replace(/^    get:\n/m, "    get:\n      # To be removed.\n      deprecated: true\n"));
  expect((await script("generate.js")).stdout).not.toContain(draft);
  expect(await readFile(path(draft), "utf8")).toBe(amended);

  await save(released);
  expect((await script("generate.js")).stdout).toContain(`kept ${draft}, for it was reworded`);
  expect(await readFile(path(draft), "utf8")).toBe(amended);
  expect(await stray()).toEqual([]);
  await rm(path(draft));
});

test("a draft with CRLF line endings is still recognized, and loses its marker but no text", async () => {
  const released = await readFile(path("spec/openapi.yaml"), "utf8");
  const save = (text: string) => writeFile(path("spec/openapi.yaml"), text);
  await save(`${released}# A comment.\n`);
  await script("generate.js");
  const drafted = await readFile(path(draft), "utf8");
  const crlf = (text: string) => text.replaceAll("\n", "\r\n");
  await writeFile(path(draft), crlf(drafted));
  await save(`${released}# Another comment.\n`);
  expect((await script("generate.js")).stdout).not.toContain(draft);
  expect(await readFile(path(draft), "utf8")).toBe(crlf(drafted));

  await writeFile(path(draft), crlf(drafted.replace("description has changed", "text is clearer")));
  await save(released.replace(/^    get:\n/m, "    get:\n      deprecated: true\n"));
  expect((await script("generate.js")).stdout).toContain(`added to ${draft}, which was reworded (minor)`);
  expect(await readFile(path(draft), "utf8")).toContain("The API's text is clearer.");

  await writeFile(path(draft), crlf(drafted));
  await evaluate("drafts", "finishDrafts().then(() => true)");
  expect(await readFile(path(draft), "utf8")).not.toContain("As drafted");
  await save(released);
  await rm(path(draft));
});

test("api-report --check fails when the reports do not exist", async () => {
  const { code, stderr } = await script("api-report.ts", "--check");
  expect(code).toBe(1);
  expect(stderr).toContain("scripts/dist/api-reports lacks types.api.md, client.api.md");
  expect(stderr).toContain("pnpm api:report");
});
