import { parseDocument } from "yaml";
import { isGraver } from "../diff/severity.ts";
import type { ChangeItem } from "./change-item.ts";
import type { Declaration } from "./declaration.ts";
import { sectionsOf, severityFor, tells, withoutMark } from "./draft.ts";

/** As Changesets finds them. */
const releasesAndWords = /\s*---([^]*?)\n\s*---(\s*(?:\n|$)[^]*)/;

/** A draft in a person's own words, with what it does not declare or tell yet: nothing is taken out of it, and nothing declared less. */
export function amendDraft({ text, severities }: Declaration, items: readonly ChangeItem[]): string {
  const draft = withoutMark(text);
  const [, releases = "", words = draft] = releasesAndWords.exec(draft) ?? [];
  // As YAML, which a person may write in other ways than this does.
  const declared = parseDocument(releases);
  for (const name of new Set(items.flatMap(({ packages }) => packages))) {
    const severity = severityFor(name, items);
    if (isGraver(severity, severities.get(name) ?? "none")) declared.set(name, severity);
  }
  const untold = items.filter((item) => !tells(text, item));
  const frontMatter = declared.toString({ defaultKeyType: "QUOTE_DOUBLE", lineWidth: 0 }).trim();
  return `---\n${frontMatter}\n---${words.trimEnd()}\n${sectionsOf(untold)}`;
}
