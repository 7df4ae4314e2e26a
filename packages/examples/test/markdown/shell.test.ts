import { startMockTenant } from "@isc-customizers/mock-tenant";
import { execFile } from "node:child_process";
import { access, copyFile, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { customizerZip } from "../../src/customizer-zip.ts";
import { environmentOf } from "../program.ts";
import { readPages, root } from "./pages.ts";
import type { CodeBlock } from "./read-markdown.ts";

const blocks = (await readPages())
  // `test/system/reference-curl.test.ts` runs the commands of the reference.
  .filter(({ file }) => !file.startsWith("docs/reference/"))
  .flatMap((page) => page.blocks)
  .filter(({ language, exemption }) => language === "sh" && exemption === undefined)
  .map((block) => [`${block.file}:${block.line}`, block] as const);

const pnpm = /^(?:npx -y pnpm@[\d.]+|pnpm) (?:-s )?/;

/** The commands of a block, without comments. */
function commandsIn({ code }: CodeBlock): string[] {
  const joined = code.replaceAll(/\\\n\s*/g, "");
  return joined
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*/, "").trim())
    .filter(Boolean);
}

/** Distinguishes blocks with the repository's own commands: other tests run those. */
function isRepositoryBlock(block: CodeBlock): boolean {
  return commandsIn(block).every((command) => pnpm.test(command));
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

/** Finds the words of a repository command that name no script, program or file. */
async function unknownWordsIn(file: string, command: string): Promise<string[]> {
  const [first = "", ...args] = command.replace(pnpm, "").split(/\s+/);
  const unknown: string[] = [];
  if (first === "exec") {
    const [program = ""] = args;
    if (program !== "node" && !(await exists(join(root, "node_modules/.bin", program))))
      unknown.push(program);
  } else {
    const name = first === "run" ? (args[0] ?? "") : first;
    const folders = [root, join(root, dirname(file))];
    const scripts = await Promise.all(folders.map(scriptsOf));
    if (!scripts.some((known) => known.has(name))) unknown.push(name);
  }
  for (const path of args.filter((word) => /^[\w.-]+\/[\w./-]+\.\w+$/.test(word)))
    if (!(await exists(join(root, path)))) unknown.push(path);
  return unknown;
}

async function scriptsOf(folder: string): Promise<Set<string>> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
  const { scripts = {} } = JSON.parse(text) as { scripts?: Record<string, string> };
  return new Set(Object.keys(scripts));
}

let folder: string;
beforeAll(async () => {
  const parent = fileURLToPath(new URL("../../dist/", import.meta.url));
  await mkdir(parent, { recursive: true });
  folder = await mkdtemp(join(parent, "shell-"));
  await symlink(join(root, "packages/mock-tenant/dist/bin.js"), join(folder, "isc-mock-tenant"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(blocks.filter(([, block]) => isRepositoryBlock(block)))(
  "%s names scripts, programs and files of the repository",
  async (_, block) => {
    for (const command of commandsIn(block)) expect(await unknownWordsIn(block.file, command)).toEqual([]);
  },
);

describe.concurrent("every other `sh` block runs unchanged", () => {
  test.each(blocks.filter(([, block]) => !isRepositoryBlock(block)))("%s", async (_, { code }) => {
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
