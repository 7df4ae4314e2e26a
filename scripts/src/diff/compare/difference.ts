/** A difference of two documents: a node that is new or gone, or one member of a node that is another. */
export interface Difference {
  /** The kind of node, by the name that Redocly's type tree has for it. */
  readonly typeName: string;
  readonly kind: "added" | "modified" | "removed";
  /** The member that is different; `key` where the node was renamed. */
  readonly property?: string;
  readonly base?: Side;
  readonly head?: Side;
}

export interface Side {
  /** Where it stands; for a member that is absent, the node that has it on the other side. */
  readonly pointer: string;
  /** Where it counts, if that is elsewhere: at a `$ref` that was pointed at something else. */
  readonly site: string;
  readonly value?: unknown;
}
