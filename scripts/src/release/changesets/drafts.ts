import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../cli/repository.ts";
import type { ChangeItem } from "./change-item.ts";
import { declares, together } from "./declaration.ts";
import { describes, isCurrent, isUnedited, writeDrafts } from "./draft-text.ts";
import { changesetFolder, readPending } from "./pending.ts";

/** `spec`: changes of the spec, which `generate` drafts. `types`: other changes of the public types. */
export type DraftKind = "spec" | "types";

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
 * @param refresh Writes all unedited drafts again, so that their line numbers are right and each change is in one of them.
 * @returns Messages about the written and removed files.
 */
export async function updateDrafts(
  kind: DraftKind,
  items: readonly ChangeItem[],
  refresh = false,
): Promise<string[]> {
  const drafts = await uneditedDrafts(kind);
  if (items.length === 0 && drafts.size === 0) return [];
  const isKept = (id: string) => {
    const draft = drafts.get(id);
    return draft === undefined || (!refresh && isCurrent(draft, items));
  };
  const known = together((await readPending()).filter(({ id }) => isKept(id)));
  const missing = items.filter((item) => !(declares(known, item) && describes(known.text, item)));
  const written = writeDrafts(kind, missing);
  const messages: string[] = [];
  for (const id of drafts.keys()) {
    if (isKept(id) || written.has(id)) continue;
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
export async function staleDrafts(kind: DraftKind, items: readonly ChangeItem[]): Promise<string[]> {
  const drafts = await uneditedDrafts(kind);
  return [...drafts].filter(([, text]) => !isCurrent(text, items)).map(([id]) => fileOf(id));
}
