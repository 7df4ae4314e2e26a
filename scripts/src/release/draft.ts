import { createHash } from "node:crypto";
import { gravest, type Severity } from "../diff/severity.ts";
import type { ChangeItem } from "./change-item.ts";

const titles = { major: "Breaking:", minor: "Added:", patch: "Also:" } as const;

/** The changeset that tells these changes, of which there is at least one. */
export function draftChangeset(summary: string, items: readonly ChangeItem[]): string {
  const packages = [...new Set(items.flatMap((item) => item.packages))].toSorted();
  const releases = packages.map((name) => `"${name}": ${severityFor(name, items)}\n`);
  const text = `---\n${releases.join("")}---\n\n${summary}\n${sectionsOf(items)}`;
  return `${text}${markOf(text)}`;
}

/** The gravest of the changes that the users of a package meet. */
export function severityFor(name: string, items: readonly ChangeItem[]): Severity {
  return gravest(items.filter(({ packages }) => packages.includes(name)).map(({ severity }) => severity));
}

/** The changes, the gravest first. */
export function sectionsOf(items: readonly ChangeItem[]): string {
  const sections = (["major", "minor", "patch"] as const).map((severity) => {
    const lines = new Set(
      items.filter((item) => item.severity === severity).map(({ text }) => `- ${text}\n`),
    );
    return lines.size === 0 ? "" : `\n${titles[severity]}\n\n${[...lines].join("")}`;
  });
  return sections.join("");
}

/** By this a draft is known that nobody has reworded. */
function markOf(text: string): string {
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return `\n<!-- As drafted: ${digest}. Whatever you change here, your words are kept. -->\n`;
}

/** Whether a draft is as it was written, so that no words of a person's are in it. */
export function isAsDrafted(draft: string): boolean {
  const text = withoutMark(draft);
  return draft === `${text}${markOf(text)}`;
}

/** The draft as a changelog is to have it. What was added below the mark stays a paragraph of its own. */
export function withoutMark(draft: string): string {
  return draft.replace(/\n<!-- As drafted: .*-->(?:\n(?=\n|$))?/, "");
}

/** Whether a changeset, in whatever words, tells a change: it has the names that the drafted line has. */
export function tells(text: string, item: ChangeItem): boolean {
  return [...item.text.matchAll(/`[^`]+`/g)].every(([name]) => text.includes(name));
}
