import type { SpecDiff } from "../../diff/spec-diff.ts";
import { highestSeverity, type Severity } from "../../diff/severity.ts";
import type { SurfaceChange } from "../../surface/diff-surfaces.ts";
import { type ChangeItem, specItem, surfaceItem } from "./change-item.ts";
import { declares, together } from "./declaration.ts";
import type { PendingChangeset } from "./pending.ts";

/** The severity that the changes since the last release require, and the one that the pending changesets declare. */
export interface Demand {
  readonly required: Severity;
  readonly declared: Severity;
  /** The changes that require more of a package than is declared. */
  readonly undeclared: readonly ChangeItem[];
}

export function demandOf(
  spec: SpecDiff,
  surface: readonly SurfaceChange[],
  pending: readonly PendingChangeset[],
): Demand {
  const items = [...spec.changes.map(specItem), ...surface.map(surfaceItem)];
  const declared = together(pending);
  return {
    required: highestSeverity(items.map(({ severity }) => severity)),
    declared: highestSeverity([...declared.severities.values()]),
    undeclared: items.filter((item) => !declares(declared, item)),
  };
}

/** Describes the undeclared changes, and how to declare them. Empty if there are none. */
export function describeMissing({ undeclared }: Demand, pending: number): string {
  if (undeclared.length === 0) return "";
  const problem =
    pending === 0 ? "No changeset is pending" : "The pending changesets declare too low a severity";
  const required = highestSeverity(undeclared.map(({ severity }) => severity));
  const lines = undeclared.map(
    ({ severity, group, text, packages }) =>
      `  ${severity.padEnd(5)}  ${group}: ${text}\n         in ${packages.join(", ")}`,
  );
  return [
    `${problem}, and these changes since the last release require ${required}:`,
    lines.join("\n"),
    `Run \`pnpm changeset:draft\`, and commit the changeset that it writes. Or write one yourself with \`pnpm exec changeset\`.`,
  ].join("\n\n");
}
