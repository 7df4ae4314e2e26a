import { isGraver } from "../diff/severity.ts";
import type { ChangeItem } from "./change-item.ts";
import type { Declaration } from "./declaration.ts";
import { sectionsOf, severityFor, tells, withoutMark } from "./draft.ts";

/** A draft in a person's own words, with what it does not declare or tell yet: nothing is taken out of it, and nothing declared less. */
export function amendDraft({ text, severities }: Declaration, items: readonly ChangeItem[]): string {
  const [, releases = "", words = ""] = /^---\n([^]*?)---\n([^]*)$/.exec(withoutMark(text)) ?? [];
  const raised = new Map(
    items
      .flatMap(({ packages }) => packages)
      .map((name) => [name, severityFor(name, items)] as const)
      .filter(([name, severity]) => isGraver(severity, severities.get(name) ?? "none")),
  );
  const kept = releases.split(/(?<=\n)/).filter((line) => !raised.has(nameIn(line)));
  const added = [...raised].map(([name, severity]) => `"${name}": ${severity}\n`);
  const untold = items.filter((item) => !tells(text, item));
  return `---\n${[...kept, ...added].toSorted().join("")}---\n${words}${sectionsOf(untold)}`;
}

/** The package that a line is about. */
function nameIn(line: string): string {
  return /^["']?([^"':]+)/.exec(line)?.[1] ?? "";
}
