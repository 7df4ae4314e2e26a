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
    super(problems.map(describe).join("\n"));
    this.problems = problems;
  }
}

function describe({ place, message, remedy }: Problem): string {
  return `${headline(place)}\n  ${message}\n  ${remedy}`;
}

/** A problem that the rest is generated in spite of. */
export function describeOmission({ place, message, effect, remedy }: Problem): string {
  return `${headline(place)}\n  ${message}\n  ${[effect, remedy].filter(Boolean).join(" ")}`;
}

function headline({ file, line, column, pointer }: Place): string {
  return `${file}:${line}:${column}${pointer === undefined ? "" : `  ${pointer}`}`;
}
