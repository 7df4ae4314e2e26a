/** A part of the spec that the output does not express. */
export interface Omission {
  readonly pointer: string;
  readonly message: string;
  /** The effect on the output. */
  readonly effect: string;
  /** The change to the spec that fixes it. */
  readonly remedy: string;
  /** A client loses nothing. This project's own spec may have such parts. */
  readonly harmless?: true;
}

export const effects = {
  operation: "The operation is left out.",
  parameter: "The parameter is left out.",
  body: "The method takes no body.",
  schema: "Its type is `unknown`.",
} as const;
