import { countsOf, type FileNames, type Group, groupsOf, placeOf } from "./grouping.ts";
import type { SpecDiff } from "../spec-diff.ts";

/** The changes for people, by operation. */
export function textOf(diff: SpecDiff, names: FileNames): string {
  if (diff.severity === "none")
    return `${names.head} says what ${names.base} says: nothing has changed for users.`;
  return [
    `From ${names.base} to ${names.head}: ${diff.severity} (${countsOf(diff)}).`,
    ...groupsOf(diff).map((group) => groupText(group, names)),
    "How changes are rated: docs/severity.md.",
  ].join("\n\n");
}

function groupText({ operationIds, changes }: Group, names: FileNames): string {
  const lines = changes.map((change) => {
    const touched = change.types.length === 0 ? "" : `\n         ${change.types.join(", ")}`;
    return `  ${change.severity}  ${change.message}\n         ${placeOf(change, names)}  ${change.rule}${touched}`;
  });
  return [operationIds.join(", ") || "The API as a whole", ...lines].join("\n");
}
