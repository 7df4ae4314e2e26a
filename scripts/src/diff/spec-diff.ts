import type { RuleId } from "./rules/rate.ts";
import type { Severity } from "./severity.ts";

/** A change of the spec that users of the client may notice. */
export interface Change {
  readonly severity: Exclude<Severity, "none">;
  readonly rule: RuleId;
  readonly kind: "added" | "changed" | "removed";
  /** The names of the affected operations; for a removed one, its former name. Empty: all operations or none. */
  readonly operationIds: readonly string[];
  /** The TypeScript types whose declarations change. */
  readonly types: readonly string[];
  /** The place in the file: a JSON pointer (RFC 6901). */
  readonly pointer: string;
  /** The line in the file, from 1; `undefined` for documents without a file, and for another file of the old spec. */
  readonly line: number | undefined;
  readonly file: "base" | "head";
  /** The file's path, if it is not the main file of the new spec. */
  readonly path?: string;
  readonly message: string;
  /** The reason for which a break is accepted. */
  readonly accepted?: string;
}

export interface SpecDiff {
  /** The highest severity of a change. */
  readonly severity: Severity;
  readonly changes: readonly Change[];
  /** Entries of `accepted-breaks.yaml` that are expired or unused. */
  readonly notices?: readonly string[];
}
