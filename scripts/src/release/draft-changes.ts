import type { SpecDiff } from "../diff/spec-diff.ts";
import { isGraver } from "../diff/severity.ts";
import type { SurfaceChange } from "../surface/diff-surfaces.ts";
import { type ChangeItem, specItem, surfaceItem } from "./change-item.ts";
import { specDraft, strayDraft, surfaceDraft, updateDraft } from "./drafts.ts";

/** Drafts the changeset of the spec's change. @returns what was done, or undefined where nothing was. */
export async function draftSpecChanges({ changes }: SpecDiff): Promise<string | undefined> {
  return await updateDraft(specDraft, changes.map(specItem));
}

/** Drafts the changeset of the public types' change, as far as the spec's does not tell it. */
export async function draftSurfaceChanges(
  spec: SpecDiff,
  changes: readonly SurfaceChange[],
): Promise<string | undefined> {
  return await updateDraft(surfaceDraft, untold(spec, changes));
}

/** The drafts that would be taken back: what they tell of has not changed any more. */
export async function strayDrafts(spec: SpecDiff, changes: readonly SurfaceChange[]): Promise<string[]> {
  const found = [
    await strayDraft(specDraft, spec.changes.map(specItem)),
    await strayDraft(surfaceDraft, untold(spec, changes)),
  ];
  return found.filter((file) => file !== undefined);
}

/** The package of generated types changes with the spec, in ways that the spec's own changes tell better. */
function untold({ severity }: SpecDiff, changes: readonly SurfaceChange[]): ChangeItem[] {
  return changes
    .filter((change) => change.package !== "@isc-customizers/types" || isGraver(change.severity, severity))
    .map(surfaceItem);
}
