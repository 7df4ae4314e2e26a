import { startMockTenant } from "@isc-customizers/mock-tenant";
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, test } from "vitest";
import { customizerZip } from "../../src/customizer-zip.ts";
import { environmentOf } from "../program.ts";
import { readPages, root } from "./pages.ts";
import type { CodeBlock } from "./read-markdown.ts";

const blocks = (await readPages())
  // `test/system/reference-curl.test.ts` runs the commands of the reference.
  .filter(({ file }) => !file.startsWith("docs/reference/"))
  .flatMap((page) => page.blocks)
  .filter(({ language, exemption }) => language === "sh" && exemption === undefined)
  .filter((block) => !isRepositoryBlock(block))
  .map((block) => [`${block.file}:${block.line}`, block] as const);

/** Selects the blocks with commands of the repository alone. `documents.test.ts` of the scripts checks that they exist. */
function isRepositoryBlock({ code }: CodeBlock): boolean {
  const commands = code
    .replaceAll("\\\n", "")
    .split("\n")
    .filter((line) => /^\s*[^#\s]/.test(line));
  return commands.every((command) => /^(?:npx -y pnpm@[\d.]+|pnpm) /.test(command));
}

let folder: string;
beforeAll(async () => {
  const parent = fileURLToPath(new URL("../../dist/", import.meta.url));
  await mkdir(parent, { recursive: true });
  folder = await mkdtemp(join(parent, "shell-"));
  await symlink(join(root, "packages/mock-tenant/dist/bin.js"), join(folder, "isc-mock-tenant"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.concurrent("every other `sh` block runs unchanged", () => {
  test.each(blocks)("%s", async (_, { code }) => {
    await using mock = await startMockTenant({ seed: 2 });
    const cwd = await mkdtemp(join(folder, "cwd-"));
    await copyFile(customizerZip(), join(cwd, "customizer.zip"));
    const env = {
      ...process.env,
      ...environmentOf(mock),
      PATH: `${folder}${delimiter}${process.env["PATH"]}`,
    };
    await promisify(execFile)("bash", ["-eu", "-o", "pipefail", "-c", code], { cwd, env, timeout: 60_000 });
  });
});
