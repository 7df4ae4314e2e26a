import { rules } from "../diff/rules/rate.ts";
import { isMoreSevere } from "../diff/severity.ts";
import type { SpecDiff } from "../diff/spec-diff.ts";
import { diffSurfaces, type SurfaceChange } from "../surface/diff-surfaces.ts";
import { buildReports, readReports, reportFolders } from "../surface/report-files.ts";
import type { Report } from "../surface/report.ts";

/** The public types of the last release and of now, and their changes. Before the first release, `base` is empty. */
export interface SurfaceDiff {
  readonly base: ReadonlyMap<string, Report>;
  readonly head: ReadonlyMap<string, Report>;
  readonly changes: readonly SurfaceChange[];
}

/** Compares the public types with those of the last release. Before the first release there are no changes. */
export async function surfaceDiff(spec: SpecDiff): Promise<SurfaceDiff> {
  const [base, head] = [await readReports(reportFolders.released), await buildReports()];
  return { base, head, changes: base.size === 0 ? [] : diffSurfaces(comparableBase(spec, base, head), head) };
}

/**
 * Takes the generated types from the new release, if the spec has breaks that do not require a major version: accepted breaks, and
 * breaks of experimental operations. For the compiler they would be breaks of every type that refers to the generated types.
 */
function comparableBase(
  { changes }: SpecDiff,
  base: ReadonlyMap<string, Report>,
  head: ReadonlyMap<string, Report>,
): ReadonlyMap<string, Report> {
  const types = head.get("types");
  const isLenient = changes.some(({ rule, severity }) => isMoreSevere(rules[rule].severity, severity));
  return isLenient && types !== undefined ? new Map([...base, ["types", types]]) : base;
}
