import { acceptBreaks } from "./accepted-breaks.ts";
import { SpecError } from "../spec/diagnostic.ts";
import type { Spec } from "../spec/load/load-spec.ts";
import type { SpecDiff } from "./spec-diff.ts";

/**
 * Compares two specs, and returns the changes for users with their lines. Applies the `accepted-breaks.yaml` beside the new spec.
 *
 * @throws SpecError if one of them has problems.
 */
export async function diffSpecs(old: Spec, current: Spec): Promise<SpecDiff> {
  const problems = [...old.problems, ...current.problems];
  if (problems.length > 0) throw new SpecError(problems);
  const { diffDocuments } = await import("./diff-documents.ts");
  const { severity, changes } = diffDocuments(old.document, current.document);
  const located = changes.map((change) => ({
    ...change,
    line: (change.file === "base" ? old : current).locate(change.pointer).line,
  }));
  return await acceptBreaks({ severity, changes: located }, current.files[0] ?? "");
}
