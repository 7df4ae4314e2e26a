import type { OpenAPI3 } from "openapi-typescript";
import { compareFirstServer, compareRest, compareSecurity, type Whole } from "./compare-whole.ts";
import { expand } from "./expand.ts";
import type { Case } from "./finding.ts";
import { labelOf } from "./label.ts";
import { joinMoves } from "./moves.ts";
import { nodeAt, tokensOf } from "./pointer.ts";
import { severityOf } from "./policy.ts";
import { rate } from "./rate.ts";
import { type Difference, redoclyDiff } from "./redocly-diff.ts";
import { gravest, isGraver } from "./severity.ts";
import { Comparison } from "./site.ts";
import type { Change, SpecDiff } from "./spec-diff.ts";
import { experimentalIn } from "./stability.ts";
import { subjectOf } from "./subject.ts";

/** What has changed for users from one document to another, each of them one file. */
export async function diffDocuments(base: OpenAPI3, head: OpenAPI3): Promise<SpecDiff> {
  const comparison = new Comparison(base, head);
  const differences = joinMoves((await redoclyDiff(base, head)).flatMap(expand));
  const wholes = [...compareSecurity(base, head), ...compareFirstServer(base, head)];
  const found = [
    ...differences.flatMap((difference) => changesOf(comparison, difference)),
    ...wholes.map(wholeChange),
  ];
  const all = found.length > 0 ? found : compareRest(base, head).map(wholeChange);
  const isExperimental = experimentalIn(base, head);
  const changes = [...new Map(all.map((change) => [`${change.pointer} ${change.message}`, change])).values()]
    .map((change) => tempered(change, isExperimental))
    .toSorted(
      (one, other) =>
        Number(isGraver(other.severity, one.severity)) - Number(isGraver(one.severity, other.severity)),
    );
  return { severity: gravest(changes.map(({ severity }) => severity)), changes };
}

/** What is experimental may change or go away without notice: no change of it alone is a major one. */
function tempered(change: Change, isExperimental: (operationId: string) => boolean): Change {
  const { severity, operationIds } = change;
  const isAlone = operationIds.length > 0 && operationIds.every(isExperimental);
  return isAlone && severity === "major" ? { ...change, severity: "minor" } : change;
}

function changesOf(comparison: Comparison, difference: Difference): Change[] {
  const { kind, base, revision } = difference;
  const site = comparison.siteOf(difference);
  const pointer = (revision ?? base)?.pointer ?? "#";
  const document = revision ? comparison.head : comparison.base;
  const found: Case = {
    difference,
    comparison,
    site,
    before: base?.value,
    after: revision?.value,
  };
  const label = labelOf(document, existing(document, pointer));
  return rate(found).map(({ rule, text }) => ({
    severity: severityOf(rule),
    rule,
    kind: kind === "modified" ? "changed" : kind,
    subject: subjectOf(pointer),
    operationIds: site.operationIds,
    types: site.types,
    pointer,
    line: undefined,
    file: revision ? "head" : "base",
    message: `${label.slice(0, 1).toUpperCase()}${label.slice(1)} ${text}.`,
  }));
}

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

/** A keyword's pointer, cut down to what is described. */
function existing(document: OpenAPI3, pointer: string): string {
  return nodeAt(document, tokensOf(pointer)) === undefined ? pointer.replace(/\/[^/]+$/, "") : pointer;
}
