import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { output, run } from "../support/command.ts";
import type { Artifacts } from "./artifacts.ts";

// Does what changesets/action 2.1.1 does, with the real CLI, and with a bare repository in place of GitHub.

/** The state of the repository on GitHub that the action changes. */
export interface Host {
  pullRequest?: { title: string; body: string; branch: string; commit: string; token: string };
  readonly releases: { tag: string; notes: string }[];
}

/** A step of a job that uses the action. */
export interface ActionStep {
  readonly folder: string;
  readonly env: Record<string, string>;
  readonly inputs: Readonly<Record<string, string>>;
  readonly temporary: string;
  readonly artifacts: Artifacts;
  readonly host: Host;
}

/** The outputs of a step. */
export type Outputs = Record<string, string>;

export const changesetsActions: Readonly<Record<string, (step: ActionStep) => Promise<Outputs>>> = {
  "select-mode": selectMode,
  version,
  pack,
  publish,
};

async function selectMode(step: ActionStep): Promise<Outputs> {
  const pending = (await readdir(join(step.folder, ".changeset"))).filter((name) => name.endsWith(".md"));
  if (pending.length > 0) return { mode: "version" };
  const file = join(step.temporary, "plan/publish-plan.json");
  await changeset(step, "publish-plan", "--output", file);
  const { plan } = JSON.parse(await readFile(file, "utf8")) as { plan: unknown[] };
  if (plan.length === 0) return { mode: "none" };
  return { mode: "publish", "publish-plan-artifact-id": await step.artifacts.upload(file) };
}

async function version(step: ActionStep): Promise<Outputs> {
  const { folder, env, inputs, host } = step;
  const git = (...args: readonly string[]) => output("git", args, { cwd: folder, env });
  const before = await readVersions(folder);
  await output("bash", ["-c", inputs["script"] ?? ""], { cwd: folder, env });
  const branch = "changeset-release/main";
  await git("add", "--all");
  await git("commit", "--quiet", "--message", inputs["commit-message"] ?? "");
  await git("push", "--quiet", "--force", "origin", `HEAD:refs/heads/${branch}`);
  const changed = [...(await readVersions(folder))].filter(([name, after]) => before.get(name) !== after);
  const sections = changed.map(
    async ([name, after]) => `## ${name}@${after}\n\n${await releaseNotes(folder, name, after)}`,
  );
  host.pullRequest = {
    title: inputs["pr-title"] ?? "",
    body: (await Promise.all(sections)).join("\n"),
    branch,
    commit: (await git("rev-parse", "HEAD")).trim(),
    token: inputs["github-token"] ?? "",
  };
  return { "pr-number": "1" };
}

async function pack(step: ActionStep): Promise<Outputs> {
  const { inputs, artifacts, temporary } = step;
  const plan = await artifacts.download(inputs["publish-plan-artifact-id"] ?? "");
  const folder = join(temporary, "pack");
  await changeset(step, "pack", "--out-dir", folder, "--from-publish-plan", join(plan, "publish-plan.json"));
  return { "pack-dir-artifact-id": await artifacts.upload(folder) };
}

async function publish(step: ActionStep): Promise<Outputs> {
  const { folder, env, inputs, temporary, host } = step;
  const packed = await step.artifacts.download(inputs["pack-dir-artifact-id"] ?? "");
  const events = join(temporary, "changesets-output.ndjson");
  const { code, stdout, stderr } = await changeset(
    { ...step, env: { ...env, CHANGESETS_OUTPUT: events } },
    "publish",
    "--from-pack-dir",
    packed,
  );
  const tagged = (await readFile(events, "utf8"))
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { type: string; tag: string; packageName: string })
    .filter(({ type }) => type === "git-tag");
  for (const { tag, packageName } of tagged) {
    if (inputs["push-git-tags"] === "true")
      await output("git", ["push", "--quiet", "origin", `HEAD:refs/tags/${tag}`], { cwd: folder, env });
    if (inputs["create-github-releases"] === "true") {
      const released = tag.slice(packageName.length + 1);
      host.releases.push({ tag, notes: await releaseNotes(folder, packageName, released) });
    }
  }
  if (code !== 0) throw new Error(`changeset publish exited with ${code}:\n${stdout}\n${stderr}`);
  return { published: String(tagged.length > 0) };
}

/** Runs the CLI as the action does: with the Node on the PATH, from the repository's dependencies. */
async function changeset({ folder, env }: ActionStep, ...args: readonly string[]) {
  const outcome = await run("node", [join(folder, "node_modules/@changesets/cli/bin.js"), ...args], {
    cwd: folder,
    env,
  });
  if (outcome.code !== 0 && args[0] !== "publish")
    throw new Error(`changeset ${args.join(" ")} exited with ${outcome.code}:\n${outcome.stdout}`);
  return outcome;
}

const packageFolders: Readonly<Record<string, string>> = {
  "@isc-customizers/types": "packages/types",
  "@isc-customizers/client": "packages/client",
  "@isc-customizers/mock-tenant": "packages/mock-tenant",
};

async function readVersions(folder: string): Promise<Map<string, string>> {
  const versions = Object.entries(packageFolders).map(async ([name, path]) => {
    const manifest = await readFile(join(folder, path, "package.json"), "utf8");
    return [name, (JSON.parse(manifest) as { version: string }).version] as const;
  });
  return new Map(await Promise.all(versions));
}

/** The section of a version in the changelog of a package. */
async function releaseNotes(folder: string, name: string, released: string): Promise<string> {
  const changelog = await readFile(join(folder, packageFolders[name] ?? "", "CHANGELOG.md"), "utf8");
  const section = changelog.split(/^## /m).find((text) => text.startsWith(`${released}\n`));
  if (section === undefined) throw new Error(`The changelog of ${name} has no section ${released}.`);
  return section.slice(released.length).trim();
}
