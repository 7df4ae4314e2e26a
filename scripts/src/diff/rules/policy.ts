import { documentRules } from "./policy-document.ts";
import { operationRules } from "./policy-operations.ts";
import { schemaRules } from "./policy-schemas.ts";
import type { Severity } from "../severity.ts";

/** What a rule stands for, and why it is rated so. */
interface Rating {
  readonly severity: Exclude<Severity, "none">;
  readonly change: string;
  readonly reason: string;
}

/**
 * The policy: how every kind of change is rated for a user of the TypeScript client. `docs/severity.md` shows it.
 * What the vendor's rules call non-breaking, as spec/openapi.yaml lists it, is at most minor.
 */
const table = { ...operationRules, ...schemaRules, ...documentRules };

export type Rule = keyof typeof table;

export const policy: ReadonlyMap<Rule, Rating> = new Map(
  Object.entries(table).map(([rule, [severity, change, reason]]) => [
    rule as Rule,
    { severity, change, reason },
  ]),
);

export function severityOf(rule: Rule): Rating["severity"] {
  return table[rule][0];
}
