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

/** The changes since the last release, for changesets. */
export interface ChangeItems {
  readonly spec: readonly ChangeItem[];
  /** The changes of the public types that the changes of the spec do not explain. */
  readonly types: readonly ChangeItem[];
}

/** Changes of the generated types count only if they are more severe than the changes of the spec. */
export function changeItems(spec: SpecDiff, surface: readonly SurfaceChange[]): ChangeItems {
  const counts = (change: SurfaceChange) =>
    change.package !== "@isc-customizers/types" || isMoreSevere(change.severity, spec.severity);
  return { spec: spec.changes.map(specItem), types: surface.filter(counts).map(surfaceItem) };
}

export function specItem(change: Change): ChangeItem {
  const { severity, rule, kind, operationIds, types, message, accepted, file, path, line, pointer } = change;
  const place = line === undefined ? pointer : `${path ?? specFiles[file]}:${line}`;
  const isNamed = (type: string) => [`\`${type}\``, `\`${type}.`].some((name) => message.includes(name));
  const otherTypes = types.filter((type) => !isNamed(type));
  return {
    severity,
    // The mock tenant serves any spec. Its users see the change in the types that it depends on.
    packages: ["@isc-customizers/client", "@isc-customizers/types"],
    group: operationIds.length === 0 ? "The API" : shortList(operationIds),
    kind: rule.endsWith("-deprecated") ? "Deprecated" : kinds[kind],
    text: `${message}${accepted === undefined ? "" : ` Accepted as minor: ${accepted}`} (${otherTypes.length > 0 ? `${shortList(otherTypes)}, ` : ""}${place})`,
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

/** Lists the first names, and counts the others. */
function shortList(names: readonly string[]): string {
  const shown = names.slice(0, maximumNames).map((name) => `\`${name}\``);
  const left = names.length - maximumNames;
  return left > 0 ? `${shown.join(", ")} and ${left} more` : shown.join(", ");
}

const maximumNames = 4;
