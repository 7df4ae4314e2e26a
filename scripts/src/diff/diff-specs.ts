import type { Spec } from "../spec/load-spec.ts";
import { SpecError } from "../spec/diagnostic.ts";
import { redoclyDiff } from "./redocly-diff.ts";
import type { SpecDiff } from "./spec-diff.ts";

/**
 * What has changed for users from one spec to another, with the line of each change.
 *
 * @throws SpecError where one of them is no sound spec, or the two are of different versions of OpenAPI.
 */
export async function diffSpecs(old: Spec, current: Spec): Promise<SpecDiff> {
  const problems = [...old.problems, ...current.problems];
  if (problems.length > 0) throw new SpecError(problems);
  const version = /^\d+\.\d+/;
  const [before, after] = [old, current].map(({ document }) => version.exec(document.openapi)?.[0]);
  if (before !== after) {
    throw new SpecError([
      {
        place: current.locate("#/openapi"),
        message: `This is OpenAPI ${after}, and what it is compared with is ${before}.`,
        remedy: "Convert one of the two first: the same words mean other things in the other version.",
      },
    ]);
  }
  // What compares by the policy takes as long to load as Redocly to run.
  const [redocly, { diffDocuments }] = await Promise.all([
    redoclyDiff(old.document, current.document),
    import("./diff-documents.ts"),
  ]);
  const { severity, changes } = diffDocuments(old.document, current.document, redocly);
  const located = changes.map((change) => ({
    ...change,
    line: (change.file === "base" ? old : current).locate(change.pointer).line,
  }));
  return { severity, changes: located };
}
