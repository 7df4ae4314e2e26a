import type { SpecDiff } from "../diff/spec-diff.ts";
import { SpecError } from "../spec/diagnostic.ts";
import { ToolError } from "../cli/errors.ts";
import { draftSpecChanges } from "./draft-changes.ts";

/**
 * Drafts the changeset of the spec's change when everything else has followed from it.
 *
 * @returns what was done, or undefined where nothing was.
 * @throws ToolError where the released spec or a changeset cannot be read.
 */
export async function draftSpecChange(diff: Promise<SpecDiff>): Promise<string | undefined> {
  try {
    return await draftSpecChanges(await diff);
  } catch (error) {
    if (!(error instanceof SpecError || error instanceof ToolError)) throw error;
    throw new ToolError(`Everything is generated, but no changeset could be drafted.\n${error.message}`);
  }
}
