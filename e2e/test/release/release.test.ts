import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { list } from "tar";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Document } from "yaml";
import { hasProgram } from "../../../packages/mock-tenant/test/system/system-program.ts";
import { output, run } from "../support/command.ts";
import { editedSpec, placeOf } from "../support/spec-edit.ts";
import { interpolate, isTrue } from "./expression.ts";
import { createRehearsal, type Rehearsal } from "./rehearsal.ts";
import { runWorkflow, type Trigger } from "./runner.ts";
import { parseWorkflow, readWorkflow } from "../../../scripts/test/repository/workflow.ts";

// Runs the jobs of release.yml with the real changesets CLI. Every test starts where the one before it ended.
const timeout = 900_000;
const names = ["types", "client", "mock-tenant"].map((name) => `@isc-customizers/${name}`);
const branch = "changeset-release/main";
const push: Trigger = {
  github: { event_name: "push", token: "default-token" },
  secrets: { RELEASE_TOKEN: "release-token" },
};

let rehearsal: Rehearsal;
const resources = new AsyncDisposableStack();

describe.runIf(hasProgram("git") && hasProgram("bash"))("with git and bash", () => {
  beforeAll(async () => {
    rehearsal = resources.use(await createRehearsal());
  }, timeout);

  afterAll(() => resources.disposeAsync());

  test("version 1 of the changesets action fails", async () => {
    const { runner } = rehearsal;
    const { name, text } = runner.workflow;
    const workflow = parseWorkflow(name, text.replaceAll(/(changesets\/action\S+) # v2\S+/g, "$1 # v1.9.0"));
    await expect(runWorkflow({ ...runner, workflow }, push)).rejects.toThrow(
      "The rehearsal cannot run changesets/action/select-mode v1.9.0",
    );
  });

  test("a push with pending changesets opens the release pull request", { timeout }, async () => {
    const { clone, runner, git, gitAtOrigin } = rehearsal;
    await editSpec((spec) => spec.setIn(["info", "description"], "Described in the rehearsal."));
    await clone.done("generate");
    await clone.write(".changeset/rehearsal.md", changeset("major", "Rehearsed."));
    await clone.commit("A change");
    await git("push", "--quiet", "origin", "HEAD:main");
    const [major] = (await clone.version()).split(".");
    const version = `${Number(major) + 1}.0.0`;
    const spec = await clone.read("spec/openapi.yaml");

    const jobs = await runWorkflow(runner, push);
    expect(succeeded(jobs)).toEqual(["select-mode", "version"]);
    expect(jobs["version"]?.log).not.toContain("::warning");

    const { pullRequest } = runner.host;
    expect(pullRequest).toMatchObject({ title: "Release the next version", branch, token: "release-token" });
    expect(pullRequest?.body).toContain(`## @isc-customizers/client@${version}\n\n### Major Changes`);
    expect(pullRequest?.body).toContain("Rehearsed.");

    for (const name of names) {
      const folder = `packages/${name.split("/")[1]}`;
      const manifest: unknown = JSON.parse(await atOrigin(branch, `${folder}/package.json`));
      expect(manifest).toMatchObject({ name, version });
      expect(await atOrigin(branch, `${folder}/CHANGELOG.md`)).toContain(`\n## ${version}\n`);
    }
    expect(await atOrigin(branch, "packages/client/CHANGELOG.md")).toContain("Rehearsed.");
    expect(await atOrigin(branch, "packages/client/src/version.ts")).toContain(`"${version}"`);
    expect(await atOrigin(branch, "spec/released/openapi.yaml")).toBe(spec);
    expect(await gitAtOrigin("ls-tree", "--name-only", branch, ".changeset/")).toBe(
      ".changeset/config.json\n",
    );
  });

  test("without the secret, the default token opens it, and a warning says that CI does not start", () => {
    const { steps, env } = rehearsal.runner.workflow.jobs["version"] ?? { steps: [] };
    const context = { ...push, secrets: {} };
    const flag = interpolate(env?.["HAS_RELEASE_TOKEN"] ?? "", context);
    const warning = steps.find(({ run: command }) => command?.includes("::warning"));
    expect(isTrue(warning?.if ?? "", { env: { HAS_RELEASE_TOKEN: flag } })).toBe(true);
    const token = String(steps.at(-1)?.with?.["github-token"]);
    expect(interpolate(token, context)).toBe("default-token");
  });

  test("merging it packs, publishes, tags and announces the version", { timeout }, async () => {
    const { runner, registry, git, gitAtOrigin } = rehearsal;
    const { pullRequest, releases } = runner.host;
    await git("push", "--quiet", "origin", `${pullRequest?.commit}:main`);
    const jobs = await runWorkflow(runner, push);
    expect(succeeded(jobs)).toEqual(["select-mode", "test", "pack", "publish"]);
    const { version } = JSON.parse(await atOrigin("main", "packages/client/package.json")) as {
      version: string;
    };

    const packed = await runner.artifacts.download(jobs["pack"]?.outputs["pack-dir-artifact-id"] ?? "");
    for (const name of names) {
      const tarball = `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
      const files = await filesIn(join(packed, "packages", tarball));
      expect(files).toEqual(expect.arrayContaining(["package/package.json", "package/CHANGELOG.md"]));
      expect(files.some((file) => /^package\/dist\/.+\.js$/.test(file))).toBe(true);

      const published = await registry.look(name);
      expect(published["dist-tags"]).toEqual({ latest: version });
      expect(JSON.stringify(published.versions[version])).not.toContain("workspace:");
    }
    const calls = (await rehearsal.publishLog()).trimEnd().split("\n");
    expect(calls).toHaveLength(names.length);
    for (const call of calls)
      expect(call).toMatch(/^provenance=true publish \S+\.tgz --json --access public --tag latest /);

    const tags = names.map((name) => `${name}@${version}`).toSorted();
    expect(await tagsAtOrigin()).toEqual(tags);
    const main = await gitAtOrigin("rev-parse", "main");
    for (const tag of tags) expect(await gitAtOrigin("rev-parse", `${tag}^{commit}`)).toBe(main);

    expect(releases.map(({ tag }) => tag).toSorted()).toEqual(tags);
    const notes = releases.find(({ tag }) => tag.startsWith("@isc-customizers/client@"))?.notes;
    expect(notes).toMatch(/^### Major Changes\n\n- [\da-f]{7}: /);
    expect(notes).toContain("Rehearsed.");
    expect(notes).not.toContain(`## ${version}`);
  });

  test("pnpm refuses PNPM_CONFIG_PROVENANCE without an identity, so it reads that variable", async () => {
    const { clone, runner, pnpm } = rehearsal;
    const { code, stdout, stderr } = await run(pnpm, ["publish", "--no-git-checks", "--tag", "refused"], {
      cwd: join(clone.folder, "packages/types"),
      env: { ...runner.env, PNPM_CONFIG_PROVENANCE: "true" },
    });
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(/provenance/i);
  });

  test("the next push has nothing to publish", { timeout }, async () => {
    const jobs = await runWorkflow(rehearsal.runner, push);
    expect(succeeded(jobs)).toEqual(["select-mode"]);
    expect(jobs["select-mode"]?.outputs["mode"]).toBe("none");
  });

  test(
    "a snapshot is published under its dist-tag, without a git tag or a release",
    { timeout },
    async () => {
      const { clone, runner, registry, git } = rehearsal;
      const before = { tags: await tagsAtOrigin(), releases: [...runner.host.releases] };
      await clone.write(".changeset/next.md", changeset("minor", "Next."));
      await clone.commit("Another change");
      await git("push", "--quiet", "origin", "HEAD:main");
      const latest = await clone.version();

      const github = { ...push.github, event_name: "workflow_dispatch" };
      const jobs = await runWorkflow(runner, { github, inputs: { tag: "pr-7" } });
      expect(succeeded(jobs)).toEqual(["snapshot", "publish"]);
      for (const name of names) {
        const { "dist-tags": distTags } = await registry.look(name);
        expect(distTags["latest"]).toBe(latest);
        expect(distTags["pr-7"]).toMatch(/^\d+\.\d+\.\d+-pr-7-[\da-f]{7}$/);
      }
      expect(await rehearsal.publishLog()).toMatch(/^provenance=true publish \S+\.tgz .*--tag pr-7 /m);
      expect({ tags: await tagsAtOrigin(), releases: runner.host.releases }).toEqual(before);
    },
  );

  test("spec.yml compares a pull request with its base, and with the last release beside it", async () => {
    const { clone, runner, git } = rehearsal;
    await git("checkout", "--quiet", "--force", "-B", "base", "origin/main");
    await describeOperation("listConnectorCustomizers", "Described on main.");
    await git("checkout", "--quiet", "-b", "pull-request");
    await describeOperation("getConnectorCustomizer", "Described in the pull request.");
    await git("checkout", "--quiet", "base");
    await git("merge", "--quiet", "--no-ff", "--message", "What GitHub checks out", "pull-request");

    const { jobs } = await readWorkflow("spec.yml");
    const step = jobs["check"]?.steps.find(({ run: command }) => command?.includes("spec:diff"));
    const file = join(runner.temporary, "summary.md");
    const env = { ...runner.env, GITHUB_STEP_SUMMARY: file };
    await output("bash", ["-eo", "pipefail", "-c", step?.run ?? ""], { cwd: clone.folder, env });
    const summary = await readFile(file, "utf8");
    expect(await clone.read("summary.md")).toBe(summary);
    const [before, pullRequest, release] = summary.split(
      /^# (?:This pull request|Since the last release)\n/m,
    );
    expect(before).toBe("");
    expect(pullRequest).toContain("From `HEAD^1:spec/openapi.yaml` to `spec/openapi.yaml`: 1 patch.");
    expect(pullRequest).toContain("### `getConnectorCustomizer`\n");
    expect(release).toContain("From `spec/released/openapi.yaml` to `spec/openapi.yaml`: 2 patch.");
    expect(release).toContain("### `listConnectorCustomizers`\n");
  });
});

/** The jobs that ran to their end, in the order of the workflow. */
const succeeded = (jobs: Awaited<ReturnType<typeof runWorkflow>>): string[] =>
  Object.keys(jobs).filter((id) => jobs[id]?.result === "success");

const changeset = (bump: string, summary: string): string =>
  `---\n"@isc-customizers/client": ${bump}\n---\n\n${summary}\n`;

/** A file of a branch of origin. */
const atOrigin = (ref: string, file: string): Promise<string> =>
  rehearsal.gitAtOrigin("show", `${ref}:${file}`);

async function tagsAtOrigin(): Promise<string[]> {
  return (await rehearsal.gitAtOrigin("tag", "--list")).split("\n").filter(Boolean).toSorted();
}

async function filesIn(tarball: string): Promise<string[]> {
  const files: string[] = [];
  await list({ file: tarball, onReadEntry: ({ path }) => void files.push(path) });
  return files;
}

async function editSpec(edit: (spec: Document) => void): Promise<void> {
  const { clone } = rehearsal;
  const file = "spec/openapi.yaml";
  await clone.write(file, editedSpec(await clone.read(file), edit));
}

/** Commits another description of an operation. */
async function describeOperation(operationId: string, description: string): Promise<void> {
  await editSpec((spec) => spec.setIn([...placeOf(spec, operationId), "description"], description));
  await rehearsal.clone.commit(description);
}
