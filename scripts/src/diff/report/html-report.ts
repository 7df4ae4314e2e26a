import type { SpecDiff } from "../spec-diff.ts";
import { countsOf, type FileNames, groupsOf, placeOf } from "./grouping.ts";

const style = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color-scheme: light dark; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #8884; padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
code { overflow-wrap: anywhere; }
.major { color: #c22; font-weight: bold; }
.minor { color: #b60; }
`;

/** Writes the changes as one self-contained page. */
export function htmlOf(diff: SpecDiff, names: FileNames): string {
  const counts = diff.severity === "none" ? "nothing has changed for users" : countsOf(diff);
  const title = `Spec: ${diff.severity}`;
  const sections = groupsOf(diff).map(({ title: group, changes }) => {
    const rows = changes.map(
      (change) =>
        `<tr><td class="${change.severity}">${change.severity}</td><td>${inline(change.message)}` +
        `${change.accepted === undefined ? "" : `<br>Accepted: ${inline(change.accepted)}`}</td>` +
        `<td>${code(change.types.join(", "))}</td><td>${code(placeOf(change, names))}</td><td>${code(change.rule)}</td></tr>`,
    );
    const head = "<tr><th>Severity</th><th>Change</th><th>Types</th><th>Where</th><th>Rule</th></tr>";
    return `<h2>${escape(group)}</h2>\n<table>\n${head}\n${rows.join("\n")}\n</table>`;
  });
  return [
    `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${title}</title>\n<style>${style}</style>`,
    `<h1>${title}</h1>\n<p>From ${code(names.base)} to ${code(names.head)}: ${counts}.</p>`,
    ...(diff.notices ?? []).map((notice) => `<p>${escape(notice)}</p>`),
    ...sections,
    "</html>",
  ].join("\n");
}

const code = (text: string) => `<code>${escape(text)}</code>`;

/** Text with code in backticks. */
function inline(text: string): string {
  return escape(text).replace(/`([^`]*)`/g, "<code>$1</code>");
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
