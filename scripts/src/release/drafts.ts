import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gravest } from "../diff/severity.ts";
import { readIfPresent } from "../cli/read-if-present.ts";
import { root } from "../cli/repository.ts";
import type { ChangeItem } from "./change-item.ts";
import { decideDraft, type DraftState } from "./decide-draft.ts";
import { type Declaration, together } from "./declaration.ts";
import { draftChangeset, isAsDrafted, withoutMark } from "./draft.ts";

/** A changeset that is drafted from changes: its name, and what it begins with. */
interface Draft {
  readonly id: string;
  readonly summary: string;
}

export const specDraft: Draft = { id: "spec-change", summary: "The API's description has changed." };
export const surfaceDraft: Draft = { id: "types-change", summary: "The public types have changed." };

const drafts = [specDraft, surfaceDraft];
const fileOf = ({ id }: Draft) => `.changeset/${id}.md`;

/** The draft that is there. An editor may end lines in its own way: that is no rewording. */
async function readDraft(draft: Draft): Promise<string | undefined> {
  const text = await readIfPresent(join(root, fileOf(draft)));
  return text?.replaceAll("\r\n", "\n");
}

/**
 * Brings a draft in line with the changes.
 *
 * @returns what was done, for people, or undefined where nothing was.
 */
export async function updateDraft(draft: Draft, items: readonly ChangeItem[]): Promise<string | undefined> {
  const file = fileOf(draft);
  const path = join(root, file);
  const state = await stateOf(draft, items);
  const severity = gravest(items.map((item) => item.severity));
  switch (decideDraft(state)) {
    case "nothing":
      return undefined;
    case "remove":
      await rm(path);
      return `took back ${file}: nothing has changed for users any more`;
    case "outlived":
      return `kept ${file}, for it was reworded; delete it unless it tells of something else: nothing has changed for users any more`;
    case "write":
      await writeFile(path, state.text);
      return `drafted ${file} (${severity})`;
    case "amend": {
      // What reads YAML takes long to load, too.
      const { amendDraft } = await import("./amend-draft.ts");
      await writeFile(path, amendDraft(state.draft ?? none, items));
      return `added to ${file}, which was reworded (${severity})`;
    }
  }
}

/** The file of a draft as it was written, where nothing has changed that it could tell of. */
export async function strayDraft(draft: Draft, items: readonly ChangeItem[]): Promise<string | undefined> {
  return decideDraft(await stateOf(draft, items)) === "remove" ? fileOf(draft) : undefined;
}

/** Takes what only the drafting needs out of the drafts: from now on they are changesets as others are. */
export async function finishDrafts(): Promise<void> {
  for (const draft of drafts) {
    const text = await readDraft(draft);
    if (text !== undefined) await writeFile(join(root, fileOf(draft)), withoutMark(text));
  }
}

async function stateOf(draft: Draft, items: readonly ChangeItem[]): Promise<DraftState> {
  const existing = await readDraft(draft);
  const text = draftChangeset(draft.summary, items);
  const state = { items, text, byHand: none };
  // What reads changesets takes long to load, and mostly they decide nothing: there is nothing to tell, or a draft that nobody reworded.
  if (existing === undefined ? items.length === 0 : isAsDrafted(existing))
    return { ...state, draft: existing === undefined ? undefined : { ...none, text: existing } };
  const { readPending } = await import("./pending.ts");
  const pending = await readPending();
  const declared = together(pending.filter(({ id }) => id === draft.id));
  return {
    ...state,
    byHand: together(pending.filter(({ id }) => drafts.every((other) => other.id !== id))),
    draft: existing === undefined ? undefined : { ...declared, text: existing },
  };
}

const none: Declaration = { text: "", severities: new Map() };
