import { order } from "../severity.ts";
import { type Rule, severityOf } from "./policy.ts";
import type { Difference } from "../compare/difference.ts";
import type { Comparison, Site } from "../compare/site.ts";

/** A difference, with all that it takes to rate it. */
export interface Case {
  readonly difference: Difference;
  readonly comparison: Comparison;
  readonly site: Site;
  readonly before: unknown;
  readonly after: unknown;
}

/** The rule that a difference falls under, and what is different in words that follow its name. */
export interface Finding {
  readonly rule: Rule;
  readonly text: string;
}

/** The rule for the direction that a difference concerns; the graver one, where it concerns both. None where it is neither. */
export function byDirection({ site }: Case, request: Rule, response: Rule, text: string): Finding[] {
  const rules = [...(site.request ? [request] : []), ...(site.response ? [response] : [])];
  const [rule] = rules.toSorted((one, other) => order(severityOf(other)) - order(severityOf(one)));
  return rule === undefined ? [] : [{ rule, text }];
}

/** A value of the spec, in a sentence. */
export function shown(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
