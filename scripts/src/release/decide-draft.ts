import type { ChangeItem } from "./change-item.ts";
import { type Declaration, declares } from "./declaration.ts";
import { isAsDrafted, tells } from "./draft.ts";

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
 * What is to be done with a draft. One that a person has reworded is only added to, where it does not declare enough or name all that
 * changed; and where what people wrote themselves does both, none is begun.
 */
export function decideDraft({
  items,
  text,
  byHand,
  draft,
}: DraftState): "write" | "amend" | "remove" | "outlived" | "nothing" {
  const isOurs = draft === undefined || isAsDrafted(draft.text);
  if (items.length === 0) return draft === undefined ? "nothing" : isOurs ? "remove" : "outlived";
  if (draft?.text === text) return "nothing";
  if (draft !== undefined && isOurs) return "write";
  const written = draft ?? byHand;
  const isEnough = items.every((item) => declares(written, item) && tells(written.text, item));
  return isEnough ? "nothing" : isOurs ? "write" : "amend";
}
