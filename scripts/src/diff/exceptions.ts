import { posix } from "node:path";
import { parseDocument } from "yaml";
import { ToolError } from "../cli/errors.ts";
import { readIfPresent } from "../cli/read-if-present.ts";
import { shownPath } from "../cli/shown-path.ts";
import { rules } from "./rules/rate.ts";
import type { Change } from "./spec-diff.ts";

/** Changes that are rated differently or left out. docs/severity.md and spec/README.md describe the files that list them. */
export interface Exception {
  readonly rule: string;
  /** The pointer of the change, or a glob of pointers. */
  readonly place: string;
  readonly reason: string;
  /** The last day on which the entry counts: `2027-01-31`. */
  readonly expires?: string;
}

export function isExcepted({ rule, pointer }: Change, exception: Exception): boolean {
  const { place } = exception;
  return rule === exception.rule && (pointer === place || posix.matchesGlob(pointer, place));
}

/** Writes a notice about an entry of a file. */
export function noticeOf(file: string, { rule, place }: Exception, notice: string): string {
  return `${shownPath(file)}: the entry for ${rule} at ${place} ${notice}`;
}

/**
 * Reads a list of exceptions. A missing file is an empty list.
 *
 * @throws ToolError if an entry is malformed, or has no date although all of them must expire.
 */
export async function readExceptions(
  file: string,
  { mustExpire }: { readonly mustExpire: boolean },
): Promise<readonly Exception[]> {
  const document = parseDocument((await readIfPresent(file)) ?? "");
  const [error] = document.errors;
  if (error !== undefined) throw new ToolError(`${shownPath(file)} cannot be read: ${error.message}`);
  const entries: unknown = document.toJS() ?? [];
  if (!Array.isArray(entries)) throw new ToolError(`${shownPath(file)} must be a list.`);
  for (const [index, entry] of entries.entries()) {
    const problem = problemOf(Object(entry) as Fields, mustExpire);
    if (problem !== undefined) throw new ToolError(`${shownPath(file)}, entry ${index + 1}: ${problem}.`);
  }
  return entries as Exception[];
}

type Fields = Partial<Record<keyof Exception, unknown>>;

function problemOf({ rule, place, reason, expires }: Fields, mustExpire: boolean): string | undefined {
  if (typeof rule !== "string" || !Object.hasOwn(rules, rule))
    return `\`rule\` must be a rule of docs/severity.md; got ${JSON.stringify(rule)}`;
  if (typeof place !== "string" || !place.startsWith("#"))
    return `\`place\` must be a JSON pointer such as "#/paths/~1pets/get"; got ${JSON.stringify(place)}`;
  if (typeof reason !== "string" || reason.trim() === "") return "`reason` must be a text";
  if (mustExpire && (typeof expires !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(expires)))
    return `\`expires\` must be a date such as 2027-01-31; got ${JSON.stringify(expires)}`;
  return undefined;
}
