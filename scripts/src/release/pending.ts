import { readChangesets } from "@changesets/read";
import { gravest, type Severity } from "../diff/severity.ts";
import { root } from "../repository.ts";
import { ToolError } from "../tool-error.ts";
import { isPublished } from "./published-packages.ts";

/** A changeset that waits for the next release. */
export interface PendingChangeset {
  /** The file's name in `.changeset/`, without its ending. */
  readonly id: string;
  readonly severity: Severity;
}

/**
 * The changesets that wait for the next release. The published packages have one version, so that the gravest of what a changeset
 * says of any of them counts.
 */
export async function readPending(): Promise<readonly PendingChangeset[]> {
  const changesets = await readChangesets(root).catch((error: unknown) => {
    throw new ToolError(
      `A changeset cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  return changesets.map(({ id, releases }) => ({
    id,
    severity: gravest(releases.filter(({ name }) => isPublished(name)).map(({ type }) => type)),
  }));
}
