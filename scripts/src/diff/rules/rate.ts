import { order } from "../severity.ts";
import { bodyRules } from "./bodies.ts";
import { compositionRules } from "./composition.ts";
import { operationRules } from "./operations.ts";
import { parameterRules } from "./parameters.ts";
import { responseRules } from "./responses.ts";
import type { Case, Rule } from "./rule.ts";
import { schemaConstraintRules } from "./schema-constraints.ts";
import { schemaPropertyRules } from "./schema-properties.ts";
import { schemaTypeRules } from "./schema-types.ts";
import { securityRules } from "./security.ts";
import { serverRules } from "./servers.ts";
import { otherRules, wordRules } from "./words.ts";

const knownRules = {
  ...operationRules,
  ...parameterRules,
  ...bodyRules,
  ...responseRules,
  ...schemaPropertyRules,
  ...schemaTypeRules,
  ...schemaConstraintRules,
  ...compositionRules,
  ...securityRules,
  ...serverRules,
};

/**
 * The policy: how every kind of change is rated for a user of the TypeScript client. `docs/severity.md` shows it.
 * A change that the vendor calls non-breaking (see spec/openapi.yaml) is at most minor.
 */
export const rules = { ...knownRules, ...wordRules, ...otherRules };

export type RuleId = keyof typeof rules;

/** A rule that applies to a difference, and the text of the change. */
interface Finding {
  readonly rule: RuleId;
  readonly severity: Rule["severity"];
  readonly text: string;
}

/** Finds the rules that apply to a difference. Later groups count only when no earlier group applies. */
export function rate(found: Case): Finding[] {
  for (const group of [knownRules, wordRules, otherRules]) {
    const detected = Object.entries<Rule>(group).flatMap(([id, rule]) => {
      const texts = rule.detect(found) || undefined;
      return texts === undefined ? [] : [{ id: id as RuleId, rule, texts: [texts].flat() }];
    });
    if (detected.length > 0) return mostSevere(found, detected);
  }
  return [];
}

interface DetectedRule {
  readonly id: RuleId;
  readonly rule: Rule;
  readonly texts: readonly string[];
}

/** Keeps the most severe rule for each text, of the rules whose direction is used. */
function mostSevere({ location }: Case, detected: readonly DetectedRule[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { id, rule, texts } of detected) {
    if (rule.side !== undefined && !location[rule.side]) continue;
    for (const text of texts) {
      const known = findings.get(text);
      if (known === undefined || order(rule.severity) > order(known.severity))
        findings.set(text, { rule: id, severity: rule.severity, text });
    }
  }
  return [...findings.values()];
}
