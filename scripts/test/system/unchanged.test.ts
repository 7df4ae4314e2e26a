import { appendFile, cp, mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, afterAll, describe, expect, test } from "vitest";
import { root, run, temporaryFolder } from "../support/harness.ts";

/** The files in a copy of this repository, besides installed packages. */
const copied = [
  ".changeset",
  "spec",
  "docs",
  "packages/types/src",
  "scripts/src",
  "scripts/package.json",
  "pnpm-lock.yaml",
];
const upToDate = /^All \d+ generated files are up to date\.\n$/;

describe("the build cache", () => {
  let copy: Awaited<ReturnType<typeof temporaryFolder>>;
  const path = (name: string) => join(copy.path, name);
  const generate = (...args: string[]) =>
    run([path("scripts/src/commands/generate.js"), ...args], { cwd: copy.path });
  const readCache = () => readFile(path("node_modules/.cache/generate.json"), "utf8");

  beforeAll(async () => {
    copy = await temporaryFolder();
    for (const name of copied) await cp(join(root, name), path(name), { recursive: true });
    await symlink(join(root, "scripts/node_modules"), path("scripts/node_modules"), "junction");
    await mkdir(path("node_modules"));
    // Moves a part of the spec into another file, so that the tests can edit a referenced file.
    const spec = await readFile(path("spec/openapi.yaml"), "utf8");
    await writeFile(
      path("spec/openapi.yaml"),
      spec.replace(/^ {2}schemas:$/m, '$&\n    Extra: { $ref: "extra.yaml" }'),
    );
    await writeFile(path("spec/extra.yaml"), "{ type: string, description: Something. }\n");
    expect((await generate()).stdout).toContain("wrote docs/reference/models.md\n");
  });
  afterAll(() => copy[Symbol.asyncDispose]());

  test("a run without changes loads no parser or compiler, and a run with other options does", async () => {
    await rename(path("scripts/node_modules"), path("scripts/elsewhere"));
    try {
      expect(await generate()).toMatchObject({
        code: 0,
        stderr: "",
        stdout: expect.stringMatching(upToDate),
      });
      expect(await generate("--check")).toEqual({ code: 0, stderr: "", stdout: "" });
      expect((await generate("--spec", "spec/openapi.yaml", "--out", "out")).stderr).toContain(
        "ERR_MODULE_NOT_FOUND",
      );
    } finally {
      await rename(path("scripts/elsewhere"), path("scripts/node_modules"));
    }
  });

  const output = "packages/types/src/generated/models.ts";
  test.for<[what: string, edit: () => Promise<unknown>, report: string]>([
    ["an edit of a generated file", () => appendFile(path(output), " "), `wrote ${output}\n`],
    ["a deleted generated file", () => rm(path(output)), `wrote ${output}\n`],
    [
      "an extra generated file",
      () => cp(path("docs/reference/models.md"), path("docs/reference/old.md")),
      "removed docs/reference/old.md\n",
    ],
    [
      "an edit of the spec",
      () => appendFile(path("spec/openapi.yaml"), "x-edited: true\n"),
      "wrote packages/types/src/generated/openapi.json\n",
    ],
    [
      "an edit of a file that the spec references",
      () => writeFile(path("spec/extra.yaml"), "{ type: string, description: Anything. }\n"),
      "wrote docs/reference/models.md\n",
    ],
    [
      "an edit of the generator",
      async () => {
        const source = path("scripts/src/emit/llms.ts");
        await writeFile(source, (await readFile(source, "utf8")).replace("\n", "\n\n"));
      },
      "",
    ],
    ["a change of the lockfile", () => appendFile(path("pnpm-lock.yaml"), "\n"), ""],
  ])("%s is detected", async ([, edit, report]) => {
    await generate();
    const before = await readCache();
    await edit();
    const broken = report !== "" && (await generate("--check"));
    if (broken) expect(broken.code).toBe(1);
    const { code, stdout } = await generate();
    expect(code).toBe(0);
    expect(stdout).toContain(report);
    if (report === "") expect(await readCache()).not.toBe(before);
    expect(await generate("--check")).toEqual({ code: 0, stderr: "", stdout: "" });
  });

  test("a truncated build cache is replaced", async () => {
    await generate();
    const whole = await readCache();
    await writeFile(path("node_modules/.cache/generate.json"), whole.slice(0, 99));
    expect((await generate()).stdout).toMatch(upToDate);
    expect(await readCache()).toBe(whole);
  });

  test("the next run reads a spec that was saved during a run", async () => {
    const spec = path("spec/openapi.yaml");
    const text = await readFile(spec, "utf8");
    let running = true;
    const generated = generate().finally(() => (running = false));
    let saved = 0;
    while (running) await writeFile(spec, `${text}x-saved: ${++saved}\n`);
    await generated;
    await generate();
    const json = await readFile(path("packages/types/src/generated/openapi.json"), "utf8");
    expect(JSON.parse(json)).toHaveProperty("x-saved", saved);
  });
});
