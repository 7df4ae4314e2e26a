import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { output } from "../support/command.ts";
import type { Artifacts } from "./artifacts.ts";
import { changesetsActions, type Host, type Outputs } from "./changesets-action.ts";
import { type Context, interpolate, isTrue } from "./expression.ts";
import { actionsOf, type Job, type Step, type Workflow } from "../../../scripts/test/repository/workflow.ts";

/** A machine that runs the jobs of a workflow, one after the other. */
export interface Runner {
  readonly workflow: Workflow;
  /** Checks the commit out into a folder for the job. */
  checkout(job: string): Promise<string>;
  readonly env: Record<string, string>;
  readonly temporary: string;
  readonly artifacts: Artifacts;
  readonly host: Host;
  /** Jobs that succeed without being run; only their conditions are evaluated. */
  readonly assumed: readonly string[];
}

/** The event that starts a workflow: the contexts `github`, `inputs` and `secrets` of its expressions. */
export interface Trigger {
  readonly github: { readonly event_name: string; readonly token: string };
  readonly inputs?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface JobResult {
  readonly result: "success" | "skipped";
  readonly outputs: Outputs;
  /** The output of the job's commands. */
  readonly log: string;
}

/** Runs the jobs whose conditions hold. The workflow lists every job after the ones that it needs. */
export async function runWorkflow(runner: Runner, trigger: Trigger): Promise<Record<string, JobResult>> {
  const results: Record<string, JobResult> = {};
  for (const [id, job] of Object.entries(runner.workflow.jobs)) {
    const needs = Object.fromEntries([job.needs ?? []].flat().map((name) => [name, results[name]]));
    const context = { ...trigger, needs };
    if (!isDue(job, context)) results[id] = { result: "skipped", outputs: {}, log: "" };
    else if (runner.assumed.includes(id)) results[id] = { result: "success", outputs: {}, log: "" };
    else results[id] = await runJob(runner, id, job, context);
  }
  return results;
}

/** A job waits for the success of the jobs that it needs, unless its condition has a status function. */
function isDue(
  job: Job,
  context: { readonly needs: Readonly<Record<string, JobResult | undefined>> },
): boolean {
  const condition = job.if ?? "true";
  const waits = !condition.includes("cancelled()");
  if (waits && Object.values(context.needs).some((need) => need?.result !== "success")) return false;
  return isTrue(condition, context);
}

async function runJob(runner: Runner, id: string, job: Job, trigger: Context): Promise<JobResult> {
  const temporary = join(runner.temporary, `${id}-${crypto.randomUUID()}`);
  await mkdir(temporary);
  const env = { ...runner.env, RUNNER_TEMP: temporary, ...interpolateAll(job.env, trigger) };
  const steps: Record<string, { outputs: Outputs }> = {};
  const context = { ...trigger, env, steps, runner: { temp: temporary } };
  let folder = temporary;
  let log = "";
  for (const step of job.steps) {
    if (step.if !== undefined && !isTrue(step.if, context)) continue;
    const stepEnv = { ...env, ...interpolateAll(step.env, context) };
    if (step.run !== undefined)
      log += await output("bash", ["-e", "-c", interpolate(step.run, context)], {
        cwd: folder,
        env: stepEnv,
      });
    else if (step.uses?.startsWith("actions/checkout@")) folder = await runner.checkout(id);
    else {
      const inputs = interpolateAll(step.with, context);
      const outputs = await runAction(runner, step, { folder, env: stepEnv, inputs, temporary });
      if (step.id !== undefined) steps[step.id] = { outputs };
    }
  }
  return { result: "success", outputs: interpolateAll(job.outputs, context), log };
}

async function runAction(
  { workflow, artifacts, host }: Runner,
  { uses = "" }: Step,
  call: {
    readonly folder: string;
    readonly env: Record<string, string>;
    readonly inputs: Record<string, string>;
    readonly temporary: string;
  },
): Promise<Outputs> {
  const [name = "", ref] = uses.split("@");
  const version = actionsOf(workflow).find((action) => action.ref === ref)?.version;
  if (name === "actions/setup-node") return {};
  if (name === "actions/upload-artifact")
    return { "artifact-id": await artifacts.upload(call.inputs["path"] ?? "") };
  const action = changesetsActions[name.replace("changesets/action/", "")];
  if (action === undefined || version?.startsWith("v2.") !== true)
    throw new Error(
      `The rehearsal cannot run ${name} ${version}; it knows the actions of changesets/action v2.`,
    );
  return await action({ ...call, artifacts, host });
}

function interpolateAll(texts: Readonly<Record<string, unknown>> = {}, context: Context): Outputs {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, interpolate(String(text), context)]),
  );
}
