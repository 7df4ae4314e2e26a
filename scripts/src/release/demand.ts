import type { SpecDiff } from "../diff/spec-diff.ts";
import type { SurfaceChange } from "../surface/diff-surfaces.ts";
import { gravest, type Severity } from "../diff/severity.ts";
import { type ChangeItem, specItem, surfaceItem } from "./change-item.ts";
import { declares, together } from "./declaration.ts";
import type { PendingChangeset } from "./pending.ts";

/** What the changes since the last release demand of the next one, next to what the pending changesets declare. */
export interface Demand {
  readonly demanded: Severity;
  readonly declared: Severity;
  /** The changes that demand more of a package than is declared of it. */
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
    demanded: gravest(items.map(({ severity }) => severity)),
    declared: gravest([...declared.severities.values()]),
    undeclared: items.filter((item) => !declares(declared, item)),
  };
}

/** What is missing, and how to add it; empty where nothing is. */
export function describeMissing({ undeclared }: Demand, pending: number): string {
  if (undeclared.length === 0) return "";
  const counted =
    pending === 0 ? "No changeset is pending" : "The pending changesets declare too little of a package";
  const demanded = gravest(undeclared.map(({ severity }) => severity));
  const lines = undeclared.map(
    ({ severity, text, packages }) => `  ${severity.padEnd(5)}  ${text}\n         of ${packages.join(", ")}`,
  );
  return [
    `${counted}, and these changes since the last release demand ${demanded}:`,
    lines.join("\n"),
    `Run \`pnpm changeset:draft\`, which writes a ${demanded} changeset that tells them, and commit it;\nor write one in your own words with \`pnpm exec changeset\`.`,
  ].join("\n\n");
}
