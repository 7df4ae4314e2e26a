import type { SpecDiff } from "../diff/spec-diff.ts";
import type { SurfaceChange } from "../surface/diff-surfaces.ts";
import { gravest, isGraver, type Severity } from "../diff/severity.ts";
import { type ChangeItem, specItem, surfaceItem } from "./change-item.ts";
import type { PendingChangeset } from "./pending.ts";

/** What the changes since the last release demand of the next one, next to what the pending changesets declare. */
export interface Demand {
  readonly demanded: Severity;
  readonly declared: Severity;
  /** The changes that demand more than is declared. */
  readonly undeclared: readonly ChangeItem[];
}

export function demandOf(
  spec: SpecDiff,
  surface: readonly SurfaceChange[],
  pending: readonly PendingChangeset[],
): Demand {
  const items = [...spec.changes.map(specItem), ...surface.map(surfaceItem)];
  const declared = gravest(pending.map(({ severity }) => severity));
  return {
    demanded: gravest(items.map(({ severity }) => severity)),
    declared,
    undeclared: items.filter(({ severity }) => isGraver(severity, declared)),
  };
}

/** What is missing, and how to add it; empty where nothing is. */
export function describeMissing({ demanded, declared, undeclared }: Demand, pending: number): string {
  if (undeclared.length === 0) return "";
  const counted = pending === 0 ? "No changeset is pending" : `The pending changesets declare ${declared}`;
  const lines = undeclared.map(({ severity, text }) => `  ${severity.padEnd(5)}  ${text}`);
  return [
    `${counted}, and these changes since the last release demand ${demanded}:`,
    lines.join("\n"),
    `Run \`pnpm changeset:draft\`, which writes a ${demanded} changeset that tells them, and commit it;\nor write one in your own words with \`pnpm exec changeset\`.`,
  ].join("\n\n");
}
