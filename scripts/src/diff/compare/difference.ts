/** A difference of two documents: a node that is new or gone, or one member of a node that is another. */
export interface Difference {
  /** The kind of node, by the name that Redocly's type tree has for it. */
  readonly typeName: string;
  readonly kind: "added" | "modified" | "removed";
  /** The member that is different; `key` where the node was renamed. */
  readonly property?: string;
  readonly base: Side;
  readonly head: Side;
}

export interface Side {
  /** Its place in the canonical document; for one that is absent, the place of the node that could have it. */
  readonly pointer: string;
  readonly value?: unknown;
  /** The node that it is a member of, or could be. */
  readonly owner?: unknown;
}
