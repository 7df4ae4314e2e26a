import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gravest } from "../diff/severity.ts";
import { readIfPresent } from "../read-if-present.ts";
import { root } from "../repository.ts";
import type { ChangeItem } from "./change-item.ts";
import { decideDraft } from "./decide-draft.ts";
import { together } from "./declaration.ts";
import { draftChangeset } from "./draft.ts";
import type { PendingChangeset } from "./pending.ts";

/** A changeset that is drafted from changes: its name, and what it begins with. */
interface Draft {
  readonly id: string;
  readonly summary: string;
}

export const specDraft: Draft = { id: "spec-change", summary: "The API's description has changed." };
export const surfaceDraft: Draft = { id: "types-change", summary: "The public types have changed." };

const draftIds = [specDraft.id, surfaceDraft.id];

/**
 * Brings a draft in line with the changes.
 *
 * @returns what was done, for people, or undefined where nothing was.
 */
export async function updateDraft(
  { id, summary }: Draft,
  items: readonly ChangeItem[],
  pending: readonly PendingChangeset[],
): Promise<string | undefined> {
  const file = `.changeset/${id}.md`;
  const path = join(root, file);
  const existing = await readIfPresent(path);
  const text = draftChangeset(summary, items);
  const byHand = together(pending.filter((changeset) => !draftIds.includes(changeset.id)));
  const declared = together(pending.filter((changeset) => changeset.id === id));
  const draft = existing === undefined ? undefined : { ...declared, text: existing };
  switch (decideDraft({ items, text, byHand, draft })) {
    case "nothing":
      return undefined;
    case "remove":
      await rm(path);
      return `took back ${file}: nothing has changed for users any more`;
    case "write":
      await writeFile(path, text);
      return `drafted ${file} (${gravest(items.map(({ severity }) => severity))})`;
  }
}
