import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { existsSync } from "node:fs";
import { list } from "tar";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasProgram } from "../../../packages/mock-tenant/test/system-program.ts";
import { output, run } from "../command.ts";
import { createClone, identity, type Clone } from "../maintainers-day/clone.ts";
import { startRegistry, type Registry } from "../registry.ts";
import { editedSpec } from "../spec-edit.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { createArtifacts } from "./artifacts.ts";
import type { Host } from "./changesets-action.ts";
import { isTrue, interpolate } from "./expression.ts";
import { runWorkflow, type Runner, type Trigger } from "./runner.ts";
import { parseWorkflow, readWorkflow } from "./workflow.ts";

// Rehearses release.yml: its jobs run with the real CLI against a registry on loopback, with a bare repository as origin. Every test
// starts where the one before it ended.
const timeout = 900_000;
const names = ["types", "client", "mock-tenant"].map((name) => `@isc-customizers/${name}`);
const push: Trigger = {
  github: { event_name: "push", token: "default-token" },
  secrets: { RELEASE_TOKEN: "release-token" },
};

let registry: Registry;
let clone: Clone;
let runner: Runner;
let origin: string;
let publishLog: string;
const host: Host = { releases: [] };
const resources = new AsyncDisposableStack();

const git = (...args: readonly string[]) =>
  output("git", args, { cwd: clone.folder, env: identity }).then((text) => text.trim());

/** A file of a branch or tag of origin. */
const atOrigin = (ref: string, file: string) => output("git", ["show", `${ref}:${file}`], { cwd: origin });

const tagsAtOrigin = async () =>
  (await output("git", ["tag", "--list"], { cwd: origin })).split("\n").filter(Boolean);

