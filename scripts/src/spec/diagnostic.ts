import { ToolError } from "../cli/errors.ts";

/** A place in a spec, for people and for editors. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The JSON pointer, where the place is a node of the document (RFC 6901). */
  readonly pointer?: string | undefined;
}

/** One thing that is wrong with a spec, and what to do about it. */
export interface Problem {
  readonly place: Place;
  readonly message: string;
  /** What becomes of it where the rest is generated all the same. */
  readonly effect?: string;
  readonly remedy: string;
  /** Nothing is lost by it. */
  readonly harmless?: true;
}

/** A spec that cannot be generated from. Nothing was written. */
export class SpecError extends ToolError {
  override readonly name = "SpecError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(listOf(problems.map((problem) => describe("error", problem))));
    this.problems = problems;
  }
}

/** Describes problems that the rest was generated in spite of: a warning each, or an info where nothing is lost. */
export function describeOmissions(problems: readonly Problem[]): string {
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

/** How many problems are shown: a file that is half written has hundreds. */
const shownAtMost = 20;

function listOf(texts: readonly string[]): string {
  const left = texts.length - shownAtMost;
  return [...texts.slice(0, shownAtMost), ...(left > 0 ? [`and ${left} more`] : [])].join("\n");
}
