import { memberOf, tokensOf } from "../../spec/json-pointer.ts";
import type { Difference } from "./difference.ts";

/** Joins the removal and the addition of an operation that moved to another path or method. */
export function joinMovedOperations(differences: readonly Difference[]): Difference[] {
  const operations = differences.filter(({ typeName }) => typeName === "Operation");
  const idOf = ({ base, head }: Difference) => memberOf(head.value ?? base.value, "operationId");
  const gone = new Map(operations.filter(({ kind }) => kind === "removed").map((each) => [idOf(each), each]));
  const moved = new Set<Difference>();
  const joined = differences.map((difference) => {
    const isNew = difference.typeName === "Operation" && difference.kind === "added";
    const from = isNew ? gone.get(idOf(difference)) : undefined;
    if (from === undefined || idOf(difference) === undefined) return difference;
    moved.add(from);
    const base = { ...from.base, value: addressOf(from.base.pointer) };
    const head = { ...difference.head, value: addressOf(difference.head.pointer) };
    return { ...difference, kind: "modified" as const, property: "address", base, head };
  });
  return joined.filter((difference) => !moved.has(difference));
}

function addressOf(pointer: string): string {
  const [, path = "", method = ""] = tokensOf(pointer);
  return `${method.toUpperCase()} ${path}`;
}
