import { escapePointer, memberOf } from "../../spec/json-pointer.ts";

/** A difference of two documents: a node that was added or removed, or a member of a node that changed. */
export interface Difference {
  /** The kind of node, by the name that Redocly's type tree has for it. */
  readonly typeName: string;
  readonly kind: "added" | "modified" | "removed";
  /** The member that changed; `key` where the node was renamed. */
  readonly property?: string;
  readonly base: Side;
  readonly head: Side;
}

/** One of the two documents at a difference. */
export interface Side {
  /** The place in the canonical document. An absent value has the place of the node that could hold it. */
  readonly pointer: string;
  readonly value?: unknown;
  /** The node that holds the value, or could hold it. */
  readonly owner?: unknown;
}

/** A member of the value of a side. */
export function child(
  side: Side,
  name: string | undefined,
  value = name === undefined ? undefined : memberOf(side.value, name),
): Side {
  if (name === undefined || value === undefined) return { pointer: side.pointer, owner: side.value };
  return { pointer: `${side.pointer}/${escapePointer(name)}`, owner: side.value, value };
}
