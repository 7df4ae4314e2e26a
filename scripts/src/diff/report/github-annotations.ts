import type { Change, SpecDiff } from "../spec-diff.ts";
import type { FileNames } from "./grouping.ts";

/**
 * Writes the changes as annotations of the files of a pull request. A removed part has no line in the new file.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function annotationsOf({ changes, notices = [] }: SpecDiff, { head }: FileNames): string {
  const lines = changes.map(({ severity, rule, file, path, line, message, accepted }: Change) => {
    const place = file === "head" && line !== undefined ? `,line=${line}` : "";
    const text = accepted === undefined ? message : `${message} Accepted: ${accepted}`;
    const title = `${severity}: ${rule}`;
    return `::${severity === "major" ? "error" : "notice"} file=${property(path ?? head)}${place},title=${property(title)}::${data(text)}`;
  });
  return [...lines, ...notices.map((notice) => `::warning::${data(notice)}`)].join("\n");
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
