import type { Rule } from "../src/diff/policy.ts";

/** A change that an edit is expected to be, by the text on its line: of the base where it is gone, else of the head. */
interface Expected {
  readonly rule: Rule;
  readonly severity: "major" | "minor" | "patch";
  readonly operations?: string;
  readonly types?: string;
  readonly gone?: boolean;
  readonly at: string;
}

export interface Edit {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly changes: readonly Expected[];
}

export const edits: readonly Edit[] = [];
