import type { Change, SpecDiff } from "../spec-diff.ts";

/** Changes that reach the same operations. */
export interface Group {
  readonly operationIds: readonly string[];
  readonly changes: readonly Change[];
}

/** The changes by the operations that they reach, the group with the gravest one first. */
export function groupsOf({ changes }: SpecDiff): Group[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = change.operationIds.join(" ");
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].map((members) => ({
    operationIds: members[0]?.operationIds ?? [],
    changes: members,
  }));
}

/** How many changes there are of each severity, in words. */
export function countsOf({ changes }: SpecDiff): string {
  return (["major", "minor", "patch"] as const)
    .map((severity) => ({ severity, count: changes.filter((change) => change.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(", ");
}

/** The names of the two files, as they are shown. */
export interface FileNames {
  readonly base: string;
  readonly head: string;
}

export function placeOf({ file, line, pointer }: Change, names: FileNames): string {
  return line === undefined ? pointer : `${names[file]}:${line}`;
}
