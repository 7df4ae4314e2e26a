import { actionsOf, commandsOf, type Workflow } from "./workflow.ts";

// Each rule returns the problems of a workflow. The tests apply it to the workflows, and to a broken one.

/** Requires that every action is pinned by commit, with its version in a comment, which Renovate updates. */
export function findUnpinnedActions({ text, jobs }: Workflow): string[] {
  const used = Object.values(jobs).flatMap((job) => [job.uses, ...(job.steps ?? []).map(({ uses }) => uses)]);
  const lines = new Set(text.split("\n").map((line) => line.trim().replace(/^- /, "")));
  return used
    .filter((action) => action !== undefined)
    .filter(
      (action) => ![...lines].some((line) => line.startsWith(`uses: ${action} # v`) && pinned.test(line)),
    )
    .map((action) => `${action} is not pinned by commit with a version comment.`);
}

const pinned = /^uses: [\w.-]+\/[\w./-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/;

/** The commands of pnpm itself that the workflows use. */
const pnpmCommands = ["install", "audit", "outdated"];

/** Requires that every script exists in package.json, and that every command names the pnpm of `packageManager`. */
export function findUnknownScripts(
  commands: readonly string[],
  { scripts, packageManager }: { readonly scripts: object; readonly packageManager: string },
): string[] {
  const known = new Set([...Object.keys(scripts), ...pnpmCommands]);
  const text = commands.join("\n");
  const calls = text.matchAll(/(?:^|\s)pnpm(?:@\S+)? (?:--silent )?(?<script>[\w:-]+)/gm);
  const called = [...calls].map(({ groups }) => groups?.["script"] ?? "");
  const versions = [...text.matchAll(/pnpm@[\d.]+/g)].map(([version]) => version);
  return [
    ...called
      .filter((script) => !known.has(script))
      .map((script) => `package.json has no script "${script}".`),
    ...versions
      .filter((version) => version !== packageManager)
      .map((version) => `${version} is not the ${packageManager} of package.json.`),
  ];
}

/** The commands of the job that npm trusts: they install, and run no script of the repository or of a dependency. */
const trustedCommands = [
  /^npm install --global pnpm@[\d.]+$/,
  /^pnpm install --frozen-lockfile --ignore-scripts --ignore-pnpmfile$/,
];

/** The actions of that job. */
const trustedActions = ["actions/checkout", "actions/setup-node", "changesets/action/publish"];

/**
 * Requires that only `publish` in release.yml may ask for an identity, that it runs nothing but the trusted commands and actions, and that
 * it waits for the tests.
 */
export function findIdentityProblems(workflow: Workflow): string[] {
  const problems: string[] = [];
  for (const [id, job] of Object.entries(workflow.jobs)) {
    if ((job.permissions ?? workflow.permissions)?.["id-token"] !== "write") continue;
    if (workflow.name !== "release.yml" || id !== "publish")
      problems.push(`The job "${id}" of ${workflow.name} must not have id-token: write.`);
    for (const command of commandsOf({ ...workflow, jobs: { [id]: job } })) {
      if (!trustedCommands.some((pattern) => pattern.test(command)))
        problems.push(`The job "${id}" has id-token: write and must not run "${command}".`);
    }
    for (const [action = ""] of job.steps.map(({ uses }) => uses?.split("@") ?? [])) {
      if (action !== "" && !trustedActions.includes(action))
        problems.push(`The job "${id}" has id-token: write and must not use ${action}.`);
    }
    if (!job.needs?.includes("test") || !job.if?.includes("needs.test.result == 'success'"))
      problems.push(`The job "${id}" has id-token: write and must wait for the job "test".`);
  }
  return problems;
}

/** The major of changesets/action that works with each major of the changesets CLI. */
const actionMajors: Readonly<Record<string, string>> = { 2: "1", 3: "2" };

/**
 * The actions of changesets/action v2 with the inputs that its 2.1.1 reads. GitHub only warns about an unknown input, so a renamed one
 * would be ignored. Version 1 has none of these actions.
 */
const changesetsInputs: Readonly<Record<string, readonly string[]>> = {
  "select-mode": ["cwd"],
  version: [
    "github-token",
    "script",
    "commit-message",
    "pr-title",
    "pr-draft",
    "pr-base-branch",
    "push-with-git-cli",
    "cwd",
  ],
  pack: ["publish-plan-artifact-id", "cwd"],
  publish: [
    "github-token",
    "script",
    "pack-dir-artifact-id",
    "create-github-releases",
    "push-git-tags",
    "cwd",
  ],
};

/** Requires that changesets/action works with the installed CLI, and that it has the actions and inputs that the workflow names. */
export function findChangesetsProblems(workflow: Workflow, cliVersion: string): string[] {
  const problems: string[] = [];
  const wanted = actionMajors[majorOf(cliVersion)];
  for (const { repository, version = "without a version" } of actionsOf(workflow)) {
    if (repository === "changesets/action" && majorOf(version) !== wanted)
      problems.push(`changesets/action ${version} does not work with @changesets/cli ${cliVersion}.`);
  }
  for (const { uses = "", with: given = {} } of Object.values(workflow.jobs).flatMap(({ steps }) => steps)) {
    if (!uses.startsWith("changesets/action")) continue;
    const [action = ""] = uses.split("@");
    const inputs = changesetsInputs[action.replace("changesets/action/", "")];
    if (inputs === undefined) problems.push(`${action} does not exist.`);
    for (const input of Object.keys(given).filter((name) => inputs?.includes(name) === false))
      problems.push(`${action} has no input "${input}".`);
  }
  return problems;
}

const majorOf = (version: string): string => /^v?(\d+)\./.exec(version)?.[1] ?? "";
