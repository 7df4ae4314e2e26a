import { shownPath } from "../cli/shown-path.ts";
import { acceptBreaks } from "./accepted-breaks.ts";
import { SpecError } from "../spec/diagnostic.ts";
import type { Spec } from "../spec/load/load-spec.ts";
import type { SpecDiff } from "./spec-diff.ts";

/**
 * Compares two specs, and applies the `accepted-breaks.yaml` beside the new one.
 *
 * @throws SpecError if one of them has problems.
 */
export async function diffSpecs(old: Spec, current: Spec): Promise<SpecDiff> {
  return await acceptBreaks(await compareSpecs(old, current), current.files[0] ?? "");
}

/**
 * Compares two specs, and returns the changes for users with their lines.
 *
 * @throws SpecError if one of them has problems.
 */
export async function compareSpecs(old: Spec, current: Spec): Promise<SpecDiff> {
  const problems = [...old.problems, ...current.problems];
  if (problems.length > 0) throw new SpecError(problems);
  const { diffDocuments } = await import("./diff-documents.ts");
  const { severity, changes } = diffDocuments(old.document, current.document);
  const located = changes.map((change) => {
    const { files, locate } = change.file === "base" ? old : current;
    const { file: path, line } = locate(change.pointer);
    if (path === shownPath(files[0] ?? "")) return { ...change, line };
    // Files of an old revision are in a temporary folder.
    return change.file === "base" ? change : { ...change, line, path };
  });
  return { severity, changes: located };
}
