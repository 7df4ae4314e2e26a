import type { Change } from "../diff/spec-diff.ts";
import type { SurfaceChange } from "../surface/diff-surfaces.ts";
import { specFiles } from "./spec-files.ts";

/** A change as a changeset or a changelog tells it, in one line. */
export interface ChangeItem {
  readonly severity: "major" | "minor" | "patch";
  /** The packages whose users it meets. */
  readonly packages: readonly string[];
  readonly text: string;
}

/** A change of the API's description: operations, what happened, types, and the line of the spec. */
export function specItem({
  severity,
  operationIds,
  types,
  message,
  file,
  line,
  pointer,
}: Change): ChangeItem {
  const place = line === undefined ? pointer : `${specFiles[file]}:${line}`;
  const told = (name: string) => message.includes(`\`${name}\``);
  const operations = operationIds.every(told) ? "" : `${names(operationIds)}: `;
  const touched = types.filter((name) => !told(name));
  return {
    severity,
    // The mock tenant serves any spec: its users meet the change in the types that it depends on.
    packages: ["@isc-customizers/types", "@isc-customizers/client"],
    text: `${operations}${message} (${touched.length > 0 ? `${names(touched)}, ` : ""}${place})`,
  };
}

/** A change of what users import. */
export function surfaceItem(change: SurfaceChange): ChangeItem {
  const path = change.path.includes("`") ? change.path : `\`${change.path}\``;
  return {
    severity: change.severity,
    packages: [change.package],
    text: `${path} of \`${change.package}\` ${change.words}. (${change.file}:${change.line})`,
  };
}

/** Names in a sentence; of many, the first. */
function names(all: readonly string[]): string {
  const shown = all.slice(0, MOST_NAMES).map((name) => `\`${name}\``);
  return all.length > MOST_NAMES
    ? `${shown.join(", ")} and ${all.length - MOST_NAMES} more`
    : shown.join(", ");
}

const MOST_NAMES = 4;
