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
 * What the vendor's rules call non-breaking, as spec/openapi.yaml lists it, is at most minor.
 */
export const rules = { ...knownRules, ...wordRules, ...otherRules };

export type RuleId = keyof typeof rules;

/** The rule that a difference falls under, and what is different in words that follow its name. */
interface Finding {
  readonly rule: RuleId;
  readonly severity: Rule["severity"];
  readonly text: string;
}

/** The rules that a difference falls under; none if it says nothing to a user. The first rules that know it count. */
export function rate(found: Case): Finding[] {
  for (const group of [knownRules, wordRules, otherRules]) {
    const detected = Object.entries<Rule>(group).flatMap(([id, rule]) => {
      const texts = rule.detect(found) || undefined;
      return texts === undefined ? [] : [{ id: id as RuleId, rule, texts: [texts].flat() }];
    });
    if (detected.length > 0) return gravestOf(found, detected);
  }
  return [];
}

interface DetectedRule {
  readonly id: RuleId;
  readonly rule: Rule;
  readonly texts: readonly string[];
}

/** Of rules that say the same for the two directions, the more severe one of those in which the node is used. */
function gravestOf({ site }: Case, detected: readonly DetectedRule[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { id, rule, texts } of detected) {
    if (rule.side !== undefined && !site[rule.side]) continue;
    for (const text of texts) {
      const known = findings.get(text);
      if (known === undefined || order(rule.severity) > order(known.severity))
        findings.set(text, { rule: id, severity: rule.severity, text });
    }
  }
  return [...findings.values()];
}
