import { isExcepted, noticeOf, readExceptions } from "./exceptions.ts";
import { highestSeverity } from "./severity.ts";
import type { SpecDiff } from "./spec-diff.ts";

/**
 * Removes the intended differences from a comparison with the vendor's description. A file lists them.
 *
 * @returns The other differences, and a notice for each entry of the file that matches none.
 *
 * @throws ToolError if an entry of the file is malformed.
 */
export async function leaveOutDepartures(diff: SpecDiff, file: string): Promise<SpecDiff> {
  const entries = await readExceptions(file, { mustExpire: false });
  const changes = diff.changes.filter((change) => !entries.some((entry) => isExcepted(change, entry)));
  const notices = entries
    .filter((entry) => !diff.changes.some((change) => isExcepted(change, entry)))
    .map((entry) => noticeOf(file, entry, "matches no difference. Remove it."));
  return { severity: highestSeverity(changes.map(({ severity }) => severity)), changes, notices };
}
