import { basename } from "node:path";
import { checkOptions, type CommandLine, options, usage } from "./options.ts";
import type { SpecDiff } from "../diff/spec-diff.ts";
import type { Generated } from "./generate-files.ts";
import { compare, type Difference, write } from "./write-files.ts";
import type { Spec } from "../spec/load/load-spec.ts";
import { shownPath } from "../cli/shown-path.ts";
import { describeDiagnostics, type Problem, SpecError } from "../spec/diagnostic.ts";
import { ToolError, UsageError } from "../cli/errors.ts";
import { runTool } from "../cli/run-command.ts";

/** Loads the generator. This takes longer than parsing the command line, so `--help` and a wrong option do not wait for it. */
async function generator() {
  return await import("./generate-files.ts");
}

async function check(line: CommandLine): Promise<number> {
  const { outdatedFiles } = await import("./check-files.ts");
  const outdated = await outdatedFiles(line);
  if (outdated.length === 0) return 0;
  console.error(outdated.join("\n"));
  const options = [line.spec && ` --spec ${line.spec}`, line.out && ` --out ${line.out}`]
    .filter(Boolean)
    .join("");
  console.error(`\nRun \`pnpm generate${options}\`, and commit what it writes.`);
  return 1;
}

async function update(line: CommandLine, spec?: Spec): Promise<Generated> {
  const { generateFiles } = await generator();
  const generated = await generateFiles(line, spec);
  const { files, diagnostics } = generated;
  const difference = await compare(files);
  if (line.out !== undefined && difference.foreign.length > 0) {
    throw new UsageError(
      `--out would overwrite what it did not generate: ${difference.foreign.map(shownPath).join(", ")}.`,
    );
  }
  await write(files, difference);
  report(difference, files.size);
  await summarize(files, difference, generated.spec);
  if (diagnostics.length > 0) console.error(`${describeDiagnostics(diagnostics)}\n\n${countOf(diagnostics)}`);
  return generated;
}

function countOf({ length }: readonly Problem[]): string {
  return `${length} ${length === 1 ? "problem" : "problems"}; everything else was generated.`;
}

/** Prints the changes for users since the last run. Loads the comparison only if the spec has changed. */
async function summarize(
  files: ReadonlyMap<string, string>,
  { found }: Difference,
  spec: Spec,
): Promise<void> {
  for (const [path, before] of found) {
    if (basename(path) !== "openapi.json") continue;
    const { summaryOf } = await import("../diff/report/summary.ts");
    const summary = await summaryOf(before, files.get(path) ?? "", spec.files[0] ?? "");
    if (summary !== "") console.log(`\n${summary}`);
  }
}

function report({ stale, orphaned }: Difference, total: number): void {
  for (const path of stale) console.log(`wrote ${shownPath(path)}`);
  for (const path of orphaned) console.log(`removed ${shownPath(path)}`);
  if (stale.length + orphaned.length === 0) console.log(`All ${total} generated files are up to date.`);
}

/** Returns `true` for this repository's own spec and output. */
function isOwn({ spec, out }: CommandLine): boolean {
  return spec === undefined && out === undefined;
}

async function watch(line: CommandLine): Promise<void> {
  const [{ specPath }, { watchSpec }] = await Promise.all([generator(), import("./watch-spec.ts")]);
  await watchSpec(specPath(line), async () => (await update(line)).spec);
}

/** Generates from this repository's own spec, and drafts the changeset. */
async function updateOwn(line: CommandLine): Promise<void> {
  const { refuseMergeConflicts } = await import("../release/changesets/pending.ts");
  await refuseMergeConflicts();
  const { loadContract, specDiff } = await import("../release/spec-files.ts");
  const spec = await loadContract();
  // The comparison with the last release runs while this program generates. Its error is reported after the files are written.
  const diff = specDiff(spec);
  diff.catch(() => {});
  await update(line, spec);
  await draftChangeset(diff);
}

async function draftChangeset(diff: Promise<SpecDiff>): Promise<void> {
  const { specItem } = await import("../release/changesets/change-item.ts");
  const { updateDrafts } = await import("../release/changesets/drafts.ts");
  try {
    const messages = await updateDrafts("spec", (await diff).changes.map(specItem));
    if (messages.length > 0) console.log(`\n${messages.join("\n")}`);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw new ToolError(`Everything is generated, but no changeset could be drafted.\n${error.message}`);
  }
}

await runTool(usage, { options }, async ({ values }) => {
  checkOptions(values);
  try {
    if (values.check) return await check(values);
    if (values.watch) await watch(values);
    else if (isOwn(values)) await updateOwn(values);
    else await update(values);
    return 0;
  } catch (error) {
    if (error instanceof SpecError) throw new ToolError(`${error.message}\n\nNothing was written.`);
    if (isFileError(error)) throw new ToolError(`The output cannot be written: ${error.message}`);
    throw error;
  }
});

function isFileError(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error;
}
