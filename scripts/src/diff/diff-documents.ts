import type { OpenAPI3 } from "openapi-typescript";
import {
  compareFirstServer,
  compareOwnServers,
  compareRest,
  compareSecurity,
  type Whole,
} from "./compare/compare-whole.ts";
import type { Case } from "./rules/finding.ts";
import { labelOf } from "./compare/label.ts";
import { joinMoves } from "./compare/moves.ts";
import { leadsTo } from "../spec/json-pointer.ts";
import { severityOf } from "./rules/policy.ts";
import { rate } from "./rules/rate.ts";
import type { RedoclyChange } from "./redocly-diff.ts";
import type { Difference, Side } from "./compare/difference.ts";
import { findDifferences } from "./compare/find-differences.ts";
import { withSecondOpinion } from "./second-opinion.ts";
import { order } from "./severity.ts";
import { Comparison } from "./compare/site.ts";
import type { Change, SpecDiff } from "./spec-diff.ts";
import { experimentalIn } from "./compare/stability.ts";
import { subjectOf } from "./compare/subject.ts";

/**
 * What has changed for users from one document to another, each of them one file. What Redocly's `diff` found counts where
 * the policy has found nothing.
 */
export function diffDocuments(
  base: OpenAPI3,
  head: OpenAPI3,
  redocly: readonly RedoclyChange[] = [],
): SpecDiff {
  const comparison = new Comparison(base, head);
  const known = [
    ...joinMoves(findDifferences(base, head)).flatMap((difference) => changesOf(comparison, difference)),
    ...[compareSecurity, compareFirstServer, compareOwnServers]
      .flatMap((compare) => compare(base, head))
      .map(wholeChange),
  ];
  const found = withoutParametersOfPaths(withSecondOpinion(comparison, known, redocly));
  const all = found.length > 0 ? found : compareRest(base, head).map(wholeChange);
  const isExperimental = experimentalIn(base, head);
  const changes = [...new Map(all.map((change) => [`${change.pointer} ${change.message}`, change])).values()]
    .map((change) => tempered(change, isExperimental))
    .toSorted((one, other) => order(other.severity) - order(one.severity));
  return { severity: changes[0]?.severity ?? "none", changes };
}

/** A path that comes or goes has its own parameters with it: its operations, which come or go, tell of them. */
function withoutParametersOfPaths(changes: readonly Change[]): readonly Change[] {
  const whole = { added: "operation-added", changed: undefined, removed: "operation-removed" } as const;
  return changes.filter(({ rule, kind, operationIds }) => {
    if (!/^(?:required-)?parameter-(?:added|removed)$/.test(rule)) return true;
    const ids = new Set(
      changes.filter((change) => change.rule === whole[kind]).flatMap((change) => change.operationIds),
    );
    return operationIds.length === 0 || !operationIds.every((id) => ids.has(id));
  });
}

/** What is experimental may change or go away without notice: no change of it alone is a major one. */
function tempered(change: Change, isExperimental: (operationId: string) => boolean): Change {
  const { severity, operationIds } = change;
  const isAlone = operationIds.length > 0 && operationIds.every(isExperimental);
  return isAlone && severity === "major" ? { ...change, severity: "minor" } : change;
}

function changesOf(comparison: Comparison, difference: Difference): Change[] {
  const { kind, base, head } = difference;
  const site = comparison.siteOf(difference);
  // A member that is gone stands in the old document alone.
  const isGone = head === undefined || (head.value === undefined && base?.value !== undefined);
  const pointer = (isGone ? base : head)?.pointer ?? "#";
  const document = isGone ? comparison.base : comparison.head;
  const found: Case = { difference, comparison, site, before: base?.value, after: head?.value };
  const label = labelIn(document, isGone ? base : head);
  return rate(found).map(({ rule, text }) => ({
    severity: severityOf(rule),
    rule,
    kind: kind === "modified" ? "changed" : kind,
    subject: subjectOf(pointer),
    operationIds: site.operationIds,
    types: site.types,
    pointer,
    line: undefined,
    file: isGone ? "base" : "head",
    message: `${label.slice(0, 1).toUpperCase()}${label.slice(1)} ${text}.`,
  }));
}

/** What the difference is about; at a `$ref` that was pointed at something else, with where that stands. */
function labelIn(document: OpenAPI3, { pointer, site }: Pick<Side, "pointer" | "site"> = root): string {
  const label = labelOf(document, pointer);
  return leadsTo(site, pointer) ? label : `${label}, in ${labelOf(document, site)},`;
}

const root = { pointer: "#", site: "#" };

function wholeChange({ rule, pointer, operationIds, message }: Whole): Change {
  const subject = rule.startsWith("security") ? "security" : subjectOf(pointer);
  const place = { pointer, line: undefined, file: "head" } as const;
  return {
    severity: severityOf(rule),
    rule,
    kind: "changed",
    subject,
    operationIds,
    types: [],
    ...place,
    message,
  };
}
