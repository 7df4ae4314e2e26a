/** Something of the spec that the output does not have as the spec has it. */
export interface Omission {
  readonly pointer: string;
  readonly message: string;
  /** What became of it. */
  readonly effect: string;
  /** What to change in the spec. */
  readonly remedy: string;
  /** Nothing is lost that a client could use: no fault, even in this project's own spec. */
  readonly harmless?: true;
}

export const effects = {
  operation: "The operation is left out.",
  parameter: "The parameter is left out.",
  body: "The method takes no body.",
  schema: "Its type is `unknown`.",
} as const;
