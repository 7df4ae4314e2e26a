import type { RuleId } from "./rules/rate.ts";
import type { Severity } from "./severity.ts";

/** One change of the spec, as a user of the client meets it. */
export interface Change {
  readonly severity: Exclude<Severity, "none">;
  readonly rule: RuleId;
  readonly kind: "added" | "changed" | "removed";
  /** The operations that it reaches, as they are called now, or were called where they are gone. Empty: all or none. */
  readonly operationIds: readonly string[];
  /** The TypeScript types whose declaration it changes. */
  readonly types: readonly string[];
  /** Where it stands in the file: a JSON pointer (RFC 6901). */
  readonly pointer: string;
  /** The line in the file, from 1; `undefined` for documents that no file holds. */
  readonly line: number | undefined;
  readonly file: "base" | "head";
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
