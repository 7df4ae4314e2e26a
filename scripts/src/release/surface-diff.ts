import { diffSurfaces, type SurfaceChange } from "../surface/diff-surfaces.ts";
import { buildReports, readReports, reportFolders } from "../surface/report-files.ts";
import type { Report } from "../surface/report.ts";

/** What users import: in the last release (nothing before the first one), now, and what changed between the two. */
export interface SurfaceDiff {
  readonly base: ReadonlyMap<string, Report>;
  readonly head: ReadonlyMap<string, Report>;
  readonly changes: readonly SurfaceChange[];
}

/** The change of what users import since the last release. Before the first one there is nothing that could change for them. */
export async function surfaceDiff(): Promise<SurfaceDiff> {
  const [base, head] = [await readReports(reportFolders.released), await buildReports()];
  return { base, head, changes: base.size === 0 ? [] : diffSurfaces(base, head) };
}
