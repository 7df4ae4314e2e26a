import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { api, filesIn, generate, root, run, startGenerate, temporaryFolder } from "../support/harness.ts";
import { once } from "node:events";
import { text } from "node:stream/consumers";

const spec = api(`
tags: [{ name: Planets }, { name: Moons }]
paths:
  /planets:
    get: { operationId: listPlanets, tags: [Planets], responses: { "200": { description: All. } } }
  /moons:
    get: { operationId: listMoons, tags: [Moons], responses: { "200": { description: All. } } }
`);

describe("options", () => {
  test.concurrent.for([
    [["--nonsense"], /'--nonsense'/],
    [["stray"], /'stray'/],
    [["--spec"], /--spec/],
    [["--check", "--watch"], /--check writes nothing, so there is nothing to --watch for\./],
    [["--spec", "spec/openapi.yaml"], /--spec needs --out/],
    [["--spec", "https://api.example.com/openapi.yaml", "--out", "out"], /--spec names a file/],
  ] as const)("%j is an error of usage", async ([args, message]) => {
    const { code, stdout, stderr } = await generate(args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(message);
    expect(stderr).toContain("Usage: pnpm generate [options]");
    expect(stderr).not.toContain("    at ");
  });

  test("--help lists them", async () => {
    const { code, stdout, stderr } = await generate(["--help"]);
    expect(code).toBe(0);
    for (const option of ["--check", "--watch", "--spec FILE", "--out DIR", "--help"])
      expect(stdout).toContain(option);
    expect(stderr).toBe("");
  });
});

describe("a command of the repository", () => {
  const tool = (name: string, ...args: string[]) =>
    run([join(root, "scripts/src/commands", `${name}.ts`), ...args]);

  test.concurrent.for([
    ["api-report", "pnpm api:report"],
    ["changeset-check", "pnpm changeset:check"],
    ["changeset-draft", "pnpm changeset:draft"],
    ["spec-diff", "pnpm spec:diff"],
    ["spec-upstream", "pnpm spec:upstream"],
    ["api-extract", "pnpm api:extract"],
    ["spec-lint", "pnpm spec:lint"],
    ["release", "pnpm release"],
    ["release-snapshot", "pnpm release:snapshot"],
    ["version-packages", "pnpm version-packages"],
  ] as const)("%s does nothing that it was not asked for", async ([name, usage]) => {
    const refused = await tool(name, "--nonsense");
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(new RegExp(`'--nonsense'[^]*\\n\\nUsage: ${usage}`));
    expect(await tool(name, "--help")).toMatchObject({ code: 0, stderr: "" });
  });

  test("takes one tag for a snapshot, and not the one of releases", async () => {
    for (const tags of [[], ["latest"], ["pr-1", "pr-2"]])
      expect(await tool("release-snapshot", ...tags)).toMatchObject({ code: 2 });
  });
});

describe("--out", () => {
  test.concurrent("tells every file that it wrote, and touches none that is up to date", async () => {
    await using folder = await specFolder();
    const args = ["--spec", "spec.yaml", "--out", "out"];
    const first = await generate(args, { cwd: folder.path });
    const names = [...(await filesIn(join(folder.path, "out"))).keys()];
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout.trimEnd().split("\n").toSorted()).toEqual(
      names.map((name) => `wrote out/${name}`).toSorted(),
    );

    const methods = join(folder.path, "out/methods.ts");
    const before = await stat(methods);
    expect(await generate(args, { cwd: folder.path })).toEqual({
      code: 0,
      stdout: `All ${names.length} generated files are up to date.\n`,
      stderr: "",
    });
    expect(await stat(methods)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  test.concurrent(
    "refuses a folder where a file of that name was written by hand, and keeps it",
    async () => {
      await using folder = await specFolder();
      await mkdir(join(folder.path, "src"));
      await writeFile(join(folder.path, "src/index.ts"), "export const mine = true;\n");
      const { code, stderr } = await generate(["--spec", "spec.yaml", "--out", "src"], { cwd: folder.path });
      expect(code).toBe(2);
      expect(stderr).toContain("src/index.ts");
      expect(await filesIn(join(folder.path, "src"))).toEqual(
        new Map([["index.ts", "export const mine = true;\n"]]),
      );
    },
  );

  test.concurrent("at a file is an error in plain words", async () => {
    await using folder = await specFolder();
    const { code, stderr } = await generate(["--spec", "spec.yaml", "--out", "spec.yaml"], {
      cwd: folder.path,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The output cannot be written: \w+: .*spec\.yaml/);
    expect(stderr).not.toContain("    at ");
  });

  test.concurrent("ends --watch too, where it refuses", async () => {
    await using folder = await specFolder();
    await mkdir(join(folder.path, "src"));
    await writeFile(join(folder.path, "src/index.ts"), "export const mine = true;\n");
    const args = ["--watch", "--spec", "spec.yaml", "--out", "src"];
    await using child = startGenerate(args, { cwd: folder.path });
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
    expect(code).toBe(2);
    expect(stderr).toContain("src/index.ts");
  });

  test.concurrent("takes its own files for its own, however long the API's description is", async () => {
    await using folder = await specFolder();
    const long = spec.replace("title: Test,", `title: Test, summary: ${"So long. ".repeat(100)},`);
    await writeFile(join(folder.path, "spec.yaml"), long);
    const args = ["--spec", "spec.yaml", "--out", "out"];
    expect(await generate(args, { cwd: folder.path })).toMatchObject({ code: 0 });
    await writeFile(join(folder.path, "spec.yaml"), long.replace("title: Test", "title: Another"));
    expect(await generate(args, { cwd: folder.path })).toMatchObject({ code: 0, stderr: "" });
    expect(await readFile(join(folder.path, "out/llms.txt"), "utf8")).toMatch(/^# Another\n/);
  });

  test.concurrent("loses the page of a tag that is gone, and nothing that was written by hand", async () => {
    await using folder = await specFolder();
    const args = ["--spec", "spec.yaml", "--out", "out"];
    await generate(args, { cwd: folder.path });
    await writeFile(join(folder.path, "out/reference/notes.md"), "# Notes\n\nOn `Generated from`.\n");
    await writeFile(join(folder.path, "out/mine.ts"), "export {};\n");
    await writeFile(join(folder.path, "spec.yaml"), spec.replace("[Moons]", "[Planets]"));

    const { code, stdout } = await generate(args, { cwd: folder.path });
    expect(code).toBe(0);
    expect(stdout).toContain("removed out/reference/moons.md\n");
    const names = [...(await filesIn(join(folder.path, "out"))).keys()];
    expect(names).not.toContain("reference/moons.md");
    expect(names).toEqual(expect.arrayContaining(["reference/planets.md", "reference/notes.md", "mine.ts"]));
  });
});

async function specFolder() {
  const folder = await temporaryFolder();
  await writeFile(join(folder.path, "spec.yaml"), spec);
  return folder;
}
