import { labelOf } from "./compare/label.ts";
import { leadsTo } from "../spec/json-pointer.ts";
import { severityOf } from "./rules/policy.ts";
import type { RedoclyChange } from "./redocly-diff.ts";
import { isGraver } from "./severity.ts";
import type { Comparison } from "./compare/site.ts";
import type { Change } from "./spec-diff.ts";
import { subjectOf } from "./compare/subject.ts";

/** What needs of a caller are is compared as a whole, whatever their order and place. */
const comparedElsewhere = /^SecurityRequirement/;

/**
 * The changes, with what Redocly has found where the policy has found nothing, rated as Redocly has it. A rule for anything
 * `other` knows nothing of what it rates: there, Redocly's finding takes its place if it is the graver.
 */
export function withSecondOpinion(
  comparison: Comparison,
  changes: readonly Change[],
  redocly: readonly RedoclyChange[],
): Change[] {
  const heard = redocly
    .filter(({ typeName }) => !comparedElsewhere.test(typeName))
    .filter((found) =>
      changes
        .filter((change) => isAbout(change, found))
        .every(({ rule, severity }) => rule.startsWith("other") && isGraver(found.impact, severity)),
    );
  return [
    ...changes.filter((change) => !heard.some((found) => isAbout(change, found))),
    ...heard.map((found) => changeOf(comparison, found)),
  ];
}

function isAbout({ pointer }: Change, { base, revision }: RedoclyChange): boolean {
  return [base, revision].some(
    (side) => side !== undefined && (leadsTo(side.pointer, pointer) || leadsTo(pointer, side.pointer)),
  );
}

function changeOf(comparison: Comparison, found: RedoclyChange): Change {
  const { typeName, kind, impact, property, base, revision } = found;
  const side = revision ?? base ?? { pointer: "#" };
  const at = { pointer: side.pointer, site: side.pointer };
  const { operationIds, types } = comparison.siteOf(
    revision ? { typeName, kind, head: at } : { typeName, kind, base: at },
  );
  const label = labelOf(revision ? comparison.head : comparison.base, side.pointer);
  const rule = `redocly-${impact}` as const;
  return {
    severity: severityOf(rule),
    rule,
    kind: kind === "modified" ? "changed" : kind,
    subject: subjectOf(side.pointer),
    operationIds,
    types,
    pointer: side.pointer,
    line: undefined,
    file: revision ? "head" : "base",
    message: `In ${label}, ${property === undefined ? typeName : `\`${property}\``} was ${kind}.`,
  };
}
