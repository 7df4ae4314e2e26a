import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../cli/repository.ts";
import type { ChangeItem, ChangeItems } from "./change-item.ts";
import { isDescribed } from "./declaration.ts";
import { isCurrent, isUnedited, lists, writeDrafts } from "./draft-text.ts";
import { changesetFolder, readPending } from "./pending.ts";

type DraftKind = keyof ChangeItems;

const fileOf = (id: string) => `.changeset/${id}.md`;

/** Finds the drafts that nobody edited, by id. */
async function uneditedDrafts(kind: DraftKind): Promise<Map<string, string>> {
  const pattern = new RegExp(`^(${kind}-(?:major|minor|patch)-[0-9a-f]{8})\\.md$`);
  const ids = (await readdir(changesetFolder)).flatMap((name) => pattern.exec(name)?.[1] ?? []);
  const drafts = await Promise.all(
    ids.map(async (id) => [id, await readFile(join(changesetFolder, `${id}.md`), "utf8")] as const),
  );
  return new Map(drafts.filter(([id, text]) => isUnedited(id, text)));
}

/**
 * Drafts changesets for the changes that no pending changeset declares and describes. Removes unedited drafts with changes that no
 * longer exist. An edited draft is a changeset like any other.
 *
 * @returns Messages about the written and removed files.
 */
export async function updateDrafts(kind: DraftKind, items: readonly ChangeItem[]): Promise<string[]> {
  const drafts = await uneditedDrafts(kind);
  const removed = new Map([...drafts].filter(([, text]) => !isCurrent(text, items)));
  return await replaceDrafts(kind, items, drafts, removed);
}

/**
 * Writes the unedited drafts again, so that their line numbers are right and each change is in one of them: drafts of several branches
 * may have old line numbers, or the same change.
 */
export async function joinDrafts(items: ChangeItems): Promise<void> {
  for (const kind of ["spec", "types"] as const) {
    const drafts = await uneditedDrafts(kind);
    const drafted = items[kind].filter((item) => [...drafts.values()].some((text) => lists(text, item)));
    await replaceDrafts(kind, drafted, drafts, drafts);
  }
}

/** Removes drafts, and drafts the items that the other changesets do not declare and describe. */
async function replaceDrafts(
  kind: DraftKind,
  items: readonly ChangeItem[],
  drafts: ReadonlyMap<string, string>,
  removed: ReadonlyMap<string, string>,
): Promise<string[]> {
  const kept = (await readPending()).filter(({ id }) => !removed.has(id));
  const written = writeDrafts(
    kind,
    items.filter((item) => !isDescribed(kept, item)),
  );
  const messages: string[] = [];
  for (const id of removed.keys()) {
    if (written.has(id)) continue;
    await rm(join(root, fileOf(id)));
    messages.push(`removed ${fileOf(id)}, because its changes no longer exist`);
  }
  for (const [id, text] of written) {
    if (drafts.has(id)) continue;
    await writeFile(join(root, fileOf(id)), text);
    messages.push(`drafted ${fileOf(id)}`);
  }
  return messages;
}

/** Finds the unedited drafts with changes that no longer exist. */
export async function staleDrafts(items: ChangeItems): Promise<string[]> {
  const stale = (["spec", "types"] as const).map(async (kind) =>
    [...(await uneditedDrafts(kind))].filter(([, text]) => !isCurrent(text, items[kind])),
  );
  return (await Promise.all(stale)).flat().map(([id]) => fileOf(id));
}
