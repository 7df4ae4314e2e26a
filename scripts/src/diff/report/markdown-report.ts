import type { Change, SpecDiff } from "../spec-diff.ts";
import { countsOf, type FileNames, groupsOf, placeOf } from "./grouping.ts";

/** A comment on GitHub has at most 65,536 characters. The comment on a pull request holds two reports. */
const mostCharacters = 32_000;

/** Writes the changes as a comment on a pull request, most severe first. It counts the changes that do not fit. */
export function markdownOf(diff: SpecDiff, names: FileNames): string {
  const head = `## Spec: ${diff.severity === "none" ? "nothing has changed for users" : diff.severity}`;
  const notices = (diff.notices ?? []).map((notice) => `- ${notice}`).join("\n");
  const opening =
    diff.severity === "none"
      ? `\`${names.head}\` says what \`${names.base}\` says.`
      : `From \`${names.base}\` to \`${names.head}\`: ${countsOf(diff)}. The rules are in \`docs/severity.md\`.`;
  let text = [head, opening, ...(notices === "" ? [] : [notices])].join("\n\n");
  let left = diff.changes.length;
  for (const { operationIds, changes } of groupsOf(diff)) {
    const title = operationIds.map((id) => `\`${id}\``).join(", ") || "The API as a whole";
    const table = `\n\n### ${title}\n\n| severity | change | types | where | rule |\n| --- | --- | --- | --- | --- |`;
    const rows = changes.map((change) => `\n${rowOf(change, names)}`);
    let section = table;
    let shown = 0;
    for (const row of rows) {
      if (text.length + section.length + row.length > mostCharacters) break;
      section += row;
      shown++;
    }
    if (shown > 0) text += section;
    left -= shown;
    if (shown < rows.length) break;
  }
  return left === 0
    ? text
    : `${text}\n\n${left} more ${left === 1 ? "change is" : "changes are"} left out. Run \`pnpm spec:diff\`.`;
}

function rowOf(change: Change, names: FileNames): string {
  const message =
    change.accepted === undefined ? change.message : `${change.message} Accepted: ${change.accepted}`;
  const types = change.types.map((name) => `\`${name}\``).join(", ");
  const cells = [change.severity, message, types, `\`${placeOf(change, names)}\``, `\`${change.rule}\``];
  return `| ${cells.map(cell).join(" | ")} |`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
