import { memberOf, tokensOf } from "./pointer.ts";
import type { Difference } from "./redocly-diff.ts";

/** An operation that went from one path or method to another is one difference, not one gone and one new. */
export function joinMoves(differences: readonly Difference[]): Difference[] {
  const operations = differences.filter(({ typeName }) => typeName === "Operation");
  const idOf = ({ base, revision }: Difference) => memberOf((revision ?? base)?.value, "operationId");
  const gone = new Map(operations.filter(({ kind }) => kind === "removed").map((each) => [idOf(each), each]));
  const moved = new Set<Difference>();
  const joined = differences.map((difference) => {
    const from =
      difference.typeName === "Operation" && difference.kind === "added"
        ? gone.get(idOf(difference))
        : undefined;
    if (from?.base === undefined || difference.revision === undefined || idOf(difference) === undefined)
      return difference;
    moved.add(from);
    const base = { ...from.base, value: addressOf(from.base.pointer) };
    const revision = { ...difference.revision, value: addressOf(difference.revision.pointer) };
    return { ...difference, kind: "modified" as const, property: "address", base, revision };
  });
  return joined.filter((difference) => !moved.has(difference));
}

function addressOf(pointer: string): string {
  const [, path = "", method = ""] = tokensOf(pointer);
  return `${method.toUpperCase()} ${path}`;
}
