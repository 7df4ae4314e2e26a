import type { OpenAPI3 } from "../spec/openapi.ts";
import { isDeepStrictEqual } from "node:util";
import { escapePointer, isObject, tokensOf } from "../spec/json-pointer.ts";
import { componentOf } from "./compare/usage.ts";
import type { Difference, Side } from "./compare/difference.ts";
import { findDifferences } from "./compare/find-differences.ts";
import { labelOf } from "./compare/label.ts";
import { joinMovedOperations } from "./compare/moved-operations.ts";
import { Comparison } from "./compare/location.ts";
import { rate, rules } from "./rules/rate.ts";
import type { Case } from "./rules/rule.ts";
import { highestSeverity, order } from "./severity.ts";
import type { Change, SpecDiff } from "./spec-diff.ts";

/** Compares two documents, and returns the changes for users. */
export function diffDocuments(base: OpenAPI3, head: OpenAPI3): SpecDiff {
  const comparison = new Comparison(base, head);
  const found = joinMovedOperations(findDifferences(comparison.base, comparison.head)).flatMap((difference) =>
    changesOf(comparison, difference),
  );
  const all = found.length > 0 ? withoutParts(comparison, joinUses(found)) : otherChange(base, head);
  const changes = all
    .map((change) => tempered(change, comparison))
    .toSorted((one, other) => order(other.severity) - order(one.severity));
  return { severity: highestSeverity(changes.map(({ severity }) => severity)), changes };
}

/** Rates a change that reaches only experimental operations as minor at most: they may change without notice. */
function tempered(change: Change, comparison: Comparison): Change {
  const { severity, operationIds } = change;
  const isAlone = operationIds.length > 0 && operationIds.every((id) => comparison.isExperimental(id));
  return isAlone && severity === "major" ? { ...change, severity: "minor" } : change;
}

function changesOf(comparison: Comparison, difference: Difference): Change[] {
  const { kind, base, head } = difference;
  const location = comparison.locationOf(difference);
  const isGone = head.value === undefined && base.value !== undefined;
  const { pointer } = isGone ? base : head;
  const document = isGone ? comparison.base : comparison.head;
  const tokens = tokensOf(pointer);
  const name = tokens.at(-1) ?? "";
  const found: Case = {
    ...difference,
    comparison,
    location,
    before: base.value,
    after: head.value,
    tokens,
    name,
  };
  const isOfAll = [base, head].every((side) => side.value === undefined || isOfDocument(comparison, side));
  const label = isOfAll ? "the API" : labelOf(document.document, pointer);
  return rate(found).map(({ rule, severity, text }) => ({
    severity,
    rule,
    kind: kind === "modified" ? "changed" : kind,
    operationIds: location.operationIds,
    types: location.types,
    pointer: document.sourceOf(pointer),
    line: undefined,
    file: isGone ? "base" : "head",
    message: `${label.slice(0, 1).toUpperCase()}${label.slice(1)} ${text}.`,
  }));
}

/** Returns `true` if a place is the security of the document, which all operations have. */
function isOfDocument({ base, head }: Comparison, { pointer }: Side): boolean {
  return (
    pointer.endsWith("/security") && [base, head].some((each) => each.sourceOf(pointer) === "#/security")
  );
}

/** Joins equal changes from one place in the file into one change of several operations. */
function joinUses(changes: readonly Change[]): Change[] {
  const joined = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.file} ${change.pointer} ${change.rule} ${change.message}`;
    const known = joined.get(key);
    joined.set(key, {
      ...change,
      operationIds: [...new Set([...(known?.operationIds ?? []), ...change.operationIds])],
      types: [...new Set([...(known?.types ?? []), ...change.types])],
    });
  }
  return [...joined.values()];
}

/** Leaves out removed components that only removed operations used. The types are listed with these operations. */
function withoutParts(comparison: Comparison, changes: readonly Change[]): Change[] {
  const removed = changes.filter(({ rule }) => rule === "operation-removed");
  const ids = new Set(removed.flatMap(({ operationIds }) => operationIds));
  const parts = new Set<Change>();
  const typesById = new Map([...ids].map((id) => [id, new Set<string>()]));
  for (const change of changes) {
    const component = componentOf(change.pointer);
    if (component === undefined || !/^(?:model|component)-removed$/.test(change.rule)) continue;
    const users = comparison.formerUsers(component);
    if (users.length === 0 || !users.every((id) => ids.has(id))) continue;
    parts.add(change);
    for (const id of users) for (const type of change.types) typesById.get(id)?.add(type);
  }
  return changes
    .filter((change) => !parts.has(change))
    .map((change) => {
      if (change.rule !== "operation-removed") return change;
      const own = change.operationIds.flatMap((id) => [...(typesById.get(id) ?? [])]);
      return { ...change, types: [...new Set([...change.types, ...own])] };
    });
}

/** Reports a difference that the canonical form does not show, such as another spelling of the same schema. */
function otherChange(base: OpenAPI3, head: OpenAPI3): Change[] {
  const pointer = firstDifference(base, head, "#");
  if (pointer === undefined) return [];
  const message = `There is a difference at \`${pointer}\`.`;
  const place = { pointer, line: undefined, file: "head" } as const;
  const { severity } = rules.other;
  return [
    {
      severity,
      rule: "other",
      kind: "changed",
      operationIds: [],
      types: [],
      ...place,
      message,
    },
  ];
}

function firstDifference(base: unknown, head: unknown, pointer: string): string | undefined {
  if (isDeepStrictEqual(base, head)) return undefined;
  if (!isObject(base) || !isObject(head)) return pointer;
  for (const [name, member] of Object.entries(head)) {
    if (!isDeepStrictEqual(base[name], member))
      return firstDifference(base[name], member, `${pointer}/${escapePointer(name)}`);
  }
  return pointer;
}
