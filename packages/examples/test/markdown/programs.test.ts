import { startMockTenant } from "@isc-customizers/mock-tenant";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { customizerZip } from "../../src/customizer-zip.ts";
import { environmentOf } from "../program.ts";
import { BlockPrograms } from "./block-programs.ts";
import { readPages } from "./pages.ts";
import { type CodeBlock, readMarkdown } from "./read-markdown.ts";

/** Languages that show output or a drawing. Blocks in any other language are checked, or say why they are not. */
const shown = ["console", "text", "mermaid"];
const checked = ["ts", "sh", "json", "yaml"];

const pages = await readPages();
const published = ["client", "mock-tenant", "types"].map((name) => `packages/${name}/README.md`);
const blocks = pages.flatMap((page) => page.blocks);
const programs = blocks.filter(
  ({ language, exemption }) => language === "ts" && (exemption === undefined || exemption.kind === "not run"),
);
const titled = programs
  .filter(({ exemption }) => exemption === undefined)
  .map((block) => [`${block.file}:${block.line}`, block] as const);

/** The README whose blocks contain types. The blocks of the other READMEs run as JavaScript, as they promise. */
const typesReadme = "packages/types/README.md";

function extensionOf({ file }: CodeBlock): "ts" | "mjs" {
  return file.endsWith("README.md") && !file.startsWith("docs/") && file !== typesReadme ? "mjs" : "ts";
}

/** Lists the blocks that do not run, with their reasons. */
function reportOfExemptions(): string {
  const rows = blocks.flatMap(({ file, line, language, exemption }) =>
    exemption === undefined
      ? []
      : [`- \`${file}:${line}\` (${language}), ${exemption.kind}: ${exemption.reason}\n`],
  );
  return `# Code blocks that are not run\n\n${rows.join("")}`;
}

let folder: string;
let written: BlockPrograms;
beforeAll(async () => {
  // In this package, so that Node resolves the imports of the programs.
  const parent = fileURLToPath(new URL("../../dist/", import.meta.url));
  await mkdir(parent, { recursive: true });
  folder = await mkdtemp(join(parent, "readmes-"));
  written = await BlockPrograms.write(folder, programs);
  await writeFile(join(parent, "unchecked-code-blocks.md"), reportOfExemptions());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("every README has a program", () => {
  for (const file of ["README.md", ...published]) {
    expect(programs).toContainEqual(expect.objectContaining({ file }));
  }
});

test("every code block is checked, shows output, or says why it is not checked", () => {
  const others = blocks.filter(
    ({ language, exemption }) => exemption === undefined && ![...checked, ...shown].includes(language),
  );
  expect(others.map(({ file, line, language }) => `${file}:${line} ${language}`)).toEqual([]);
});

test("every `ts` block type-checks under strict options", async () => {
  expect(await written.compile()).toMatchObject({ code: 0, stdout: "" });
});

describe.concurrent("every `ts` block runs unchanged", () => {
  test.each(titled)("%s", async (_, block) => {
    await using mock = await startMockTenant({ seed: 2 });
    const cwd = await mkdtemp(join(folder, "cwd-"));
    // The guides upload `customizer.zip`. The reference, whose generator knows no API, uploads `file.zip`.
    for (const name of ["customizer.zip", "file.zip"]) await copyFile(customizerZip(), join(cwd, name));
    const outcome = await written.run(block, extensionOf(block), environmentOf(mock), cwd);
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

test("a block that fails is reported with the file and line of the Markdown", async () => {
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
  const own = await mkdtemp(join(folder, "broken-"));
  const [block] = readMarkdown("docs/broken.md", markdown).blocks;
  if (block === undefined) throw new Error("The Markdown has one block.");
  const broken = await BlockPrograms.write(own, [block]);
  const compiled = await broken.compile();
  expect(compiled.code).not.toBe(0);
  expect(compiled.stdout).toMatch(/^docs\/broken\.md\(8,\d+\): error TS2322/m);
  const ran = await broken.run(block, "mjs", {}, own);
  expect(ran.code).not.toBe(0);
  expect(ran.stderr).toContain("ConfigurationError");
  expect(ran.stderr).toContain("docs/broken.md:8:");
});
