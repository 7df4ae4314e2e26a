import type { Change, SpecDiff } from "../../diff/spec-diff.ts";
import { isMoreSevere } from "../../diff/severity.ts";
import type { SurfaceChange } from "../../surface/diff-surfaces.ts";
import { specFiles } from "../spec-files.ts";

/** A change in a changeset. */
export interface ChangeItem {
  readonly severity: "major" | "minor" | "patch";
  /** The packages whose users the change affects. */
  readonly packages: readonly string[];
  /** The heading: the affected operations, or a package. */
  readonly group: string;
  readonly kind: "Added" | "Changed" | "Removed" | "Deprecated";
  readonly text: string;
}

const kinds = { added: "Added", changed: "Changed", removed: "Removed" } as const;

export function specItem(change: Change): ChangeItem {
  const { severity, rule, kind, operationIds, types, message, file, line, pointer } = change;
  const place = line === undefined ? pointer : `${specFiles[file]}:${line}`;
  const otherTypes = types.filter((name) => !message.includes(`\`${name}\``));
  return {
    severity,
    // The mock tenant serves any spec. Its users see the change in the types that it depends on.
    packages: ["@isc-customizers/client", "@isc-customizers/types"],
    group: operationIds.length === 0 ? "The API" : shortList(operationIds),
    kind: rule.endsWith("-deprecated") ? "Deprecated" : kinds[kind],
    text: `${message} (${otherTypes.length > 0 ? `${shortList(otherTypes)}, ` : ""}${place})`,
  };
}

export function surfaceItem(change: SurfaceChange): ChangeItem {
  const path = change.path.includes("`") ? change.path : `\`${change.path}\``;
  return {
    severity: change.severity,
    packages: [change.package],
    group: `The types of \`${change.package}\``,
    kind: kinds[change.kind],
    text: `${path} ${change.words}. (${change.file}:${change.line})`,
  };
}

/** The changes of the public types that the changes of the spec do not describe already. */
export function surfaceItems({ severity }: SpecDiff, changes: readonly SurfaceChange[]): ChangeItem[] {
  return changes
    .filter(
      (change) => change.package !== "@isc-customizers/types" || isMoreSevere(change.severity, severity),
    )
    .map(surfaceItem);
}

/** Lists the first names, and counts the others. */
function shortList(names: readonly string[]): string {
  const shown = names.slice(0, maximumNames).map((name) => `\`${name}\``);
  const left = names.length - maximumNames;
  return left > 0 ? `${shown.join(", ")} and ${left} more` : shown.join(", ");
}

const maximumNames = 4;
