import type { SpecDiff } from "../diff/spec-diff.ts";
import { isGraver, type Severity } from "../diff/severity.ts";
import type { SurfaceChange } from "../surface/diff-surfaces.ts";
import { specItem, surfaceItem } from "./change-item.ts";
import { specDraft, surfaceDraft, updateDraft } from "./drafts.ts";
import { readPending } from "./pending.ts";

/** Drafts the changeset of the spec's change. @returns what was done, or undefined where nothing was. */
export async function draftSpecChanges({ changes }: SpecDiff): Promise<string | undefined> {
  return await updateDraft(specDraft, changes.map(specItem), await readPending());
}

/** Drafts the changeset of the public types' change, as far as the spec's does not tell it. */
export async function draftSurfaceChanges(
  { severity }: SpecDiff,
  changes: readonly SurfaceChange[],
): Promise<string | undefined> {
  const untold = changes.filter((change) => !isToldBySpec(change, severity));
  return await updateDraft(surfaceDraft, untold.map(surfaceItem), await readPending());
}

/** The package of generated types changes with the spec, in ways that the spec's own changes tell better. */
function isToldBySpec(change: SurfaceChange, spec: Severity): boolean {
  return change.package === "@isc-customizers/types" && !isGraver(change.severity, spec);
}
