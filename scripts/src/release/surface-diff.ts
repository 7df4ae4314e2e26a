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
export async function surfaceDiff(): Promise<SurfaceDiff> {
  const [base, head] = [await readReports(reportFolders.released), await buildReports()];
  return { base, head, changes: base.size === 0 ? [] : diffSurfaces(base, head) };
}
