import { dirname, join } from "node:path";
import { isExcepted, noticeOf, readExceptions } from "./exceptions.ts";
import { highestSeverity, isMoreSevere, order } from "./severity.ts";
import type { Change, SpecDiff } from "./spec-diff.ts";

/**
 * Rates the changes that `accepted-breaks.yaml` beside the spec lists as minor.
 *
 * @throws ToolError if an entry of the file is malformed.
 */
export async function acceptBreaks(diff: SpecDiff, specFile: string, now = new Date()): Promise<SpecDiff> {
  const file = join(dirname(specFile), "accepted-breaks.yaml");
  const entries = await readExceptions(file, { mustExpire: true });
  if (entries.length === 0) return diff;
  const today = now.toISOString().slice(0, 10);
  const isExpired = ({ expires = "" }) => expires < today;
  const changes = diff.changes.map((change): Change => {
    const entry = entries.find((each) => !isExpired(each) && isExcepted(change, each));
    if (entry === undefined) return change;
    const severity = isMoreSevere(change.severity, "minor") ? "minor" : change.severity;
    return { ...change, severity, accepted: `${entry.reason} (until ${entry.expires})` };
  });
  const notices = entries.flatMap((entry) => {
    if (isExpired(entry))
      return [noticeOf(file, entry, `expired on ${entry.expires}. Remove it, or set a later date.`)];
    return diff.changes.some((change) => isExcepted(change, entry))
      ? []
      : [noticeOf(file, entry, "matches no change. Remove it.")];
  });
  const sorted = changes.toSorted((one, other) => order(other.severity) - order(one.severity));
  return { severity: highestSeverity(changes.map(({ severity }) => severity)), changes: sorted, notices };
}
