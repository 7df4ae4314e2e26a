import { startMockTenant } from "@isc-customizers/mock-tenant";
import { copyFile, glob, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { customizerZip } from "../src/customizer-zip.ts";
import { BlockPrograms, type CodeBlock, codeBlocksIn } from "./code-blocks.ts";
import { environmentOf } from "./program.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Languages of blocks that do not run. Any language other than these and `ts` is a mistake. */
const shownOnly = ["sh", "console", "json", "text"];

/** The README whose blocks contain types. The blocks of all others also run as JavaScript, as the READMEs promise. */
const typesReadme = "packages/types/README.md";

const readmes = ["README.md"];
for await (const file of glob("packages/*/README.md", { cwd: root }))
  readmes.push(file.replaceAll("\\", "/"));
const published = ["client", "mock-tenant", "types"].map((name) => `packages/${name}/README.md`);
const blocks: CodeBlock[] = [];
for (const file of readmes) blocks.push(...codeBlocksIn(file, await readFile(join(root, file), "utf8")));
const programs = blocks.filter(({ language }) => language === "ts");
const titled = programs.map((block) => [`${block.file}:${block.line}`, block] as const);

let folder: string;
let written: BlockPrograms;
beforeAll(async () => {
  // In this package, so that Node resolves the imports of the programs.
  const parent = fileURLToPath(new URL("../dist/", import.meta.url));
  await mkdir(parent, { recursive: true });
  folder = await mkdtemp(join(parent, "readmes-"));
  written = await BlockPrograms.write(folder, programs);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("every README has a program", () => {
  expect(readmes).toEqual(expect.arrayContaining(published));
  for (const file of ["README.md", ...published]) {
    expect(programs).toContainEqual(expect.objectContaining({ file }));
  }
});

test("every code block is a `ts` program or in a language that does not run", () => {
  const others = blocks.filter(({ language }) => language !== "ts" && !shownOnly.includes(language));
  expect(others.map(({ file, line, language }) => `${file}:${line} ${language}`)).toEqual([]);
});

test("every `ts` block type-checks under strict options", async () => {
  expect(await written.compile()).toMatchObject({ code: 0, stdout: "" });
});

describe.concurrent("every `ts` block runs unchanged", () => {
  test.each(titled)("%s", async (_, block) => {
    await using mock = await startMockTenant({ seed: 2 });
    const cwd = await mkdtemp(join(folder, "cwd-"));
    await copyFile(customizerZip(), join(cwd, "customizer.zip"));
    const extension = block.file === typesReadme ? "ts" : "mjs";
    const outcome = await written.run(block, extension, environmentOf(mock), cwd);
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
  });
});

test.each(["README.md", "packages/client/README.md"])(
  "the first program of %s creates, uploads, lists and deletes",
  async (file) => {
    await using mock = await startMockTenant();
    const block = programs.find((program) => program.file === file);
    if (block === undefined) throw new Error(`${file} has no program.`);
    const cwd = await mkdtemp(join(folder, "cwd-"));
    await copyFile(customizerZip(), join(cwd, "customizer.zip"));
    await written.run(block, "mjs", environmentOf(mock), cwd);
    const succeeded = mock.requests.filter(({ status = 500 }) => status < 300);
    // The first request fetches a token. A list makes one request per page, and one for the empty last page.
    expect([...new Set(succeeded.map(({ operationId }) => operationId))]).toEqual([
      undefined,
      "createConnectorCustomizer",
      "createConnectorCustomizerVersion",
      "listConnectorCustomizers",
      "deleteConnectorCustomizer",
    ]);
  },
);

describe("a code block", () => {
  const markdown = [
    "# Broken",
    "",
    "- In a list:",
    "",
    "  ```ts",
    '  import { createClient } from "@isc-customizers/client";',
    "",
    "  createClient({ tenant: 7, auth: { accessToken: 'a' } });",
    "  ```",
    "",
  ].join("\n");

  test("that fails is reported with the file and line of the Markdown", async () => {
    const own = await mkdtemp(join(folder, "broken-"));
    const [block, ...others] = codeBlocksIn("docs/broken.md", markdown);
    if (block === undefined || others.length > 0) throw new Error("The Markdown has one block.");
    const broken = await BlockPrograms.write(own, [block]);
    const compiled = await broken.compile();
    expect(compiled.code).not.toBe(0);
    expect(compiled.stdout).toMatch(/^docs\/broken\.md\(8,\d+\): error TS2322/m);
    const ran = await broken.run(block, "mjs", {}, own);
    expect(ran.code).not.toBe(0);
    expect(ran.stderr).toContain("ConfigurationError");
    expect(ran.stderr).toContain("docs/broken.md:8:");
  });

  test("is found in every kind of fence, and must have an end", () => {
    const fences = "~~~ts\n1;\n~~~\n\n````ts title=a\n```\n````\n\n> ``` ts\n> 2;\n> ```\n";
    expect(codeBlocksIn("a.md", fences)).toEqual([
      { file: "a.md", line: 2, language: "ts", code: "1;\n" },
      { file: "a.md", line: 6, language: "ts", code: "```\n" },
      { file: "a.md", line: 10, language: "ts", code: "2;\n" },
    ]);
    expect(() => codeBlocksIn("a.md", "\n```ts\n1;\n")).toThrow("a.md:2: the code block has no end.");
  });
});
