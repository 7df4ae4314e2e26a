import { countsOf, type FileNames, groupsOf, placeOf } from "./grouping.ts";
import type { SpecDiff } from "../spec-diff.ts";

/** The changes as a comment on a pull request. */
export function markdownOf(diff: SpecDiff, names: FileNames): string {
  const head = `## Spec: ${diff.severity === "none" ? "nothing has changed for users" : diff.severity}`;
  if (diff.severity === "none") return `${head}\n\n\`${names.head}\` says what \`${names.base}\` says.`;
  const sections = groupsOf(diff).map(({ operationIds, changes }) => {
    const title = operationIds.map((id) => `\`${id}\``).join(", ") || "The API as a whole";
    const rows = changes.map((change) => {
      const types = change.types.map((name) => `\`${name}\``).join(", ");
      const cells = [
        change.severity,
        change.message,
        types,
        `\`${placeOf(change, names)}\``,
        `\`${change.rule}\``,
      ];
      return `| ${cells.map(cell).join(" | ")} |`;
    });
    return `### ${title}\n\n| severity | change | types | where | rule |\n| --- | --- | --- | --- | --- |\n${rows.join("\n")}`;
  });
  const counts = `From \`${names.base}\` to \`${names.head}\`: ${countsOf(diff)}. The rules are in \`docs/severity.md\`.`;
  return [head, counts, ...sections].join("\n\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
