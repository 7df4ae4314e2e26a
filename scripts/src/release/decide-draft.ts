import { gravest, isGraver, type Severity } from "../diff/severity.ts";
import type { ChangeItem } from "./change-item.ts";
import { isSameDraft, tellsAll } from "./draft.ts";

/** What a draft is decided by. */
export interface DraftState {
  readonly items: readonly ChangeItem[];
  /** The draft as it would be written now. */
  readonly text: string;
  /** What the changesets declare that people wrote. */
  readonly byHand: Severity;
  /** The draft that is there. */
  readonly draft: { readonly text: string; readonly severity: Severity } | undefined;
}

/**
 * What is to be done with a draft. One that a person has reworded stays as long as it declares enough and names all that changed; and
 * where what people wrote themselves declares enough, none is begun.
 */
export function decideDraft({ items, text, byHand, draft }: DraftState): "write" | "remove" | "nothing" {
  if (items.length === 0) return draft ? "remove" : "nothing";
  const demanded = gravest(items.map(({ severity }) => severity));
  if (!draft) return isGraver(demanded, byHand) ? "write" : "nothing";
  if (draft.text === text) return "nothing";
  // Nobody's words are lost where only the lines have moved.
  if (isSameDraft(draft.text, text)) return "write";
  return !isGraver(demanded, draft.severity) && tellsAll(draft.text, items) ? "nothing" : "write";
}