describe.runIf(hasProgram("git") && hasProgram("bash"))("release.yml", () => {
  beforeAll(async () => {
    registry = resources.use(await startRegistry());
    clone = resources.use(await createClone(registry));
    const { path: temporary } = resources.use(await temporaryFolder());
    publishLog = join(temporary, "publish.log");
    origin = join(temporary, "origin.git");
    await output("git", ["clone", "--quiet", "--bare", clone.folder, origin], { cwd: temporary });
    await git("remote", "add", "origin", origin);
    runner = {
      workflow: await readWorkflow("release.yml"),
      checkout: async (job) => {
        await rm(join(temporary, "global"), { recursive: true, force: true });
        return job === "publish" ? await freshClone(temporary) : await cleanClone();
      },
      env: await createEnvironment(temporary),
      temporary,
      artifacts: createArtifacts(temporary),
      host,
      assumed: ["test"],
    };
  }, timeout);

  afterAll(() => resources.disposeAsync());

  test("version 1 of the changesets action fails", async () => {
    const { name, text } = runner.workflow;
    const workflow = parseWorkflow(name, text.replaceAll("# v2.1.1", "# v1.9.0"));
    await expect(runWorkflow({ ...runner, workflow }, push)).rejects.toThrow(
      "The rehearsal cannot run changesets/action/select-mode v1.9.0",
    );
  });

  test("a push with pending changesets opens the release pull request", { timeout }, async () => {
    const spec = await clone.read("spec/openapi.yaml");
    const edited = editedSpec(spec, (document) =>
      document.setIn(["info", "description"], "The rehearsal's description."),
    );
    await clone.write("spec/openapi.yaml", edited);
    await clone.done("generate");
    await clone.write(
      ".changeset/rehearsal.md",
      '---\n"@isc-customizers/client": major\n---\n\nRehearsed.\n',
    );
    await clone.commit("A change");
    await git("push", "--quiet", "origin", "HEAD:main");
    const before = await clone.version();

    const jobs = await runWorkflow(runner, push);
    expect(resultsOf(jobs)).toEqual({
      "select-mode": "success",
      version: "success",
      test: "skipped",
      pack: "skipped",
      snapshot: "skipped",
      publish: "skipped",
    });
    expect(jobs["version"]?.log).not.toContain("::warning");

    const next = `${Number(before.split(".")[0]) + 1}.0.0`;
    const { pullRequest } = host;
    expect(pullRequest).toMatchObject({
      title: "Release the next version",
      branch: "changeset-release/main",
      token: "release-token",
    });
    expect(pullRequest?.body).toContain(`## @isc-customizers/client@${next}\n\n### Major Changes`);
    expect(pullRequest?.body).toContain("Rehearsed.");

    const branch = "changeset-release/main";
    for (const name of names) {
      const folder = `packages/${name.split("/")[1]}`;
      const manifest = JSON.parse(await atOrigin(branch, `${folder}/package.json`)) as { version: string };
      expect(manifest.version).toBe(next);
      expect(await atOrigin(branch, `${folder}/CHANGELOG.md`)).toContain(`\n## ${next}\n`);
    }
    expect(await atOrigin(branch, "packages/client/CHANGELOG.md")).toContain("Rehearsed.");
    expect(await atOrigin(branch, "packages/client/src/version.ts")).toContain(`"${next}"`);
    expect(await atOrigin(branch, "spec/released/openapi.yaml")).toBe(edited);
    const changesets = await output("git", ["ls-tree", "--name-only", branch, ".changeset/"], {
      cwd: origin,
    });
    expect(changesets).toBe(".changeset/config.json\n");
  });

  test("without the secret, the default token opens it, and a warning says that CI does not start", () => {
    const { steps, env } = runner.workflow.jobs["version"] ?? { steps: [] };
    const context = { ...push, secrets: {} };
    const flag = interpolate(env?.["HAS_RELEASE_TOKEN"] ?? "", context);
    const warning = steps.find(({ run: command }) => command?.includes("::warning"));
    expect(isTrue(warning?.if ?? "", { env: { HAS_RELEASE_TOKEN: flag } })).toBe(true);
    const token = String(steps.at(-1)?.with?.["github-token"]);
    expect(interpolate(token, context)).toBe("default-token");
  });

  test("merging it packs, publishes, tags and announces the version", { timeout }, async () => {
    await git("push", "--quiet", "origin", `${host.pullRequest?.commit}:main`);
    const jobs = await runWorkflow(runner, push);
    expect(resultsOf(jobs)).toEqual({
      "select-mode": "success",
      version: "skipped",
      test: "success",
      pack: "success",
      snapshot: "skipped",
      publish: "success",
    });
    const { version } = JSON.parse(await atOrigin("main", "packages/client/package.json")) as {
      version: string;
    };

    const packed = await runner.artifacts.download(jobs["pack"]?.outputs["pack-dir-artifact-id"] ?? "");
    const tarballs = names.map((name) => `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
    for (const tarball of tarballs) {
      const files: string[] = [];
      await list({
        file: join(packed, "packages", tarball),
        onReadEntry: ({ path }) => void files.push(path),
      });
      expect(files).toEqual(expect.arrayContaining(["package/package.json", "package/CHANGELOG.md"]));
      expect(files.some((file) => file.startsWith("package/dist/") && file.endsWith(".js"))).toBe(true);
    }

    for (const name of names) {
      const published = await registry.look(name);
      expect(published["dist-tags"]).toEqual({ latest: version });
      expect(JSON.stringify(published.versions[version])).not.toContain("workspace:");
    }
    const published = (await readFile(publishLog, "utf8")).trimEnd().split("\n");
    expect(published).toHaveLength(names.length);
    for (const line of published)
      expect(line).toMatch(/^provenance=true .*\.tgz .*--access public --tag latest/);

    const tags = names.map((name) => `${name}@${version}`);
    expect((await tagsAtOrigin()).toSorted()).toEqual(tags.toSorted());
    const main = await output("git", ["rev-parse", "main"], { cwd: origin });
    for (const tag of tags)
      expect(await output("git", ["rev-parse", `${tag}^{commit}`], { cwd: origin })).toBe(main);

    expect(host.releases.map(({ tag }) => tag).toSorted()).toEqual(tags.toSorted());
    const notes = host.releases.find(({ tag }) => tag.startsWith("@isc-customizers/client@"))?.notes;
    expect(notes).toMatch(/^### Major Changes\n\n- /);
    expect(notes).toContain("Rehearsed.");
    expect(notes).not.toContain(`## ${version}`);
  });

  test("the next push has nothing to publish", { timeout }, async () => {
    const jobs = await runWorkflow(runner, push);
    expect(jobs["select-mode"]?.outputs["mode"]).toBe("none");
    expect(Object.values(resultsOf(jobs)).filter((result) => result === "success")).toHaveLength(1);
  });

  test(
    "pnpm reads PNPM_CONFIG_PROVENANCE: without an identity it refuses to publish",
    { timeout },
    async () => {
      const env = { ...runner.env, PNPM_CONFIG_PROVENANCE: "true" };
      const real = join(runner.temporary, "global/bin/pnpm");
      const args = ["publish", "--no-git-checks", "--tag", "refused"];
      const { code, stdout, stderr } = await run(real, args, {
        cwd: join(clone.folder, "packages/types"),
        env,
      });
      expect(code).not.toBe(0);
      expect(`${stdout}${stderr}`).toMatch(/provenance/i);
    },
  );

  test(
    "a snapshot is published under its dist-tag, without a git tag or a release",
    { timeout },
    async () => {
      const before = { tags: await tagsAtOrigin(), releases: host.releases.length };
      await git("checkout", "--quiet", "--detach", "origin/main");
      await clone.write(".changeset/next.md", '---\n"@isc-customizers/client": minor\n---\n\nNext.\n');
      await clone.commit("Another change");
      await git("push", "--quiet", "origin", "HEAD:main");
      const latest = await clone.version();

      const github = { ...push.github, event_name: "workflow_dispatch" };
      const jobs = await runWorkflow(runner, { github, inputs: { tag: "pr-7" } });
      expect(resultsOf(jobs)).toEqual({
        "select-mode": "skipped",
        version: "skipped",
        test: "skipped",
        pack: "skipped",
        snapshot: "success",
        publish: "success",
      });
      for (const name of names) {
        const { "dist-tags": tags } = await registry.look(name);
        expect(tags["latest"]).toBe(latest);
        expect(tags["pr-7"]).toMatch(/^\d+\.\d+\.\d+-pr-7-[0-9a-f]{7}$/);
      }
      expect(await readFile(publishLog, "utf8")).toMatch(/^provenance=true .*--tag pr-7/m);
      expect({ tags: await tagsAtOrigin(), releases: host.releases.length }).toEqual(before);
    },
  );
});

const resultsOf = (jobs: Awaited<ReturnType<typeof runWorkflow>>) =>
  Object.fromEntries(Object.entries(jobs).map(([id, { result }]) => [id, result]));

/** The maintainer's clone as a fresh one, at the commit of main; only the installed dependencies stay. */
async function cleanClone(): Promise<string> {
  await git("fetch", "--quiet", "--prune", "--prune-tags", "origin");
  await git("checkout", "--quiet", "--force", "--detach", "origin/main");
  await git("clean", "--quiet", "-ffdx", "--exclude=node_modules", "--exclude=.turbo");
  return clone.folder;
}

/** A clone in which nothing is installed or built. */
async function freshClone(temporary: string): Promise<string> {
  const folder = join(temporary, `clone-${crypto.randomUUID()}`);
  await output("git", ["clone", "--quiet", "--no-tags", origin, folder], { cwd: temporary, env: identity });
  return folder;
}

/**
 * The environment of the jobs. It has no pnpm until the job installs one. A script stands before that pnpm: it logs how packages are
 * published, and hides the request for provenance, which pnpm could sign only on GitHub.
 */
async function createEnvironment(temporary: string): Promise<Record<string, string>> {
  const [front, prefix] = [join(temporary, "front"), join(temporary, "global")];
  await mkdir(front);
  const script = `#!/bin/sh
if [ "$1" = publish ]; then
  echo "provenance=$PNPM_CONFIG_PROVENANCE $*" >> "${publishLog}"
  unset PNPM_CONFIG_PROVENANCE
fi
exec "${prefix}/bin/pnpm" "$@"
`;
  await writeFile(join(front, "pnpm"), script, { mode: 0o755 });
  const path = (process.env["PATH"] ?? "").split(delimiter);
  const withoutPnpm = path.filter((folder) => !existsSync(join(folder, "pnpm")));
  return {
    ...registry.env,
    ...identity,
    npm_config_prefix: prefix,
    NPM_CONFIG_PREFIX: prefix,
    PATH: [front, dirname(process.execPath), ...withoutPnpm].join(delimiter),
    CI: "true",
    CHANGESETS_OUTPUT: "",
  };
}
