import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hasProgram } from "../../../packages/mock-tenant/test/system/system-program.ts";
import { parseRevisionFile } from "../../src/diff/revision-file.ts";
import { api, root, run, temporaryFolder } from "../support/harness.ts";

const command = join(root, "scripts/src/commands/spec-diff.ts");

test.for([
  ["main:spec/openapi.yaml", { revision: "main", path: "spec/openapi.yaml" }],
  ["HEAD^1:openapi.yaml", { revision: "HEAD^1", path: "openapi.yaml" }],
  ["spec/openapi.yaml", undefined],
  ["C:\\spec\\openapi.yaml", undefined],
] as const)("parses %s as a file of a revision only with a revision before the colon", ([text, expected]) => {
  expect(parseRevisionFile(text)).toEqual(expected);
});

describe.runIf(hasProgram("git"))("--base REV:PATH", () => {
  const spec = api(
    `paths: { /a: { get: { operationId: getA, responses: { "200": { $ref: "parts.yaml#/A" } } } } }\n`,
  );

  /** Creates a repository with a spec in two files. The working tree changes a description of the first commit. */
  async function repository() {
    const folder = await temporaryFolder();
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.com", ...args], {
        cwd: folder.path,
        stdio: ["ignore", "pipe", "pipe"],
      });
    await mkdir(join(folder.path, "spec"));
    await writeFile(join(folder.path, "spec/openapi.yaml"), spec);
    await writeFile(join(folder.path, "spec/parts.yaml"), "A: { description: All. }\n");
    git("init", "--quiet", "--initial-branch=main");
    git("add", "--all");
    git("commit", "--quiet", "--message", "A spec");
    await writeFile(join(folder.path, "spec/parts.yaml"), "A: { description: Some. }\n");
    return folder;
  }

  test("compares with the files of the revision", async () => {
    await using folder = await repository();
    const args = [command, "--base", "main:spec/openapi.yaml", "--head", "spec/openapi.yaml"];
    const json = await run([...args, "--json"], { cwd: folder.path });
    expect(json).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(json.stdout)).toMatchObject({
      severity: "patch",
      changes: [{ rule: "documentation" }],
    });
    const text = await run(args, { cwd: folder.path });
    expect(text.stdout).toContain("From main:spec/openapi.yaml to spec/openapi.yaml: patch");
  });

  test("resolves PATH from the root of the repository when it runs in a subfolder", async () => {
    await using folder = await repository();
    const args = [command, "--base", "main:spec/openapi.yaml", "--head", "openapi.yaml", "--json"];
    const { stdout } = await run(args, { cwd: join(folder.path, "spec") });
    expect(JSON.parse(stdout)).toMatchObject({ severity: "patch" });
  });

  test.for([
    ["main:spec/missing.yaml", "path 'spec/missing.yaml' does not exist in 'main'"],
    ["missing:spec/openapi.yaml", "invalid object name 'missing'"],
  ] as const)("fails for %s with the error of git", async ([base, reason]) => {
    await using folder = await repository();
    const args = [command, "--base", base, "--head", "spec/openapi.yaml"];
    const { code, stdout, stderr } = await run(args, { cwd: folder.path });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^`git show .+` failed: fatal: /);
    expect(stderr).toContain(reason);
  });
});
