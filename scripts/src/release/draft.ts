import { gravest } from "../diff/severity.ts";
import type { ChangeItem } from "./change-item.ts";

const titles = { major: "Breaking:", minor: "Added:", patch: "Also:" } as const;

/** The changeset that tells these changes, of which there is at least one. */
export function draftChangeset(summary: string, items: readonly ChangeItem[]): string {
  const packages = [...new Set(items.flatMap((item) => item.packages))].toSorted();
  const releases = packages.map((name) => {
    const severity = gravest(
      items.filter((item) => item.packages.includes(name)).map((item) => item.severity),
    );
    return `"${name}": ${severity}\n`;
  });
  const sections = (["major", "minor", "patch"] as const).map((severity) => {
    const lines = new Set(
      items.filter((item) => item.severity === severity).map(({ text }) => `- ${text}\n`),
    );
    return lines.size === 0 ? "" : `\n${titles[severity]}\n\n${[...lines].join("")}`;
  });
  return `---\n${releases.join("")}---\n\n${summary}\n${sections.join("")}`;
}

/** Two drafts that tell the same, but for the lines where it stands. */
export function isSameDraft(one: string, other: string): boolean {
  const withoutLines = (text: string) => text.replaceAll(/:\d+\)$/gm, ")");
  return withoutLines(one) === withoutLines(other);
}

/** Whether a changeset, in whatever words, tells every change: it has the names that the drafted lines have. */
export function tellsAll(text: string, items: readonly ChangeItem[]): boolean {
  return items.every((item) => [...item.text.matchAll(/`[^`]+`/g)].every(([name]) => text.includes(name)));
}
