import type { SpecDiff } from "../spec-diff.ts";
import { countsOf, type FileNames, type Group, groupsOf, placeOf } from "./grouping.ts";

/** The changes for people, by operation. */
export function textOf(diff: SpecDiff, names: FileNames): string {
  const { notices = [] } = diff;
  if (diff.severity === "none")
    return [`${names.head} says what ${names.base} says: nothing has changed for users.`, ...notices].join(
      "\n",
    );
  return [
    `From ${names.base} to ${names.head}: ${diff.severity} (${countsOf(diff)}).`,
    ...groupsOf(diff).map((group) => groupText(group, names)),
    ...(notices.length > 0 ? [notices.join("\n")] : []),
    "How changes are rated: docs/severity.md.",
  ].join("\n\n");
}

function groupText({ title, changes }: Group, names: FileNames): string {
  const lines = changes.flatMap((change) => [
    `  ${change.severity}  ${change.message}`,
    `         ${placeOf(change, names)}  ${change.rule}`,
    ...(change.types.length > 0 ? [`         ${change.types.join(", ")}`] : []),
    ...(change.accepted === undefined ? [] : [`         accepted: ${change.accepted}`]),
  ]);
  return [title, ...lines].join("\n");
}
