import { dirname, join } from "node:path";
import { parseDocument } from "yaml";
import { ToolError } from "../cli/errors.ts";
import { readIfPresent } from "../cli/read-if-present.ts";
import { shownPath } from "../cli/shown-path.ts";
import { rules } from "./rules/rate.ts";
import { highestSeverity, isMoreSevere, order } from "./severity.ts";
import type { Change, SpecDiff } from "./spec-diff.ts";

/** A break that does not require a major version. docs/severity.md describes the file. */
interface AcceptedBreak {
  readonly rule: string;
  /** The pointer of the change. */
  readonly place: string;
  readonly reason: string;
  /** The last day on which the entry counts: `2027-01-31`. */
  readonly expires: string;
}

/**
 * Rates the changes that `accepted-breaks.yaml` beside the spec lists as minor.
 *
 * @throws ToolError if an entry of the file is malformed.
 */
export async function acceptBreaks(diff: SpecDiff, specFile: string, now = new Date()): Promise<SpecDiff> {
  const file = join(dirname(specFile), "accepted-breaks.yaml");
  const entries = parseEntries(await readIfPresent(file), shownPath(file));
  if (entries.length === 0) return diff;
  const today = now.toISOString().slice(0, 10);
  const isOf = ({ rule, place }: AcceptedBreak, change: Change) =>
    change.rule === rule && change.pointer === place;
  const changes = diff.changes.map((change): Change => {
    const entry = entries.find((each) => each.expires >= today && isOf(each, change));
    if (entry === undefined) return change;
    const severity = isMoreSevere(change.severity, "minor") ? "minor" : change.severity;
    return { ...change, severity, accepted: `${entry.reason} (until ${entry.expires})` };
  });
  const notices = entries.flatMap((entry) => {
    const name = `${shownPath(file)}: the entry for ${entry.rule} at ${entry.place}`;
    if (entry.expires < today)
      return [`${name} expired on ${entry.expires}. Remove it, or set a later date.`];
    return diff.changes.some((change) => isOf(entry, change))
      ? []
      : [`${name} matches no change. Remove it.`];
  });
  const sorted = changes.toSorted((one, other) => order(other.severity) - order(one.severity));
  return { severity: highestSeverity(changes.map(({ severity }) => severity)), changes: sorted, notices };
}

function parseEntries(text: string | undefined, file: string): readonly AcceptedBreak[] {
  const document = parseDocument(text ?? "");
  const [error] = document.errors;
  if (error !== undefined) throw new ToolError(`${file} cannot be read: ${error.message}`);
  const entries: unknown = document.toJS() ?? [];
  if (!Array.isArray(entries)) throw new ToolError(`${file} must be a list of accepted breaks.`);
  for (const [index, entry] of entries.entries()) {
    const problem = problemOf(Object(entry) as Partial<Record<keyof AcceptedBreak, unknown>>);
    if (problem !== undefined) throw new ToolError(`${file}, entry ${index + 1}: ${problem}.`);
  }
  return entries as AcceptedBreak[];
}

function problemOf({ rule, place, reason, expires }: Partial<Record<keyof AcceptedBreak, unknown>>) {
  if (typeof rule !== "string" || !Object.hasOwn(rules, rule))
    return `\`rule\` must be a rule of docs/severity.md; got ${JSON.stringify(rule)}`;
  if (typeof place !== "string" || !place.startsWith("#"))
    return `\`place\` must be a JSON pointer such as "#/paths/~1pets/get"; got ${JSON.stringify(place)}`;
  if (typeof reason !== "string" || reason.trim() === "") return "`reason` must be a text";
  if (typeof expires !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(expires))
    return `\`expires\` must be a date such as 2027-01-31; got ${JSON.stringify(expires)}`;
  return undefined;
}
