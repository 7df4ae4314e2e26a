import type { ChangeItem } from "./change-item.ts";
import { type Declaration, declares } from "./declaration.ts";
import { isSameDraft, tellsAll } from "./draft.ts";

/** What a draft is decided by. */
export interface DraftState {
  readonly items: readonly ChangeItem[];
  /** The draft as it would be written now. */
  readonly text: string;
  /** What the changesets say that people wrote. */
  readonly byHand: Declaration;
  /** The draft that is there. */
  readonly draft: Declaration | undefined;
}

/**
 * What is to be done with a draft. One that a person has reworded stays as long as it declares enough and names all that changed; and
 * where what people wrote themselves does both, none is begun.
 */
export function decideDraft({ items, text, byHand, draft }: DraftState): "write" | "remove" | "nothing" {
  if (items.length === 0) return draft ? "remove" : "nothing";
  if (draft?.text === text) return "nothing";
  // Nobody's words are lost where only the lines have moved.
  if (draft && isSameDraft(draft.text, text)) return "write";
  const written = draft ?? byHand;
  return items.every((item) => declares(written, item)) && tellsAll(written.text, items)
    ? "nothing"
    : "write";
}
