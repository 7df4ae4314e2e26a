import type { Change, SpecDiff } from "../spec-diff.ts";

/** Changes of the same operations. */
export interface Group {
  readonly title: string;
  readonly operationIds: readonly string[];
  readonly changes: readonly Change[];
}

/** The names of the two files, as they are shown. */
export interface FileNames {
  readonly base: string;
  readonly head: string;
}

/** Groups the changes by operation, most severe group first. */
export function groupsOf({ changes }: SpecDiff): Group[] {
  return [...Map.groupBy(changes, ({ operationIds }) => operationIds.join(", ")).values()].map((members) => {
    const operationIds = members[0]?.operationIds ?? [];
    return { title: operationIds.join(", ") || "The API as a whole", operationIds, changes: members };
  });
}

/** The number of changes of each severity, in words. */
export function countsOf({ changes }: SpecDiff): string {
  return (["major", "minor", "patch"] as const)
    .map((severity) => ({ severity, count: changes.filter((change) => change.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(", ");
}

export function placeOf({ file, path, line, pointer }: Change, names: FileNames): string {
  return line === undefined ? pointer : `${path ?? names[file]}:${line}`;
}
