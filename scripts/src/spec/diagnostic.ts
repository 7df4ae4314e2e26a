import { ToolError } from "../cli/errors.ts";

/** A place in a spec. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The JSON pointer (RFC 6901), if the place is a node of the document. */
  readonly pointer?: string | undefined;
}

/** A problem of a document, and its fix. */
export interface Diagnostic {
  readonly pointer: string;
  readonly message: string;
  /** The effect on the output. Everything else is generated. */
  readonly effect: string;
  /** The change to the spec that fixes the problem. */
  readonly remedy: string;
  /** The output is complete: the diagnostic is an info, not a warning. This project's own spec may have infos. */
  readonly harmless?: true;
}

export const effects = {
  operation: "The operation is left out.",
  parameter: "The parameter is left out.",
  body: "The method takes no body.",
  schema: "Its type is `unknown`.",
} as const;

/** A problem at its place in the source. A syntax error has no effect, because nothing is generated. */
export interface Problem extends Omit<Diagnostic, "pointer" | "effect"> {
  readonly place: Place;
  readonly effect?: string;
}

/** The problems of a spec that stop the generator. Nothing was written. */
export class SpecError extends ToolError {
  override readonly name = "SpecError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(listOf(problems.map((problem) => describe("error", problem))));
    this.problems = problems;
  }
}

/** Describes problems that did not stop the generator: each as a warning, or as an info if the output is complete. */
export function describeDiagnostics(problems: readonly Problem[]): string {
  return listOf(
    problems.map(({ effect = "", remedy, ...problem }) =>
      describe(problem.harmless ? "info" : "warning", { ...problem, remedy: `${effect} ${remedy}`.trim() }),
    ),
  );
}

function describe(
  severity: "error" | "warning" | "info",
  { place: { file, line, column, pointer }, message, remedy }: Problem,
): string {
  return `${severity}  ${file}:${line}:${column}  ${message}${pointer === undefined ? "" : `  (${pointer})`}\n  ${remedy}`;
}

/** Maximum number of shown problems. A half-written file has hundreds. */
const shownAtMost = 20;

function listOf(texts: readonly string[]): string {
  const left = texts.length - shownAtMost;
  return [...texts.slice(0, shownAtMost), ...(left > 0 ? [`and ${left} more`] : [])].join("\n");
}
