import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { root } from "../support/harness.ts";

export const workflowFolder = join(root, ".github/workflows");

/** A workflow file of GitHub Actions, with the parts that the tests read. */
export interface Workflow {
  readonly name: string;
  readonly text: string;
  /** The permissions of every job that sets none itself. */
  readonly permissions?: Permissions;
  readonly jobs: Readonly<Record<string, Job>>;
}

export type Permissions = Readonly<Record<string, string>>;

export interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly permissions?: Permissions;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  /** A reusable workflow, in place of steps. */
  readonly uses?: string;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export async function readWorkflow(name: string): Promise<Workflow> {
  return parseWorkflow(name, await readFile(join(workflowFolder, name), "utf8"));
}

export function parseWorkflow(name: string, text: string): Workflow {
  const parsed = parse(text) as Pick<Workflow, "permissions" | "jobs">;
  return { ...parsed, name, text };
}

/** An action as a workflow names it: `changesets/action/pack@8488615a... # v2.1.1`. */
export interface Action {
  /** The repository, such as `changesets/action`. */
  readonly repository: string;
  /** The path within the repository, such as `pack`; empty for the root. */
  readonly path: string;
  /** The commit, tag or branch. */
  readonly ref: string;
  /** The version in the comment behind the commit. */
  readonly version: string | undefined;
}

export function actionsOf({ text }: Workflow): Action[] {
  const pattern =
    /uses: (?<repository>[\w.-]+\/[\w.-]+)(?:\/(?<path>[\w./-]+))?@(?<ref>\S+)(?: # (?<version>v\S+))?/g;
  return [...text.matchAll(pattern)].map(({ groups = {} }) => ({
    repository: groups["repository"] ?? "",
    path: groups["path"] ?? "",
    ref: groups["ref"] ?? "",
    version: groups["version"],
  }));
}

/** The shell commands of a workflow: those of `run`, and those that the changesets action is given. */
export function commandsOf({ jobs }: Workflow): string[] {
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  return steps.flatMap(({ run, with: { script } = {} }) =>
    [run, script].filter((command) => typeof command === "string"),
  );
}
