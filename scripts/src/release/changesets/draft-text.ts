import { createHash } from "node:crypto";
import type { ChangeItem } from "./change-item.ts";

const summaries = {
  major: "Changes that break existing code",
  minor: "Additions and other compatible changes",
  patch: "Corrections of the documentation and other small changes",
} as const;

/**
 * Writes changesets for changes: one for each severity and set of packages, so that a changelog lists each change under the right
 * severity. Each lists the changes by operation or package.
 *
 * @returns The texts by the name of the changeset. The name contains a hash of the text: two branches never write different texts to
 * one file, and an edited draft is recognized.
 */
export function writeDrafts(kind: string, items: readonly ChangeItem[]): Map<string, string> {
  const drafts = Map.groupBy(items, ({ severity, packages }) => `${severity} ${packages.join(" ")}`);
  const texts = [...drafts.values()].map((members) => {
    const { severity = "patch", packages = [] } = members[0] ?? {};
    const releases = packages.map((name) => `"${name}": ${severity}\n`).join("");
    const groups = Map.groupBy(members, ({ group }) => group);
    const list = [...groups].map(([group, own]) => {
      const lines = new Set(own.map((item) => `  - ${lineOf(item)}\n`));
      return `- ${group}\n${[...lines].join("")}`;
    });
    return [severity, `---\n${releases}---\n\n${summaries[severity]}:\n\n${list.join("")}`] as const;
  });
  return new Map(texts.map(([severity, text]) => [`${kind}-${severity}-${hashOf(text)}`, text]));
}

/** Returns `true` for a draft that nobody edited. Line endings do not count. */
export function isUnedited(id: string, text: string): boolean {
  return id.endsWith(`-${hashOf(text.replaceAll("\r\n", "\n"))}`);
}

/** Returns `true` if every change of a draft is still among the items. Line numbers do not count. */
export function isCurrent(text: string, items: readonly ChangeItem[]): boolean {
  const current = new Set(items.map((item) => withoutNumbers(lineOf(item))));
  return linesOf(text).every((line) => current.has(line));
}

/** Returns `true` if a draft lists a change, on any line of the spec. */
export function lists(text: string, item: ChangeItem): boolean {
  return linesOf(text).includes(withoutNumbers(lineOf(item)));
}

function linesOf(text: string): string[] {
  return [...text.matchAll(/^ {2}- (.*?)\r?$/gm)].map(([, line = ""]) => withoutNumbers(line));
}

/** Returns `true` if a changeset, in any words, describes a change: it contains the names in backticks. */
export function describes(text: string, { group, text: own }: ChangeItem): boolean {
  return [...`${group} ${own}`.matchAll(/`[^`]+`/g)].every(([name]) => text.includes(name));
}

function lineOf({ kind, text }: ChangeItem): string {
  return `${kind}: ${text}`;
}

function withoutNumbers(line: string): string {
  return line.replace(/:\d+\)$/, ")");
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
